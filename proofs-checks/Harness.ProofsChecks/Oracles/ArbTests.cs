using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Certified quantities against Arb, at sizes beyond rational arithmetic. Every ball of ours must hold Arb's whole ball, which is some 2⁻³⁰⁰⁰ wide: a certificate that is false by one ulp cannot pass.</summary>
[Category("Arb")]
[RequiredLibrary(ArbNative.Package, ArbNative.Library, "to compare certificates with an independent ball arithmetic")]
public sealed class ArbTests
{
    [TestCase(64, 3, 8, 2)]
    [TestCase(128, 1, 6, 1)]
    [TestCase(256, 3, 4, 2)]
    public void NetworkAtInitialisation_EveryCertificate_HoldsArbsValue(int width, int depth, int samples, int outputs)
    {
        var instance = new Instance(width, depth, samples, outputs);
        var (network, state) = (instance.Network, new BatchState<double>(instance.Network, samples));
        var radii = new BatchRadii<double>(network, state);
        CertifiedForward.Run<double>(network, instance.Inputs, state, radii);
        var loss = CertifiedLoss.Evaluate<double>(state, radii, instance.Targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var retry = DoubleDoubleForward.Loss(network, instance.Inputs, instance.Targets, new DoubleDoubleState(network, samples));

        var oracle = new ArbNetwork(network);
        var features = Enumerable.Range(0, samples).Select(i => oracle.Forward(instance.Input(i))).ToArray();
        var residuals = new ArbVector[samples];
        ArbBall twiceLoss = 0;
        for (var i = 0; i < samples; i++)
        {
            residuals[i] = new(outputs);
            for (var j = 0; j < outputs; j++)
            {
                var y = features[i][^1].Dot(j, 1, new([1.0]), 1);
                Assert.That(y.IsHeldBy(new(state.Output[(j * state.Stride) + i], radii.Output[(j * state.Stride) + i])), $"output {j} of sample {i}");
                var residual = y - instance.Targets[(i * outputs) + j];
                ArbNative.Set(residuals[i][j], residual.Address);
                twiceLoss += residual * residual;
            }
        }

        var signals = features.Zip(residuals, oracle.Backward).ToArray();
        ArbBall squaredNorm = 0;
        for (var i = 0; i < samples; i++)
        {
            for (var other = 0; other < samples; other++)
            {
                squaredNorm += oracle.GradientProduct(features[i], signals[i], features[other], signals[other]);
            }
        }

        Assert.That((twiceLoss / 2).IsHeldBy(loss), "loss");
        Assert.That((twiceLoss / 2).IsHeldBy(retry), "loss in double-double");
        Assert.That(squaredNorm.IsHeldBy(norm), "‖∇F‖²");
    }

    [TestCase(64, 3, 8, 2)]
    [TestCase(256, 3, 4, 2)]
    public void TangentKernel_EntriesAndSmallestEigenvalue_HoldArbsValues(int width, int depth, int samples, int outputs)
    {
        var instance = new Instance(width, depth, samples, outputs);
        var n = samples * outputs;
        var state = new BatchState<double>(instance.Network, n);
        var (kernel, bounds) = (new double[n * n], new double[n * n]);
        CertifiedTangentKernel.Compute<double>(instance.Network, instance.Inputs, state, new(instance.Network, state), kernel, bounds, new double[CertifiedGradient.WorkspaceLength(state)]);
        var (values, workspace) = (new double[n], new double[Math.Max(SymmetricEigen.WorkspaceLength(n, vectors: false), EigenvalueBounds.WorkspaceLength(n))]);
        SymmetricEigen.Values((double[])kernel.Clone(), n, values, workspace);
        var bound = EigenvalueBounds.Smallest(kernel, bounds, n, values[0], 1e-9, workspace);

        var oracle = new ArbNetwork(instance.Network);
        var features = Enumerable.Range(0, samples).Select(i => oracle.Forward(instance.Input(i))).ToArray();
        var signals = Enumerable.Range(0, n).Select(column =>
        {
            var unit = new double[outputs];
            unit[column % outputs] = 1;
            return oracle.Backward(features[column / outputs], new(unit));
        }).ToArray();
        var exact = new ArbBall[n * n];
        for (var at = 0; at < n * n; at++)
        {
            var (row, column) = (at / n, at % n);
            exact[at] = oracle.GradientProduct(features[row / outputs], signals[row], features[column / outputs], signals[column]);
            Assert.That(exact[at].IsHeldBy(new(kernel[at], bounds[at])), $"K[{row}, {column}]");
        }

        Assert.That(ArbMatrix.IsAbove(exact, n, bound), "the certified bound lies below every eigenvalue of the exact kernel");
        Assert.That(ArbMatrix.IsAbove(exact, n, values[0] * (1 + 1e-9)), Is.False, "and a bound just above the smallest does not");
        Assert.That(bound, Is.GreaterThan(values[0] * (1 - 1e-6)));
    }

    [Test]
    public void ElementaryFunctions_TenThousandHardArguments_HoldArbsValues([Values] ArgumentKind kind)
    {
        for (var seed = 0; seed < 125; seed++)
        {
            foreach (var (x, _) in new ElementaryArguments(kind, Exact: true, seed).Draw())
            {
                AssertHolds(Ball.Exp(x), ArbBall.Exp(x.Midpoint), $"exp {x.Midpoint:R}");
                AssertHolds(Ball.Acos(x), ArbBall.Acos(x.Midpoint), $"arccos {x.Midpoint:R}");
                AssertHolds(Ball.Log(x), ArbBall.Log(x.Midpoint), $"ln {x.Midpoint:R}");
                AssertHolds(Ball.Pow(x, Ball.Exactly(-1.25)), ArbBall.Pow(x.Midpoint, -1.25), $"{x.Midpoint:R}^−1.25");
            }
        }
    }

    /// <summary>The recursion as printed; what cancels near ±1 is within the precision (<see cref="ArbVector.Precision"/>).</summary>
    [Test]
    public void LimitKernel_AnyAngleAndDepth_HoldsArbsValue(
        [Values(0, 0.3, -0.7, 1 - 1e-15, -1 + 1e-15, 0.999999, -0.5, 0.5)] double cosine, [Values(1, 2, 7, 30, 100)] int depth)
    {
        ArbBall c = cosine, sum = 0;
        for (var l = 1; l <= depth; l++)
        {
            c = ((c * (ArbBall.Pi - ArbBall.Acos(c))) + ArbBall.Sqrt(1 - (c * c))) / ArbBall.Pi;
            sum = (ArbBall.Pi - ArbBall.Acos(c)) / ArbBall.Pi * (c + sum);
        }

        var angle = CertifiedCosine.Of(Ball.Exactly(cosine));
        AssertHolds(CertifiedLimitKernel.Value(angle, depth), sum, "k");
        AssertHolds(CertifiedLimitKernel.Deficit(angle, depth), depth - sum, "L − k");
    }

    /// <summary>The oracle itself: a ball one ulp beside the value is refused.</summary>
    [Test]
    public void IsHeldBy_NeighbourOfTheValue_IsRefused()
    {
        var root = Math.Sqrt(2);
        Assert.That(ArbBall.Sqrt(2).IsHeldBy(new(root, Math.BitIncrement(root) - root)));
        Assert.That(ArbBall.Sqrt(2).IsHeldBy(Ball.Exactly(root)), Is.False);
        Assert.That(ArbBall.Sqrt(2).IsHeldBy(new(Math.BitIncrement(Math.BitIncrement(root)), Math.BitIncrement(root) - root)), Is.False);
        Assert.That(ArbBall.Sqrt(4).IsHeldBy(Ball.Exactly(2)));
    }

    private static void AssertHolds(Ball ball, ArbBall value, string what)
    {
        if (ball.IsRigorous)
        {
            Assert.That(value.IsHeldBy(ball), what);
        }
    }

    private sealed class Instance
    {
        private const int InputDimension = 5;

        public Instance(int width, int depth, int samples, int outputs)
        {
            Network = new(InputDimension, width, depth, outputs);
            Network.Initialise(RandomStream.FromSeed(1));
            (Inputs, Targets) = (new double[samples * InputDimension], new double[samples * outputs]);
            RandomStream.FromSeed(2).FillGaussian<double>(Inputs, Math.Sqrt(1.0 / InputDimension));
            RandomStream.FromSeed(3).FillGaussian<double>(Targets, 1);
        }

        public FullyConnected<double> Network { get; }

        public double[] Inputs { get; }

        public double[] Targets { get; }

        public ReadOnlySpan<double> Input(int i) => Inputs.AsSpan(i * InputDimension, InputDimension);
    }
}
