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

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(2.2227587494850775E-162)] // 2⁻⁵³⁷, whose square is the smallest number
    [TestCase(double.PositiveInfinity)]
    public void RoundedSqrt_OfASquare_IsItsRoot(double root) => Assert.That((RoundedUp.Sqrt(root * root), RoundedUp.SqrtDown(root * root)), Is.EqualTo((root, root)));

    [Test]
    public void RoundedSqrt_OfNoSquare_IsNone() => Assert.That(new[] { RoundedUp.Sqrt(-1), RoundedUp.SqrtDown(-1), RoundedUp.Sqrt(double.NaN) }, Is.All.NaN);

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

    /// <summary>Radii are the formulas of exact arithmetic, rounded upwards a few times.</summary>
    [Test]
    public void Arithmetic_HardNumbers_RadiusIsWhatIsNeeded() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, rx, y, ry) = (draw.Draw<double>("x", count), draw.DrawRadii<double>("rx", count), draw.Draw<double>("y", count), draw.DrawRadii<double>("ry", count));
        return Enumerable.Range(0, count).All(i =>
        {
            var (a, b) = (new Ball(x[i], rx[i]), new Ball(y[i], ry[i]));
            var (m, r, n, s) = (BigRational.Exactly(x[i]), BigRational.Exactly(rx[i]), BigRational.Exactly(y[i]), BigRational.Exactly(ry[i]));
            var (absolute, other) = (BigRational.Abs(m), BigRational.Abs(n));
            return IsNeeded(a + b, m + n, r + s) && IsNeeded(a - b, m - n, r + s) && IsNeeded(a * b, m * n, (absolute * s) + (r * (other + s))) && IsNeeded(Ball.Square(a), m * m, r * ((2 * absolute) + r))
                && (other <= 2 * s || IsQuotient(a / b, m, r, n, s));
        });

        static bool IsNeeded(Ball ball, BigRational exact, BigRational radius) => !ball.IsRigorous
            || BigRational.Exactly(ball.Radius) <= ((radius + BigRational.Abs(BigRational.Exactly(ball.Midpoint) - exact)) * (1 + BigRational.Exactly(8 * Rounding.Unit))) + BigRational.Exactly(8 * double.Epsilon);

        // |x − qy| ≤ |x̂ − qŷ| + r_x + |q|r_y, over the least |y|.
        static bool IsQuotient(Ball ball, BigRational m, BigRational r, BigRational n, BigRational s)
        {
            if (!ball.IsRigorous)
            {
                return true;
            }

            var quotient = BigRational.Exactly(ball.Midpoint);
            var (deviation, least) = (BigRational.Abs(m - (quotient * n)) + r + (BigRational.Abs(quotient) * s) + BigRational.Exactly(8 * double.Epsilon), BigRational.Abs(n) - s);
            return BigRational.Exactly(ball.Radius) <= (deviation / least * (1 + BigRational.Exactly(16 * Rounding.Unit))) + BigRational.Exactly(8 * double.Epsilon);
        }
    }));

    [TestCase(4, 0, 2, 0)]
    [TestCase(2, 0, 1.4142135623730951, 2.220446049250313e-16)]
    [TestCase(4, 1, 2, 0.2679491924311228)]
    [TestCase(1, 3, 1, 1)]
    [TestCase(-1, 2, 0, 1)]
    public void Sqrt_OfABall_ReachesTheRootsOfItsEnds(double midpoint, double radius, double root, double reach)
    {
        var ball = Ball.Sqrt(new(midpoint, radius));
        Assert.That(ball.Midpoint, Is.EqualTo(root));
        Assert.That(ball.Radius, Is.InRange(reach * (1 - 1e-15), reach * (1 + 1e-14)));
    }

    [Test]
    public void Sqrt_OfWhatIsCertainlyNegative_StatesNothing()
    {
        Assert.That(Ball.Sqrt(new(-2, 1)).Radius, Is.NaN);
        Assert.That(Ball.Sqrt(new(4, double.PositiveInfinity)), Is.EqualTo(new Ball(2, double.NaN)));
    }

    [Test]
    public void MinAndMax_OfOverlappingBalls_AreTheirHull()
    {
        Assert.That(Ball.Min(new(1, 1), new(2, 3)), Is.EqualTo(new Ball(1, 2)).Using<Ball>((a, b) => a.Midpoint == b.Midpoint && a.Radius >= b.Radius && a.Radius <= b.Radius * (1 + 1e-15)));
        Assert.That(Ball.Max(new(1, 4), new(2, 1)).Radius, Is.InRange(3, 3.000000000000002));
        Assert.That(Ball.Min(Ball.Exactly(3), Ball.Exactly(2)), Is.EqualTo(Ball.Exactly(2)));
        Assert.That(Ball.Min(Ball.Exactly(3), Ball.Unbounded(2)).Radius, Is.NaN);
    }

    [Test]
    public void Between_Ends_IsTheSmallestBallButRounding()
    {
        var ball = Ball.Between(1, 4);
        Assert.That(ball.Midpoint, Is.EqualTo(2.5));
        Assert.That(ball.Radius, Is.InRange(1.5, 1.500000000000001));
        Assert.That(Ball.Between(1, Math.BitIncrement(1)).Radius, Is.GreaterThanOrEqualTo(Math.BitIncrement(1) - 1), "neighbours have no number between them");
        Assert.That(Ball.Between(2, 2).Radius, Is.LessThanOrEqualTo(1e-300), "one point");
        Assert.That(Ball.Between(double.MinValue, double.MaxValue).Midpoint, Is.Zero, "halved before it is summed");
        Assert.That(() => Ball.Between(double.NaN, 1), Throws.ArgumentException);
    }

    [Test]
    public void Ends_AreRoundedOutwardsWhereThereIsARadius()
    {
        Ball ball = new(1, 0.5), exact = Ball.Exactly(1), untracked = Ball.Unbounded(1);
        Assert.That((ball.Lower, ball.Upper), Is.EqualTo((Math.BitDecrement(0.5), Math.BitIncrement(1.5))));
        Assert.That((exact.Lower, exact.Upper, untracked.Lower, untracked.Upper), Is.EqualTo((1.0, 1.0, 1.0, 1.0)));
        Assert.That(new[] { 0.4, 0.5, 1, 1.5, 1.6 }.Select(ball.Contains), Is.EqualTo(new[] { false, true, true, true, false }));
        Assert.That((exact.Contains(1), exact.Contains(Math.BitIncrement(1)), exact.Contains(Math.BitDecrement(1))), Is.EqualTo((true, false, false)));
        Assert.That((ball.IsRigorous, untracked.IsRigorous, Ball.Exactly(double.PositiveInfinity).IsRigorous, new Ball(1, double.PositiveInfinity).IsRigorous), Is.EqualTo((true, false, false, false)));
        Assert.That(new[] { ball, exact, untracked }.Select(b => b.ToString()), Is.EqualTo(new[] { "1 ± 0.5", "1", "≈ 1" }));
    }

    [Test]
    public void Min_OneBallCertainlyBelowTheOther_IsThatBall()
    {
        Assert.That(Ball.Min(Ball.Exactly(1), new(3, 0.5)), Is.EqualTo(Ball.Exactly(1)));
        Assert.That(Ball.Max(Ball.Unbounded(1), Ball.Exactly(2)).Radius, Is.NaN, "nothing is known of the maximum with a number that may be anything");
    }

    [Test]
    public void Sqrt_OfAWideBall_HasTheRootOfItsMidpoint() => Assert.That(Ball.Sqrt(new(4, 100)).Midpoint, Is.EqualTo(2));

    [TestCase(2, 0, 0)]
    [TestCase(0, 0, 0)]
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
