using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Elementwise operations on batches: containment of exact results for exact points, midpoints of the plain operation.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class BallVectorTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private delegate void Operation(BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination);

    private static Config Cases => PropertyCases.Of(1000);

    [Test]
    public void Rectify_HardNumbers_HoldsAndStartsFromThePlainRectifier() =>
        AssertHolds((x, _, z) => BallVector.Rectify(x, z), (x, _) => BigRational.Max(x, 0), (x, _) => T.Max(x, T.Zero));

    [Test]
    public void Gate_HardNumbers_HoldsAndStartsFromThePlainGate() =>
        AssertHolds(BallVector.Gate, (g, s) => g.Sign >= 0 ? s : 0, (g, s) => g >= T.Zero ? s : T.Zero);

    [Test]
    public void Subtract_HardNumbers_Holds() => AssertHolds(BallVector.Subtract, (x, y) => x - y, (x, y) => x - y);

    [Test]
    public void Multiply_HardNumbers_Holds() => AssertHolds(BallVector.Multiply, (x, y) => x * y, (x, y) => x * y);

    [Test]
    public void SumOfSquares_HardNumbers_Holds() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, r) = (draw.Draw<T>("x", count), draw.DrawRadii<T>("rx", count));
        var exact = draw.PointsWithin<T>("px", x, r).Aggregate((BigRational)0, (sum, p) => sum + (p * p));
        var ball = BallVector.SumOfSquares(new BallSpan<T>(x, r));
        return HardNumbers.Holds(ball.Midpoint, ball.Radius, exact);
    }));

    [Test]
    public void RectifyAndGate_CertainSigns_AddNothing()
    {
        T[] g = [T.One, -T.One, T.One, T.Zero], r = [T.One, T.One, T.Zero, T.Zero], s = [T.One, T.One, T.One, T.One], rs = [T.Zero, T.Zero, T.Zero, T.Zero];
        T[] m = new T[4], radii = new T[4];
        BallVector.Rectify(new BallSpan<T>(g, r), new BallSpan<T>(m, radii));
        Assert.That(radii, Is.EqualTo(new[] { T.One, T.Zero, T.Zero, T.Zero }), "a ball that ends at zero rectifies to zero exactly");
        BallVector.Gate(new BallSpan<T>(g, r), new BallSpan<T>(s, rs), new BallSpan<T>(m, radii));
        Assert.That(radii, Is.EqualTo(new[] { T.Zero, T.One, T.Zero, T.Zero }), "a tie is open: [0, 2] passes, [−2, 0] may be zero");
        Assert.That(BallVector.CountOpenSigns(new BallSpan<T>(g, r)), Is.EqualTo(1));
    }

    [Test]
    public void RectifyAndGate_UnknownPreActivation_StateNothingAboutFeatures()
    {
        T[] g = [-T.One, T.NegativeInfinity], r = [T.NaN, T.NaN], m = new T[2], radii = new T[2];
        BallVector.Rectify(new BallSpan<T>(g, r), new BallSpan<T>(m, radii));
        Assert.That(radii, Is.All.NaN);
        Assert.That(BallVector.CountOpenSigns(new BallSpan<T>(g, r)), Is.EqualTo(2));
    }

    private static void AssertHolds(Operation operation, Func<BigRational, BigRational, BigRational> exact, Func<T, T, T> plain) =>
        Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
        {
            var count = draw.Rows * draw.Columns;
            var (x, rx, y, ry) = (draw.Draw<T>("x", count), draw.DrawRadii<T>("rx", count), draw.Draw<T>("y", count), draw.DrawRadii<T>("ry", count));
            var (px, py) = (draw.PointsWithin<T>("px", x, rx), draw.PointsWithin<T>("py", y, ry));
            var (m, r) = (new T[count], new T[count]);
            operation(new BallSpan<T>(x, rx), new BallSpan<T>(y, ry), new BallSpan<T>(m, r));
            return Enumerable.Range(0, count).All(i => m[i].Equals(plain(x[i], y[i])) && HardNumbers.Holds(m[i], r[i], exact(px[i], py[i])));
        }));
}
