using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>Piecewise affine activations against their definition in exact arithmetic.</summary>
public sealed class PiecewiseAffineTests
{
    private static IEnumerable<TestCaseData> Activations()
    {
        yield return new TestCaseData(PiecewiseAffine.Rectifier).SetArgDisplayNames("rectifier");
        yield return new TestCaseData(PiecewiseAffine.AbsoluteValue).SetArgDisplayNames("absolute value");
        yield return new TestCaseData(PiecewiseAffine.WithSlopes(0.1, 1)).SetArgDisplayNames("leaky");
        yield return new TestCaseData(new PiecewiseAffine([-1, 1], [0, 1, 0], intercept: -1)).SetArgDisplayNames("hard tangent");
        yield return new TestCaseData(new PiecewiseAffine([-0.7, 0.3, 1.1], [0.2, -1.3, 0.9, 0.1])).SetArgDisplayNames("three breakpoints");
        yield return new TestCaseData(new PiecewiseAffine([], [0.3])).SetArgDisplayNames("affine");
    }

    /// <summary>One rounding of s z + b, and three of b, of magnitude at most 4 here: |error| ≤ u|σ| + 16u, and none of the latter with one breakpoint at zero. Every length from 0 to 20 has its own padded end.</summary>
    [TestCaseSource(nameof(Activations))]
    public void Activate_OfAnyLength_IsTheDefinitionRounded(PiecewiseAffine activation)
    {
        for (var length = 0; length <= 20; length++)
        {
            var (g, h, slopes, passed) = (Around(activation, length), new double[length], new double[length], new double[length]);
            activation.Activate<double>(g, h);
            activation.Differentiate<double>(g, slopes);
            activation.Gate<double>(g, g, passed);
            for (var i = 0; i < length; i++)
            {
                var exact = ExactActivation.Value(activation, BigRational.Exactly(g[i]));
                var permitted = Rounding.Unit * (Math.Abs(h[i]) + (activation.Breakpoints is [0] or [] ? 0 : 16));
                Assert.That(BigRational.Abs(exact - BigRational.Exactly(h[i])).ToDouble(), Is.LessThanOrEqualTo(permitted), $"{g[i]}");
                Assert.That(slopes[i], Is.EqualTo(ExactActivation.Slope(activation, BigRational.Exactly(g[i]))));
                Assert.That(passed[i], Is.EqualTo(slopes[i] * g[i]));
                Assert.That(activation.Piece(g[i]), Is.EqualTo(ExactActivation.Piece(activation, BigRational.Exactly(g[i]))));
            }
        }
    }

    [Test]
    public void Construction_OfPiecesThatDoNotFit_SaysWhy()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new PiecewiseAffine([0], [1]), Throws.ArgumentException.With.Message.Contains("separate 2 pieces"));
            Assert.That(() => new PiecewiseAffine([1, 0], [0, 1, 2]), Throws.ArgumentException.With.Message.Contains("ascend"));
            Assert.That(() => new PiecewiseAffine([0], [0, 1], double.NaN), Throws.ArgumentException.With.Message.Contains("finite"));
            Assert.That(() => new PiecewiseAffine([0], [0, double.NaN]), Throws.ArgumentException.With.Message.Contains("finite"));
        }
    }

    [Test]
    public void Constants_OfThreeBreakpoints_AreLargestSlopeAndRange()
    {
        var activation = new PiecewiseAffine([-0.7, 0.3, 1.1], [0.2, -1.3, 0.9, 0.1]);
        Assert.That((activation.LargestSlope, activation.SlopeRange), Is.EqualTo((1.3, 2.2)));
    }

    /// <summary>Normal draws, and every breakpoint itself with its two neighbours.</summary>
    private static double[] Around(PiecewiseAffine activation, int length)
    {
        var g = new double[length];
        RandomStream.FromSeed((ulong)length).FillGaussian<double>(g, 1);
        for (var j = 0; (3 * j) + 2 < length && j < activation.Breakpoints.Length; j++)
        {
            var t = activation.Breakpoints[j];
            (g[3 * j], g[(3 * j) + 1], g[(3 * j) + 2]) = (t, double.BitDecrement(t), double.BitIncrement(t));
        }

        return g;
    }
}
