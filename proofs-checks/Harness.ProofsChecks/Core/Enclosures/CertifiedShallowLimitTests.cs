using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Limit kernels of two-layer networks and the explicit bound of their smallest eigenvalue.</summary>
public sealed class CertifiedShallowLimitTests
{
    /// <summary>At 60°, 90° and 180° the angle is a rational part of π: E σ′σ′ = (α² + β²)(1 − t)/2 + αβ t with t = θ/π, to the few roundings of evaluating this.</summary>
    [TestCase(0, 1, 0.5, 1.0 / 3)]
    [TestCase(0.1, 1, 0.5, 1.0 / 3)]
    [TestCase(-1, 1, 0.5, 1.0 / 3)]
    [TestCase(0.3, -2, 0, 0.5)]
    [TestCase(0.3, -2, -1, 1)]
    [TestCase(0.3, -2, 1, 0)]
    public void SlopeProduct_AtKnownAngles_HoldsItsValue(double α, double β, double cosine, double t)
    {
        var ball = CertifiedShallowLimit.SlopeProduct(PiecewiseAffine.WithSlopes(α, β), CertifiedCosine.Of(Ball.Exactly(cosine)));
        var expected = (((α * α) + (β * β)) * (1 - t) / 2) + (α * β * t);
        Assert.That(Math.Abs(ball.Midpoint - expected), Is.LessThanOrEqualTo(ball.Radius + (4 * Rounding.Unit * ((α * α) + (β * β)))));
        Assert.That(ball.Radius, Is.LessThan(1e-14));
    }

    /// <summary>Bound and eigenvalue meet for one input, and for two of equal norm with α = −β; elsewhere the bound is below.</summary>
    [Test]
    public void LimitEigenvalueBound_WhereItIsAttained_EqualsTheEigenvalue()
    {
        double[] one = [3, -1, 2], two = [3, 4, 4, 3];
        var abs = PiecewiseAffine.WithSlopes(-0.7, 0.7);
        using (Assert.EnterMultipleScope())
        {
            // n = 1: (β − α)²/4 · 14 = 0.49 · 14; λ = (α² + β²)/2 · 14.
            Assert.That(Math.Abs(LimitEigenvalueBound.Evaluate(abs, one, 1).Midpoint - (0.49 * 14)), Is.LessThan(1e-13));

            // n = 2: λ_min = β²·25·(1 − (2/π) arcsin(ρ) ρ), ρ = 24/25; also where the cosine is −ρ.
            var expected = 0.49 * 25 * (1 - (2 / Math.PI * Math.Asin(0.96) * 0.96));
            Assert.That(Math.Abs(LimitEigenvalueBound.Evaluate(abs, two, 2).Midpoint - expected), Is.LessThan(1e-12));
            Assert.That(Math.Abs(LimitEigenvalueBound.Evaluate(abs, [3, 4, -4, -3], 2).Midpoint - expected), Is.LessThan(1e-12));
        }
    }

    /// <summary>Where (n − 1)ρ² ≥ 1 the first terms are dropped: the sum as printed, term by term, and 1/√(πk) for the tail from k = 10⁵ on.</summary>
    [TestCase(0.9, 3)]
    [TestCase(0.99, 5)]
    [TestCase(-0.97, 4)]
    public void LimitEigenvalueBound_NearInputs_IsThePrintedSum(double cosine, int n)
    {
        // The largest cosine is that of the first two, or nearly.
        double[] all = [1, 0, cosine, Math.Sqrt(1 - (cosine * cosine)), 0, 1, -0.6, 0.8, 0.5, -0.8], inputs = all[..(2 * n)];
        var ρ = (from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, i) select Math.Abs(Cosine(i, j))).Max();
        var (sum, c) = (0.0, 1.0);
        const int Terms = 100_000;
        for (var k = 0; k < Terms; k++)
        {
            sum += c / ((2 * k) + 1) * Math.Max(0, 1 - ((n - 1) * Math.Pow(ρ, (2 * k) + 2)));
            c *= ((2 * k) + 1) / ((2 * k) + 2.0);
        }

        var expected = 9 / (2 * Math.PI) * Enumerable.Range(0, n).Min(i => Norm(i) * Norm(i)) * (sum + (1 / Math.Sqrt(Math.PI * Terms)));
        Assert.That(LimitEigenvalueBound.Evaluate(PiecewiseAffine.WithSlopes(-1, 2), inputs, n).Midpoint, Is.EqualTo(expected).Within(1e-7));

        double Norm(int i) => Math.Sqrt((inputs[2 * i] * inputs[2 * i]) + (inputs[(2 * i) + 1] * inputs[(2 * i) + 1]));
        double Cosine(int i, int j) => ((inputs[2 * i] * inputs[2 * j]) + (inputs[(2 * i) + 1] * inputs[(2 * j) + 1])) / Norm(i) / Norm(j);
    }

    [Test]
    public void LimitEigenvalueBound_ZerosOrCopies_IsZero()
    {
        Assert.That(LimitEigenvalueBound.Evaluate(PiecewiseAffine.Rectifier, [3, 4, 0, 0], 2), Is.EqualTo(Ball.Exactly(0)));
        Assert.That(LimitEigenvalueBound.Evaluate(PiecewiseAffine.Rectifier, [3, 4, 3, 4, 1, 0], 3), Is.EqualTo(Ball.Exactly(0)));
        Assert.That(LimitEigenvalueBound.Evaluate(PiecewiseAffine.Rectifier, [3, 4, -3, -4, 1, 0], 3), Is.EqualTo(Ball.Exactly(0)));
    }

    /// <summary>At 60° and 90°, with a row that begins with zero and one of zeros: the formula, every entry, both triangles.</summary>
    [Test]
    public void Compute_KnownAngles_HoldsTheFormula()
    {
        const int N = 4;
        var h = Math.Sqrt(0.75);
        double[] inputs = [2, 0, 0.5, h, 0, 0, 0, 3], kernel = new double[N * N], radii = new double[N * N];
        CertifiedShallowLimit.Compute(PiecewiseAffine.WithSlopes(-0.5, 2), inputs, N, kernel, radii);
        double Of(double turn, double inner) => ((4.25 * (1 - turn) / 2) - turn) * inner;
        double[] expected =
        [
            Of(0, 4), Of(1 / 3.0, 1), 0, Of(0.5, 0),
            Of(1 / 3.0, 1), Of(0, 1), 0, Of(1 / 6.0, 3 * h),
            0, 0, 0, 0,
            Of(0.5, 0), Of(1 / 6.0, 3 * h), 0, Of(0, 9),
        ];
        Assert.That(kernel, Is.EqualTo(expected).Within(1e-14));
        Assert.That(radii, Is.All.InRange(0, 2e-14));
        Assert.That(new[] { radii[1], radii[4], radii[7], radii[13] }, Is.All.Positive, "these angles are rounded numbers");
        Assert.That((kernel[2], radii[2], kernel[10], radii[10]), Is.EqualTo((0.0, 0.0, 0.0, 0.0)));
    }

    [Test]
    public void LimitEigenvalueBound_OnRandomInputs_IsBelowTheCertifiedEigenvalue()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var stream = RandomStream.FromSeed(seed);
            var (n, dimension) = (1 + stream.Integer(0, 8), 1 + stream.Integer(1, 5));
            var activation = PiecewiseAffine.WithSlopes((stream.Uniform(2) * 4) - 2, (stream.Uniform(3) * 4) - 2);
            var (x, inputs) = (new double[n * dimension], new double[n * (dimension + 1)]);
            stream.Derive("x").FillGaussian<double>(x, Math.Pow(10, (2 * stream.Uniform(4)) - 1));
            InputBias.Append<double>(x, dimension, inputs);
            var (kernel, radii, values, vectors) = (new double[n * n], new double[n * n], new double[n], new double[n * n]);
            CertifiedShallowLimit.Compute(activation, inputs, n, kernel, radii);
            var workspace = new double[SymmetricEigen.WorkspaceLength(n, vectors: true)];
            SymmetricEigen.Decompose([.. kernel], n, values, vectors, workspace);
            var λ = new Ball(values[0], EigenvalueBounds.Radius(kernel, radii, n, values, vectors, workspace));
            var bound = LimitEigenvalueBound.Evaluate(activation, inputs, n);
            Assert.That(λ.Upper, Is.GreaterThanOrEqualTo(bound.Lower), $"seed {seed}, n {n}");
            Assert.That(bound.Upper, Is.GreaterThanOrEqualTo(0));
        }
    }

    [Test]
    public void Limit_OfAnotherBreakpoint_IsRefused()
    {
        var tanh = new PiecewiseAffine([-1, 1], [0, 1, 0]);
        Assert.That(() => CertifiedShallowLimit.Compute(tanh, [1, 2], 1, new double[1], new double[1]), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("only where the activation's one breakpoint is zero"));
        Assert.That(() => LimitEigenvalueBound.Evaluate(tanh, [1, 2], 1), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("one breakpoint is zero"));
    }

    [Test]
    public void Append_OfAConstant_KeepsRowsAndRefusesWhatDoesNotFit()
    {
        var augmented = new double[6];
        InputBias.Append<double>([1, 2, 3, 4], 2, augmented);
        Assert.That(augmented, Is.EqualTo(new double[] { 1, 2, 1, 3, 4, 1 }));
        Assert.That(() => InputBias.Append<double>([1, 2, 3], 2, augmented), Throws.ArgumentException);
    }
}
