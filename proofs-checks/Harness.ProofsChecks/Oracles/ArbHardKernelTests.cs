using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.ProofsChecks.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Kernels of infinite width on hard inputs: no NaN, entries that hold Arb's, and a smallest eigenvalue, zero or nearly so, whose proven range holds Arb's.</summary>
[Category("Arb")]
[RequiredLibrary(ArbNative.Package, ArbNative.Library, "to compare kernels with an independent ball arithmetic")]
public sealed class ArbHardKernelTests
{
    private const double AbsoluteValue = -1;

    private static readonly PositionGraph Graph = PositionGraph.Ring(3, 2);

    [Test]
    public void FullyConnected_HardInputs_SmallestEigenvalueWithinItsProvenRange(
        [ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs, [Values] LimitingKernel kind, [Values(0.0, 1.0)] double bias, [Values(0.0, AbsoluteValue)] double negative)
    {
        KernelLayer[] layers = [new(1, bias), new(2, bias), new(2, bias)];
        var (oracle, kernel) = (new ArbKernel(negative), InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), kind));
        Check(inputs, kernel, (x, y) => Of(kind, oracle.FullyConnected(layers, x, y)));
    }

    [Test]
    public void Residual_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs, [Values] LimitingKernel kind)
    {
        var (oracle, kernel) = (new ArbKernel(0), new ResidualKernel(3, 0.5, PiecewiseAffine.Rectifier, kind));
        Check(inputs, kernel, (x, y) => Of(kind, oracle.Residual(3, 0.5, x, y)));
    }

    [Test]
    public void Convolutional_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs, [Values] KernelReadout readout, [Values(0.0, 1.0)] double bias)
    {
        KernelLayer[] layers = [new(1, bias), new(2, bias), new(2)];
        var (oracle, kernel) = (new ArbKernel(0), InfiniteWidthKernel.Convolutional(Graph, layers, PiecewiseAffine.Rectifier, readout, LimitingKernel.Tangent));
        Check(inputs, kernel, (x, y) => oracle.Convolutional(Graph, layers, readout, x, y).Tangent);
    }

    /// <summary>The kernels of the network whose ends are frozen, by their own enclosure and as a case of the general one.</summary>
    [Test]
    public void FrozenEnds_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs)
    {
        const int Depth = 3;
        var (oracle, kernel, n) = (new ArbKernel(0), InfiniteWidthKernel.FrozenEnds(Depth), inputs.Samples);
        var layers = kernel.Layers.ToArray();
        Check(inputs, kernel, (x, y) => oracle.FullyConnected(layers, x, y).Tangent);
        var (midpoints, radii) = (new double[n * n], new double[n * n]);
        CertifiedLimitKernel.Compute(inputs.Values, n, Depth, midpoints, radii);
        Check(inputs, midpoints, radii, (x, y) => oracle.FullyConnected(layers, x, y).Tangent);
    }

    [Test]
    public void FrozenEndsOfFilters_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs)
    {
        const int Depth = 3;
        var oracle = new ArbKernel(0);
        Check(inputs, InfiniteWidthKernel.FrozenEnds(Graph, Depth, LimitingKernel.Tangent), (x, y) => oracle.FrozenEnds(Graph, Depth, x, y));
    }

    [Test]
    public void Shallow_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs, [Values(0.0, AbsoluteValue)] double negative)
    {
        var (oracle, n) = (new ArbKernel(negative), inputs.Samples);
        var (midpoints, radii) = (new double[n * n], new double[n * n]);
        CertifiedShallowLimit.Compute(PiecewiseAffine.WithSlopes(negative, 1), inputs.Values, n, midpoints, radii);
        Check(inputs, midpoints, radii, (x, y) => oracle.Shallow(x, y));
        var bound = LimitEigenvalueBound.Evaluate(PiecewiseAffine.WithSlopes(negative, 1), inputs.Values, n);
        Assert.That(bound.Lower <= 0 || ArbMatrix.IsAbove(Exact(inputs, (x, y) => oracle.Shallow(x, y)), n, bound.Lower), $"explicit bound {bound}");
    }

    private static ArbBall Of(LimitingKernel kind, (ArbBall Process, ArbBall Tangent) value) => kind == LimitingKernel.Tangent ? value.Tangent : value.Process;

    private static void Check(HardInputs inputs, ICertifiedKernel kernel, Func<double[], double[], ArbBall> oracle)
    {
        var n = inputs.Samples;
        var (gram, midpoints, radii) = (new double[n * n], new double[n * n], new double[n * n]);
        KernelMatrix.Gram(kernel, inputs.Values, n, gram, new double[KernelMatrix.WorkspaceLength(kernel, n, HardInputs.Dimension)]);
        Assert.That(gram, Has.None.NaN);
        kernel.Enclose(inputs.Values, n, inputs.Values, n, new(midpoints, radii), new Ball[kernel.EnclosureLength(n, n, HardInputs.Dimension)]);
        Check(inputs, midpoints, radii, oracle);
    }

    private static void Check(HardInputs inputs, double[] midpoints, double[] radii, Func<double[], double[], ArbBall> oracle)
    {
        var (n, exact) = (inputs.Samples, Exact(inputs, oracle));
        for (var at = 0; at < n * n; at++)
        {
            // Where a cosine is 1 the oracle itself is off by 2⁻¹⁵⁰⁰, so an exact diagonal cannot hold it.
            var ball = new Ball(midpoints[at], Math.Max(radii[at], 1e-250 * Math.Abs(midpoints[at])));
            Assert.That(ball.IsRigorous ? exact[at].IsHeldBy(ball) : !inputs.IsOrdinary, $"entry {at / n}, {at % n}: {ball}");
        }

        var (lower, upper) = EigenvalueRange.OfSmallest(midpoints, radii, n);
        Assert.That(lower, Is.LessThanOrEqualTo(upper), "nor NaN");
        Assert.That(lower == double.NegativeInfinity || ArbMatrix.IsAbove(exact, n, lower), $"{lower:R} is no lower bound");
        Assert.That(!double.IsFinite(upper) || !ArbMatrix.IsAbove(exact, n, upper), $"{upper:R} is no upper bound");
    }

    private static ArbBall[] Exact(HardInputs inputs, Func<double[], double[], ArbBall> oracle)
    {
        var n = inputs.Samples;
        var exact = new ArbBall[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                exact[(i * n) + j] = exact[(j * n) + i] = oracle(Row(i), Row(j));
            }
        }

        return exact;

        double[] Row(int i) => inputs.Values[(i * HardInputs.Dimension)..((i + 1) * HardInputs.Dimension)];
    }
}
