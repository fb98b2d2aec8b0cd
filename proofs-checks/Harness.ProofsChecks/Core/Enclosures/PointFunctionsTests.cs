using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>The functions at a point that the elementary ones are made of, where those do not reach: every piece of their domain, both sides of every seam, and what is outside.</summary>
public sealed class PointFunctionsTests
{
    private static readonly double[] Versines = [0, 1e-300, 1e-16, 0.01, 0.1, 0.125, Math.BitIncrement(0.125), 0.3, 0.5, Math.BitIncrement(0.5), 0.7, 1, 1.3, Math.BitDecrement(1.5), 1.5, 1.7, 1.999, 2 - 1e-15, 2];

    private static IEnumerable<double> UpToOne => Versines.Where(v => v <= 1);

    [Test]
    public void Angle_WholeDomain_HoldsAndIsTight([ValueSource(nameof(Versines))] double v)
    {
        var (ball, exact) = (AnglePoint.Evaluate(v), FixedPointSeries.Acos(1 - BigRational.Exactly(v)));
        AssertHolds(ball, exact);
        Assert.That(ball.Radius, Is.LessThanOrEqualTo(4 * Rounding.Unit * ball.Midpoint));
    }

    // θ − sin θ keeps its relative accuracy up to v = ⅛, where it has a series of its own; beyond, it is a difference of numbers of at most π.
    [Test]
    public void AngleLessSine_UpToARightAngle_HoldsAndIsTight([ValueSource(nameof(UpToOne))] double v)
    {
        var (ball, exact) = (AnglePoint.LessSine(v), FixedPointSeries.Acos(1 - BigRational.Exactly(v)) - Sine(v));
        AssertHolds(ball, exact);
        Assert.That(ball.Radius, Is.LessThanOrEqualTo((v <= 0.125 ? 8 * Rounding.Unit * ball.Midpoint : 8 * Rounding.Unit) + (8 * double.Epsilon)));
    }

    [Test]
    public void Sine_WholeDomain_HoldsAndIsTight([ValueSource(nameof(Versines))] double v)
    {
        var ball = AnglePoint.Sine(v);
        AssertHolds(ball, Sine(v));
        Assert.That(ball.Radius, Is.LessThanOrEqualTo(4 * Rounding.Unit * ball.Midpoint));
    }

    [TestCase(double.Epsilon)]
    [TestCase(1e-310)]
    [TestCase(2.2250738585072009e-308)]
    [TestCase(2.2250738585072014e-308)]
    [TestCase(0.7071067811865475)]
    [TestCase(0.7071067811865476)]
    [TestCase(double.MaxValue)]
    public void Logarithm_EdgesOfTheRange_HoldsAndIsTight(double x)
    {
        var ball = Ball.Log(Ball.Exactly(x));
        AssertHolds(ball, FixedPointSeries.Log(BigRational.Exactly(x)));
        Assert.That(ball.Radius, Is.LessThanOrEqualTo(4 * Rounding.Unit * Math.Abs(ball.Midpoint)));
    }

    [TestCase(-0.001, 0.001)]
    [TestCase(0.001, 0.001)]
    [TestCase(0.0005, 0)]
    public void Exponential_LowPart_CountsWithItsRadius(double low, double radius)
    {
        // e^{x + l} for every l of the ball: both ends, relative to each other by more than the rounding.
        foreach (var x in new[] { -300, -1, 0.3, 700 })
        {
            var ball = ExponentialPoint.Evaluate(x, new(low, radius));
            AssertHolds(ball, Exponential(BigRational.Exactly(x) + BigRational.Exactly(low) - BigRational.Exactly(radius)));
            AssertHolds(ball, Exponential(BigRational.Exactly(x) + BigRational.Exactly(low) + BigRational.Exactly(radius)));
            Assert.That(ball.Radius, Is.LessThanOrEqualTo(((2.2 * radius) + (4 * Rounding.Unit)) * ball.Midpoint));
        }
    }

    [Test]
    public void Exponential_OutsideItsDomain_StatesNothing()
    {
        foreach (var low in new[] { new Ball(0.002, 0), new Ball(-0.002, 0), new Ball(0, 0.002), new Ball(0, double.NaN), new Ball(double.NaN, 0) })
        {
            Assert.That(ExponentialPoint.Evaluate(1, low), Is.EqualTo(Ball.Unbounded(double.NaN)));
        }

        Assert.That(ExponentialPoint.Evaluate(double.NaN, Ball.Exactly(0)), Is.EqualTo(Ball.Unbounded(double.NaN)));
        Assert.That(ExponentialPoint.Evaluate(710, Ball.Exactly(0)), Is.EqualTo(Ball.Unbounded(double.PositiveInfinity)));
        Assert.That(ExponentialPoint.Evaluate(710, new(0.002, 0)), Is.EqualTo(Ball.Unbounded(double.PositiveInfinity)));
        Assert.That(ExponentialPoint.Evaluate(-800, Ball.Exactly(0)), Is.EqualTo(new Ball(0, double.Epsilon)));
    }

    [TestCase(0, 0)]
    [TestCase(1e-300, 1e-300)]
    [TestCase(0.5, 0.75)]
    [TestCase(1, 2)]
    public void Growth_UpToOne_IsTheParabolaAbove(double r, double bound) => Assert.That(ExponentialPoint.GrowthAbove(r), Is.EqualTo(bound).Within(1e-12).Percent.And.GreaterThanOrEqualTo(bound));

    [Test]
    public void Growth_BeyondOne_IsThePowerItself() =>
        Assert.That(ExponentialPoint.GrowthAbove(3), Is.EqualTo(Math.Exp(3)).Within(1e-13).Percent.And.GreaterThan(Math.Exp(3) - 1));

    private static BigRational Sine(double v) => FixedPointSeries.Sqrt(BigRational.Exactly(v) * (2 - BigRational.Exactly(v)));

    private static BigRational Exponential(BigRational x)
    {
        var (significand, k) = FixedPointSeries.Exp(x);
        return significand * (k >= 0 ? new BigRational(BigInteger.One << k, 1) : new BigRational(1, BigInteger.One << -k));
    }

    private static void AssertHolds(Ball ball, BigRational value) => Assert.That(
        BigRational.Abs(BigRational.Exactly(ball.Midpoint) - value) <= BigRational.Exactly(ball.Radius) + FixedPointSeries.Error + (FixedPointSeries.Error * BigRational.Abs(value)), $"{ball.Midpoint:R} ± {ball.Radius:R}");
}
