using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Ball arithmetic adds no more than it must, and states nothing of what it cannot know. What the balls hold is fuzzed.</summary>
public sealed class BallTests
{
    private static Config Cases => PropertyCases.Of(1000);

    [Test]
    public void RoundedSqrt_HardNumbers_NeighboursAroundTheRoot() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
        draw.Draw<double>("x", draw.Rows * draw.Columns).Select(Math.Abs).All(x =>
        {
            var (down, up, exact) = (BigRational.Exactly(RoundedUp.SqrtDown(x)), BigRational.Exactly(RoundedUp.Sqrt(x)), BigRational.Exactly(x));
            return down * down <= exact && exact <= up * up && (down == up || Math.BitIncrement(down.ToDouble()) == up.ToDouble());
        })));

    [Test]
    public void MinAndMax_HardNumbers_HoldThatOfEveryPoint() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, rx, y, ry) = (draw.Draw<double>("x", count), draw.DrawRadii<double>("rx", count), draw.Draw<double>("y", count), draw.DrawRadii<double>("ry", count));
        var (px, py) = (draw.PointsWithin<double>("px", x, rx), draw.PointsWithin<double>("py", y, ry));
        return Enumerable.Range(0, count).All(i =>
        {
            var (a, b) = (new Ball(x[i], rx[i]), new Ball(y[i], ry[i]));
            var (smaller, larger) = px[i] < py[i] ? (px[i], py[i]) : (py[i], px[i]);
            var (min, max) = (Ball.Min(a, b), Ball.Max(a, b));
            return HardNumbers.Holds(min.Midpoint, min.Radius, smaller) && HardNumbers.Holds(max.Midpoint, max.Radius, larger) && Ball.Min(a, b).Midpoint == Math.Min(x[i], y[i]) && Ball.Max(a, b).Midpoint == Math.Max(x[i], y[i]);
        });
    }));

    [Test]
    public void Min_OneBallCertainlyBelowTheOther_IsThatBall()
    {
        Assert.That(Ball.Min(Ball.Exactly(1), new(3, 0.5)), Is.EqualTo(Ball.Exactly(1)));
        Assert.That(Ball.Max(Ball.Unbounded(1), Ball.Exactly(2)).Radius, Is.NaN, "nothing is known of the maximum with a number that may be anything");
    }

    [Test]
    public void Sqrt_OfAWideBall_HasTheRootOfItsMidpoint() => Assert.That(Ball.Sqrt(new(4, 100)).Midpoint, Is.EqualTo(2));

    [TestCase(2, 0, 0)]
    [TestCase(-2, 1, 0.5)]
    [TestCase(0, 1, double.PositiveInfinity)]
    [TestCase(1, double.NaN, double.NaN)]
    public void RelativeRadius_IsThatOfTheMidpoint(double midpoint, double radius, double expected) => Assert.That(new Ball(midpoint, radius).RelativeRadius, Is.EqualTo(expected));

    [Test]
    public void Sum_OfExactNumbers_RadiusIsTheRoundingErrorItself()
    {
        var sum = Ball.Exactly(1) + Ball.Exactly(1e-20);
        Assert.That(sum, Is.EqualTo(new Ball(1, 1e-20)));
        Assert.That(Ball.Exactly(0.5) + Ball.Exactly(0.25), Is.EqualTo(Ball.Exactly(0.75)));
    }

    [Test]
    public void Arithmetic_UntrackedRadius_StaysUntracked()
    {
        var (x, y) = (Ball.Unbounded(2), Ball.Exactly(3));
        Assert.That(new[] { x + y, x - y, x * y, Ball.Square(x), Ball.Sqrt(x), -x }.Select(ball => ball.Radius), Is.All.NaN);
    }

    [TestCase(double.MaxValue, double.MaxValue)]
    [TestCase(double.MinValue, double.MinValue)]
    [TestCase(double.PositiveInfinity, 1)]
    [TestCase(double.NaN, 1)]
    public void Arithmetic_BeyondTheLargestNumber_StatesNothing(double x, double y) =>
        Assert.That(new[] { Ball.Exactly(x) + Ball.Exactly(y), Ball.Exactly(x) * Ball.Exactly(2 * y), Ball.Square(Ball.Exactly(x)) }.Select(ball => ball.IsRigorous), Is.All.False);
}
