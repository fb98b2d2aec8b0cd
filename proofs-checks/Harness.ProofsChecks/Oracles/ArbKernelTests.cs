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
        foreach (var (x, y) in Pairs(Angles))
        {
            ArbBall a = scale, k = Dot(x, y), θ = 0, kx = Dot(x, x), ky = Dot(y, y);
            var slopes = new Slopes(negative, 1);
            for (var l = 0; l < blocks; l++)
            {
                var (value, derivative) = slopes.Dual(k, kx, ky);
                var square = a * a / slopes.SecondMoment;
                θ += square * (value + (derivative * (k + θ)));
                k += square * value;
                kx *= 1 + (a * a);
                ky *= 1 + (a * a);
            }

            AssertHolds(new ResidualKernel(blocks, scale, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.Tangent), x, y, θ);
            AssertHolds(new ResidualKernel(blocks, scale, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.GaussianProcess), x, y, k);
        }
    }

    private static void Compare(int depth, double bias, double negative, double[] angles)
    {
        var slopes = new Slopes(negative, 1);
        var layers = new KernelLayer[depth + 1];
        layers.AsSpan().Fill(new(2 / ((negative * negative) + 1), bias));
        layers[0] = new(0.5, bias);
        foreach (var (x, y) in Pairs(angles))
        {
            ArbBall weight = layers[^1].WeightVariance;
            var (k, kx, ky) = ((Dot(x, y) / 2) + bias, (Dot(x, x) / 2) + bias, (Dot(y, y) / 2) + bias);
            var θ = k;
            for (var l = 0; l < depth; l++)
            {
                var (value, derivative) = slopes.Dual(k, kx, ky);
                k = (weight * value) + bias;
                θ = k + (weight * derivative * θ);
                kx = (weight * slopes.SecondMoment * kx) + bias;
                ky = (weight * slopes.SecondMoment * ky) + bias;
            }

            AssertHolds(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.Tangent), x, y, θ);
            AssertHolds(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), LimitingKernel.GaussianProcess), x, y, k);
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

    private static ArbBall Dot(double[] x, double[] y)
    {
        ArbBall sum = 0;
        foreach (var (a, b) in x.Zip(y))
        {
            sum += (ArbBall)a * b;
        }

        return sum;
    }

    private sealed class Slopes(double negative, double positive)
    {
        private readonly ArbBall α = negative, β = positive;

        public ArbBall SecondMoment => ((α * α) + (β * β)) / 2;

        /// <summary>E φφ and E φ′φ′ of a normal pair, from κ₁ and κ₀ as printed, at c and at −c.</summary>
        public (ArbBall Value, ArbBall Derivative) Dual(ArbBall k, ArbBall kx, ArbBall ky)
        {
            var scale = ArbBall.Sqrt(kx * ky);
            var c = k / scale;
            var supplement = ArbBall.Pi - ArbBall.Acos(c);
            var (κ0, κ1) = (supplement / ArbBall.Pi, ((c * supplement) + ArbBall.Sqrt(1 - (c * c))) / ArbBall.Pi);
            return (scale * ((SecondMoment * κ1) - (α * β * (κ1 - c))), (SecondMoment * κ0) + (α * β * (1 - κ0)));
        }
    }
}
