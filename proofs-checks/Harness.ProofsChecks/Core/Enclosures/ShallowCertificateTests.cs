using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Kernel and convergence certificate of two-layer networks: enclosures against exact arithmetic, the certificate against its definition and against the run that it predicts.</summary>
public sealed class ShallowCertificateTests
{
    /// <summary>Gaussian weights, and weights and inputs of small whole numbers, at which many pre-activations are exactly zero.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Kernel_OfAnyNetwork_HoldsTheExactOne(bool whole) =>
        Check.One(PropertyCases.Of(40), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs, n, D) = (draw.Network(), draw.Inputs(), draw.Samples, draw.InputDimension);
            if (whole)
            {
                Round(network);
                inputs = Array.ConvertAll(inputs, Math.Round);
            }

            var (kernel, radii, state) = (new double[n * n], new double[n * n], new ShallowState<double>(network, n));
            CertifiedShallowKernel.Compute(network, inputs, state, kernel, radii, new double[CertifiedShallowKernel.WorkspaceLength(state)]);
            var (rows, m) = (Dyadic.Exactly(inputs).Chunk(D).ToArray(), Dyadic.Exactly(draw.Width));
            Dyadic[][] slopes = [.. PreActivations(network, rows).Select(g => Array.ConvertAll(g, z => Dyadic.Exactly(ExactActivation.Slope(draw.Activation, z.ToRational()))))];
            return (from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select (i, j)).All(e =>
            {
                var (times, at) = (Inner(slopes[e.i], slopes[e.j]) * Inner(rows[e.i], rows[e.j]), (e.i * n) + e.j);
                return Dyadic.Abs(times - (m * Dyadic.Exactly(kernel[at]))) <= m * Dyadic.Exactly(radii[at]);
            });
        }));

    /// <summary>2⁵³ − ¼ − 2⁵³ is computed as zero, which is on the other side of the kink: of that neuron both slopes are held, and of the one before it, which is certain, only one.</summary>
    [Test]
    public void Kernel_SignThatRoundingHides_HoldsBothSlopes()
    {
        var (network, x) = (new ShallowNetwork<double>(3, 2), new[] { Math.ScaleB(1, 53), 0.25, Math.ScaleB(1, 53) });
        double[] rows = [1, 0, 0, 1, -1, -1];
        network.Hidden(0).CopyFrom(rows);
        var (kernel, radii, state) = (new double[1], new double[1], new ShallowState<double>(network, 1));
        CertifiedShallowKernel.Compute(network, x, state, kernel, radii, new double[CertifiedShallowKernel.WorkspaceLength(state)]);

        // ⟨x, x⟩/2 · (1 + [0, 1]), and a hull of slopes is squared as one of [−¼, 1 + ¼] by the Gram matrix's bound at most: |½ ± ½| + ½ · ½ squared is below 2.
        var square = Math.ScaleB(1, 107);
        Assert.That(kernel[0] - radii[0], Is.LessThanOrEqualTo(square / 2).And.GreaterThan(-square));
        Assert.That(kernel[0] + radii[0], Is.InRange(square, 2 * square));
    }

    [Test]
    public void Kernel_EverythingUsedBefore_HasTheSameBits()
    {
        var draw = new ShallowDraw(5, 3, 600, 2);
        var (network, inputs, state, kernel, radii) = (draw.Network(), draw.Inputs(), new ShallowState<double>(draw.Network(), 5), new double[25], new double[25]);
        var workspace = new double[CertifiedShallowKernel.WorkspaceLength(state)];
        CertifiedShallowKernel.Compute(network, inputs, state, kernel, radii, workspace);
        double[] first = [.. kernel], firstRadii = [.. radii];
        foreach (var used in new[] { workspace, kernel, radii })
        {
            Array.Fill(used, 1e3);
        }

        CertifiedShallowKernel.Compute(network, inputs, state, kernel, radii, workspace);
        Assert.That(kernel, Is.EqualTo(first));
        Assert.That(radii, Is.EqualTo(firstRadii).And.All.Positive);
    }

    /// <summary>The definitions of the theorem, each evaluated plainly: what the certificate says may only lie on the safe side of it, and by no more than rounding and the gap of its eigenvalue bound, 10⁻⁶.</summary>
    [Test]
    public void Certificate_OfAnyNetwork_IsItsDefinitionOnTheSafeSide() =>
        Check.One(PropertyCases.Of(40), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs, targets, n, D) = (draw.Network(), draw.Inputs(), draw.Targets(), draw.Samples, draw.InputDimension);
            var certificate = ShallowCertifier.Evaluate(network, inputs, targets);
            var state = new ShallowState<double>(network, n);
            var (kernel, values) = (new double[n * n], new double[n]);
            Harness.Core.Tangents.ShallowKernel.Compute<double>(network, inputs, state, kernel, new double[n * n]);
            SymmetricEigen.Values([.. kernel], n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
            network.Forward(inputs, state);
            var residual = Math.Sqrt(targets.Zip(state.Output, (y, u) => (u - y) * (u - y)).Sum());
            var room = 1e-5 * values[^1];
            Assert.That(certificate.SmallestEigenvalue, Is.LessThanOrEqualTo(values[0] + (1e-12 * values[^1])).And.GreaterThanOrEqualTo(values[0] - room));
            Assert.That(certificate.LargestEigenvalue, Is.EqualTo(values[^1]).Within(room));
            Assert.That(certificate.InitialResidual, Is.GreaterThanOrEqualTo(residual * (1 - 1e-12)).And.LessThanOrEqualTo(residual + 1e-9)); // γ₆₀₀ √1040 (c√P · ω + 2√n) ≤ 7·10⁻¹⁴ · 33 · (1.3 · 20 · 4 + 6)
            Assert.That((certificate.Slack, certificate.OutputError, certificate.MovementBound, certificate.IsRoundingSmall), Is.EqualTo((0.0, 0.0, certificate.Radius, true)), "nothing for rounding in exact arithmetic");
            var (c, Δ, λ, m) = (draw.Activation.LargestSlope, draw.Activation.SlopeRange, certificate.SmallestEigenvalue, draw.Width);
            if (λ <= 0)
            {
                Assert.That((certificate.IsActive, certificate.Radius), Is.EqualTo((false, double.PositiveInfinity)));
                return;
            }

            var rows = Dyadic.Exactly(inputs).Chunk(D).ToArray();
            double[] norms = [.. rows.Select(x => Math.Sqrt(Inner(x, x).ToRational().ToDouble()))];
            var P = norms.Sum(x => x * x);
            var R = 2 * c * Math.Sqrt(P) * certificate.InitialResidual / (Math.Sqrt(m) * λ);
            var breakpoints = Dyadic.Exactly(draw.Activation.Breakpoints);
            int[] near = [.. PreActivations(network, rows).Zip(norms, (gs, x) => gs.Count(g => Array.Exists(breakpoints, t => Dyadic.Abs(g - t).ToRational().ToDouble() <= R * x)))];
            var Q = Math.Sqrt(near.Zip(norms, (s, x) => x * x * s * s).Sum());
            var ratio = 6 * c * Δ * Math.Sqrt(P) * Q / (m * λ);
            Assert.That(certificate.Radius, Is.EqualTo(R).Within(1e-12 * R));
            Assert.That(certificate.NeuronsNear, Is.EqualTo(near));
            Assert.That(certificate.FlipRatio, Is.GreaterThanOrEqualTo(ratio * (1 - 1e-12)).And.LessThanOrEqualTo((ratio * (1 + 1e-12)) + 1e-300));
            Assert.That(certificate.IsActive, Is.EqualTo(certificate.FlipRatio <= 1 && certificate.StepRatio <= 1));
        }));

    /// <summary>What covers steps in floating point, formula by formula (docs/derivations.md, "Certificate of convergence"): never below it, and above by the roundings of evaluating it.</summary>
    [Test]
    public void Certificate_OfStepsInFloatingPoint_IsTheDerivation() =>
        Check.One(PropertyCases.Of(100), Prop.ForAll(ShallowDraw.Any, Arb.From(Gen.Elements(1, 1000, 1_000_000_000)), (draw, K) =>
        {
            var (network, inputs, targets, n, m, φ) = (draw.Network(), draw.Inputs(), draw.Targets(), draw.Samples, (double)draw.Width, draw.Activation);
            var certificate = ShallowCertifier.Evaluate(network, inputs, targets, K);
            var (λ, Λ, η) = (certificate.SmallestEigenvalue, certificate.LargestEigenvalue, certificate.LearningRate);
            Assert.That(η, Is.EqualTo(1 / Λ));
            AssertAbove(certificate.StepRatio, η * (λ + Λ) / 2);
            if (λ <= 0)
            {
                Assert.That((certificate.Slack, certificate.OutputError, certificate.MovementBound, certificate.NeuronsNear.Length), Is.EqualTo((0.0, 0.0, double.PositiveInfinity, 0)));
                return;
            }

            var rows = Dyadic.Exactly(inputs).Chunk(draw.InputDimension).ToArray();
            double[] norms = [.. rows.Select(x => Math.Sqrt(Inner(x, x).ToRational().ToDouble()))];
            var ω = Math.Sqrt(Enumerable.Range(0, network.Blocks).Sum(b => DyadicNetwork.RowMajor(network.Hidden(b)).Sum(w => w * w)) / m);
            var (reach, u, blocks) = (φ.LargestSlope * Math.Sqrt(norms.Sum(x => x * x)), Rounding.Unit, Math.Ceiling(m / 512));
            var state = new ShallowState<double>(network, n);
            network.Forward(inputs, state);
            var distance = Math.Sqrt(targets.Zip(state.Output, (y, f) => (f - y) * (f - y)).Sum());

            var residual = distance + E(0, distance);
            var R = 2 * reach * residual / (Math.Sqrt(m) * λ);
            var error = E(2 * R, 2 * residual);
            var common = Rounding.Gamma(n + 6) * η * reach * 2 * residual / Math.Sqrt(m);
            var τ = (3 * error) + ((φ.LargestSlope + φ.SlopeRange) * (reach / φ.LargestSlope) * Math.Sqrt(m) * (common + (2 * u * (ω + (2 * R)))));
            var slack = 2 * τ / (η * λ);
            var movement = R + (K * ((η * reach * (error + slack) / Math.Sqrt(m)) + common + (2 * u * ((Math.Sqrt(m) * ω) + (2 * R)))));
            AssertAbove(certificate.InitialResidual, residual);
            AssertAbove(certificate.OutputError, error);
            AssertAbove(certificate.Slack, slack);
            AssertAbove(certificate.MovementBound, movement);
            AssertAbove(certificate.BoundAfter(3).Upper, (Math.Pow(1 - (η * λ / 2), 3) * certificate.InitialResidual) + certificate.Slack);
            Assert.That(certificate.IsRoundingSmall, Is.EqualTo(movement <= 2 * R && slack + error <= residual));
            Assert.That(certificate.IsActive, Is.EqualTo(certificate is { IsRoundingSmall: true, FlipRatio: <= 1, StepRatio: <= 1 }));
            var breakpoints = Dyadic.Exactly(φ.Breakpoints);
            var near = PreActivations(network, rows).Zip(norms, (gs, x) => gs.Count(g => Array.Exists(breakpoints, t => Dyadic.Abs(g - t).ToRational().ToDouble() <= movement * x)));
            Assert.That(certificate.NeuronsNear, Is.EqualTo(near));

            // k roundings: those of the inner product, of a block's sum, of the sum of blocks, and five.
            double E(double moved, double r) => (Math.Sqrt(m) * ((Rounding.Gamma(draw.InputDimension + (long)Math.Min(m, 512) + (long)blocks + 5) * ((reach * (ω + moved)) + (Math.Sqrt(n) * φ.LargestIntercept))) + (2 * Math.Sqrt(n) * φ.InterceptError))) + (2 * u * r);

            static void AssertAbove(double bound, double value) => Assert.That(bound, Is.InRange(value * (1 - 1e-12), (value * (1 + 1e-10)) + 1e-200));
        }));

    /// <summary>Mirrored pairs, inputs with a bias, small targets: the certificate of 400 steps in floating point is active, its bounds hold at every step, and the slack is small beside them to begin with.</summary>
    [TestCase(0, 1)]
    [TestCase(0.1, 1)]
    [TestCase(-1, 1)]
    public void Certificate_ThatIsActive_PredictsTheRun(double left, double right)
    {
        const int n = 3, Steps = 400;
        var (inputs, targets, network) = (BiasedInputs(n, 2, seed: 11), new[] { 1e-3, -2e-3, 1e-3 }, new ShallowNetwork<double>(3, 20_000, PiecewiseAffine.WithSlopes(left, right)));
        network.InitialiseMirrored(RandomStream.FromSeed(12));
        var certificate = ShallowCertifier.Evaluate(network, inputs, targets, Steps);
        Assert.That(certificate.IsActive, Is.True, certificate.ToString());
        Assert.That(certificate.Slack, Is.LessThan(1e-4 * certificate.InitialResidual).And.Positive);
        var state = new ShallowState<double>(network, n);
        network.Forward(inputs, state);
        for (var k = 0; k < Steps; k++)
        {
            var loss = ShallowDescent.Step<double>(network, targets, certificate.LearningRate, state);
            Assert.That(Math.Sqrt(2 * loss), Is.LessThanOrEqualTo(certificate.BoundAfter(k).Upper + certificate.OutputError), $"step {k}");
        }
    }

    [Test]
    public void Certificate_OfCoincidingInputs_IsNotActive()
    {
        var network = new ShallowNetwork<double>(2, 2000);
        network.InitialiseMirrored(RandomStream.FromSeed(1));
        var certificate = ShallowCertifier.Evaluate(network, [1, 2, 1, 2], [1e-6, -1e-6], steps: 10);
        Assert.That((certificate.IsActive, certificate.SmallestEigenvalue <= 0, certificate.FlipRatio), Is.EqualTo((false, true, double.PositiveInfinity)));
    }

    [Test]
    public void Certificate_OfTooLargeARate_IsNotActive()
    {
        var network = new ShallowNetwork<double>(3, 20_000);
        network.InitialiseMirrored(RandomStream.FromSeed(12));
        var (inputs, targets) = (BiasedInputs(3, 2, seed: 11), new[] { 1e-4, -2e-4, 1e-4 });
        var Λ = ShallowCertifier.Evaluate(network, inputs, targets).LargestEigenvalue;
        var (slow, fast) = (ShallowCertifier.Evaluate(network, inputs, targets, learningRate: 1 / Λ), ShallowCertifier.Evaluate(network, inputs, targets, learningRate: 2 / Λ));
        Assert.That((slow.IsActive, fast.IsActive, fast.StepRatio > 1), Is.EqualTo((true, false, true)));
        Assert.That(() => ShallowCertifier.Evaluate(network, inputs, targets, learningRate: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double[] BiasedInputs(int n, int dimension, ulong seed)
    {
        var (x, augmented) = (new double[n * dimension], new double[n * (dimension + 1)]);
        RandomStream.FromSeed(seed).FillGaussian<double>(x, 1);
        InputBias.Append<double>(x, dimension, augmented);
        return augmented;
    }

    private static void Round(ShallowNetwork<double> network)
    {
        for (var b = 0; b < network.Blocks; b++)
        {
            var w = network.Hidden(b);
            for (var r = 0; r < w.Rows; r++)
            {
                for (var k = 0; k < w.Columns; k++)
                {
                    w[r, k] = Math.Round(w[r, k]);
                }
            }
        }
    }

    /// <summary>⟨w_r, x_i⟩ at [i][r].</summary>
    private static Dyadic[][] PreActivations(ShallowNetwork<double> network, Dyadic[][] inputs)
    {
        var weights = Enumerable.Range(0, network.Blocks).SelectMany(b => Dyadic.Exactly(DyadicNetwork.RowMajor(network.Hidden(b))).Chunk(network.InputDimension)).ToArray();
        return Array.ConvertAll(inputs, x => Array.ConvertAll(weights, w => Inner(w, x)));
    }

    private static Dyadic Inner(Dyadic[] x, Dyadic[] y)
    {
        Dyadic sum = default;
        for (var k = 0; k < x.Length; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }
}
