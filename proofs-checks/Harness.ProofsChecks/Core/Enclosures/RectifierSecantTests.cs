using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Proposition 11.3 on balls: the exact slope of any two points of the operands is held, it lies in [0, 1], and certain signs leave nothing open (but for differences that overflow, or are so small that their quotient loses digits).</summary>
public sealed class RectifierSecantTests
{
    [Test]
    public void Slope_HardNumbers_HoldsTheExactOne() => Check.One(PropertyCases.Of(1000), Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (a, ra, b, rb) = (draw.Draw<double>("a", count), draw.DrawRadii<double>("ra", count), draw.Draw<double>("b", count), draw.DrawRadii<double>("rb", count));
        var (pa, pb) = (draw.PointsWithin<double>("pa", a, ra), draw.PointsWithin<double>("pb", b, rb));
        return Enumerable.Range(0, count).All(i =>
        {
            var (x, y) = (new Ball(a[i], ra[i]), new Ball(b[i], rb[i]));
            var slope = RectifierSecant.Slope(x, y);
            var exact = pa[i] == pb[i] ? (pb[i].Sign >= 0 ? 1 : 0) : (BigRational.Max(pa[i], 0) - BigRational.Max(pb[i], 0)) / (pa[i] - pb[i]);
            return slope.IsRigorous && HardNumbers.Holds(slope.Midpoint, slope.Radius, exact)
                && (!RectifierSecant.IsGate(x, y) || (slope.Radius == 0 && pa[i].Sign >= 0 == pb[i].Sign >= 0))
                && (ra[i] > 0 || rb[i] > 0 || slope.Radius <= 4 * Rounding.Unit || !double.IsFinite(a[i] - b[i]) || Math.Abs(a[i] - b[i]) < 1e-270);
        });
    }));

    private static IEnumerable<TestCaseData> Open() =>
    [
        new TestCaseData(new Ball(0.5, 1), Ball.Exactly(-1)).SetArgDisplayNames("an open sign"),
        new TestCaseData(Ball.Unbounded(1), Ball.Exactly(-1)).SetArgDisplayNames("nothing known of one"),
        new TestCaseData(Ball.Exactly(double.MaxValue), Ball.Exactly(-double.MaxValue)).SetArgDisplayNames("a difference that overflows"),
    ];

    [TestCaseSource(nameof(Open))]
    public void Slope_NotKnown_IsTheWholeInterval(Ball a, Ball b)
    {
        Assert.That(RectifierSecant.Slope(a, b), Is.EqualTo(new Ball(0.5, 0.5)));
        Assert.That(RectifierSecant.Slope(b, a), Is.EqualTo(new Ball(0.5, 0.5)));
    }

    /// <summary>Zero counts as active, from a ball's end too.</summary>
    [Test]
    public void Slope_BallsThatEndAtZero_HaveTheirSign()
    {
        Assert.That((RectifierSecant.Slope(new(1, 1), Ball.Exactly(0)), RectifierSecant.IsGate(new(1, 1), Ball.Exactly(0))), Is.EqualTo((Ball.Exactly(1), true)));
        Assert.That((RectifierSecant.Slope(new(-1, 1), Ball.Exactly(-2)), RectifierSecant.IsGate(new(-1, 1), Ball.Exactly(-2))), Is.EqualTo((new Ball(0.5, 0.5), false)));
    }
}
