using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Kernels of infinite width against their printed recursion in Arb, from angles of 10⁻⁸ on, next to 0 and next to π, and through a thousand layers.</summary>
[Category("Arb")]
[RequiredLibrary(ArbNative.Package, ArbNative.Library, "to compare kernels with an independent ball arithmetic")]
public sealed class ArbKernelTests
{
    /// <summary>
    /// The value's relative error: κ₁ next to antipodes is a third power of the angle, 1 − c after l layers is known to l/2 roundings of a layer, and the deviation to one more in each: 10⁻¹² is generous at a thousand layers (measured: 2·10⁻¹³),
    /// and a hundred times below what is asked of the kernels.
    /// </summary>
    private const double Tolerance = 1e-12;

    private static readonly double[] Angles = [1e-8, 1e-6, 1e-4, 1e-2, 0.1, 1, 2, 3.04, 3.1414926, 3.1415926435];

    [Test]
    public void FullyConnected_AnyAngleDepthBiasAndSlope_HoldsArbsValue(
        [Values(1, 2, 8, 60)] int depth, [Values(0.0, 1e-3, 1.0)] double bias, [Values(0.0, 0.1, -1, -0.3, 1)] double negative) => Compare(depth, bias, negative, Angles);

    [Test]
    public void Residual_AnyAngle_HoldsArbsValue([Values(1, 9)] int blocks, [Values(0.1, 1.0)] double scale, [Values(0.0, -0.5)] double negative)
    {
        var oracle = new ArbKernel(negative);
        foreach (var (x, y) in Pairs(Angles))
        {
            var (process, tangent) = oracle.Residual(blocks, scale, x, y);
            AssertHolds(new ResidualKernel(blocks, scale, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.Tangent), x, y, tangent);
            AssertHolds(new ResidualKernel(blocks, scale, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.GaussianProcess), x, y, process);
        }
    }

    /// <summary>
    /// (𝔡 + 50L²)u of the two deviations' product, whatever the angle, the slope and the biases; without biases and with the ends frozen, where only positive terms are summed, of the entry itself, as long as the angle's own relative error, 𝔡u + (𝔡u)²/θ², is of that order.
    /// </summary>
    [TestCase(1, 2)]
    [TestCase(1, 300)]
    [TestCase(2, 2)]
    [TestCase(2, 300)]
    [TestCase(10, 2)]
    [TestCase(100, 2)]
    public void Block_AnyAngleAndDepth_WithinTheStatedError(int depth, int dimension)
    {
        var bound = (dimension + (50.0 * depth * depth)) * Rounding.Unit;
        var frozen = InfiniteWidthKernel.FrozenEnds(depth);
        foreach (var (angle, x, y) in Directions(depth < 100 ? [1e-15, 1e-12, 1e-8, 1e-4, 0.1, 1] : [1e-8, 1], dimension))
        {
            foreach (var (negative, bias) in new[] { (0.0, 0.0), (0.0, 0.5), (-0.4, 0.5), (0.3, 0.0), (-1.0, 0.0) })
            {
                KernelLayer[] layers = [.. Enumerable.Repeat(new KernelLayer(2 / ((negative * negative) + 1), bias), depth + 1)];
                var (process, tangent) = new ArbKernel(negative).FullyConnected(layers, x, y);
                AssertClose(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.GaussianProcess), x, y, process, bound);
                AssertClose(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.Tangent), x, y, tangent, bound);
            }

            if (Math.Min(angle, Math.PI - angle) >= 1e-8 * Math.Sqrt(dimension))
            {
                var exact = new ArbKernel(0).FullyConnected(frozen.Layers, x, y).Tangent;
                var value = Value(frozen, x, y);
                Assert.That(exact.IsHeldBy(new(value, bound * value)), $"{value:R} at the angle {angle}");
            }
        }
    }

    [TestCase(1e-6)]
    [TestCase(3.1)]
    public void Block_ThousandLayers_WithinTheStatedError(double angle)
    {
        foreach (var (_, x, y) in Directions([angle], 2).Take(1))
        {
            KernelLayer[] layers = [.. Enumerable.Repeat(new KernelLayer(2, 0.5), 1001)];
            var (process, tangent) = new ArbKernel(0).FullyConnected(layers, x, y);
            AssertClose(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.Rectifier, LimitingKernel.GaussianProcess), x, y, process, 50e6 * Rounding.Unit);
            AssertClose(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.Rectifier, LimitingKernel.Tangent), x, y, tangent, 50e6 * Rounding.Unit);
        }
    }

    private static void AssertClose(InfiniteWidthKernel kernel, double[] x, double[] y, ArbBall exact, double relative)
    {
        var (value, scale) = (Value(kernel, x, y), Math.Sqrt(Value(kernel, x, x) * Value(kernel, y, y)));
        Assert.That(exact.IsHeldBy(new(value, relative * scale)), $"{value:R} of {scale}, {kernel.Kind} with slope {kernel.Activation.Slopes[0]}, bias {kernel.Layers[0].BiasVariance}, angle about {Math.Atan2(y[1], y[0])}");
    }

    private static double Value(InfiniteWidthKernel kernel, double[] x, double[] y)
    {
        var value = new double[1];
        kernel.Block(x, 1, y, 1, value, new double[kernel.WorkspaceLength(1, 1, x.Length)]);
        return value[0];
    }

    /// <summary>Two dense vectors of different norms at about each angle, and at its supplement.</summary>
    private static IEnumerable<(double Angle, double[] X, double[] Y)> Directions(double[] angles, int dimension)
    {
        // Rows of an orthogonal matrix (that of the sine transform): no coordinate is special.
        double[] Direction(int row) => [.. Enumerable.Range(1, dimension).Select(k => Math.Sqrt(2.0 / (dimension + 1)) * Math.Sin(Math.PI * row * k / (dimension + 1)))];
        var (first, second) = (Direction(1), Direction(2));
        foreach (var angle in angles)
        {
            double[] y = [.. first.Zip(second, (a, b) => 0.7 * ((Math.Cos(angle) * a) + (Math.Sin(angle) * b)))];
            double[] x = [.. first.Select(a => 3 * a)];
            yield return (angle, x, y);
            yield return (Math.PI - angle, x, [.. y.Select(value => -value)]);
        }
    }

    private static void Compare(int depth, double bias, double negative, double[] angles)
    {
        var oracle = new ArbKernel(negative);
        var layers = new KernelLayer[depth + 1];
        layers.AsSpan().Fill(new(2 / ((negative * negative) + 1), bias));
        layers[0] = new(0.5, bias);
        foreach (var (x, y) in Pairs(angles))
        {
            var (process, tangent) = oracle.FullyConnected(layers, x, y);
            AssertHolds(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.Tangent), x, y, tangent);
            AssertHolds(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.GaussianProcess), x, y, process);
        }
    }

    /// <summary>Pairs of vectors of different norms at about these angles, as double has them.</summary>
    private static IEnumerable<(double[] X, double[] Y)> Pairs(double[] angles)
    {
        foreach (var (angle, at) in angles.Select((angle, at) => (angle, at)))
        {
            var (start, first, second) = (0.7 * at, at % 2 == 0 ? 1.0 : 3.7, at % 3 == 0 ? 1.0 : 0.3);
            yield return ([first * Math.Cos(start), first * Math.Sin(start)], [second * Math.Cos(start + angle), second * Math.Sin(start + angle)]);
        }
    }

    private static void AssertHolds(ICertifiedKernel kernel, double[] x, double[] y, ArbBall exact)
    {
        var (value, ball, radius) = (new double[1], new double[1], new double[1]);
        kernel.Block(x, 1, y, 1, value, new double[kernel.WorkspaceLength(1, 1, x.Length)]);
        kernel.Enclose(x, 1, y, 1, new(ball, radius), new Ball[kernel.EnclosureLength(1, 1, x.Length)]);
        Assert.That(exact.IsHeldBy(new(ball[0], radius[0])), $"{ball[0]} ± {radius[0]}");

        Assert.That(exact.IsHeldBy(new(value[0], Tolerance * Math.Abs(value[0]))), $"{value[0]:R} beside {ball[0]:R}");
    }
}
