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
    public void Add_HardNumbers_Holds() => AssertHolds(BallVector.Add, (x, y) => x + y, (x, y) => x + y);

    [Test]
    public void Scale_HardNumbers_HoldsWhatTheProductHolds() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, r, factor) = (draw.Draw<T>("x", count), draw.DrawRadii<T>("rx", count), draw.Draw<T>("factor", 1)[0]);
        T[] m = new T[count], s = new T[count], product = new T[count], radii = new T[count], factors = new T[count];
        Array.Fill(factors, factor);
        BallVector.Scale(factor, new BallSpan<T>(x, r), new BallSpan<T>(m, s));
        BallVector.Multiply(new BallSpan<T>(x, r), new BallSpan<T>(factors, new T[count]), new BallSpan<T>(product, radii));
        return m.AsSpan().SequenceEqual(product) && s.AsSpan().SequenceEqual(radii);
    }));

    /// <summary>In double the radii are those of single balls, to the bit; in float they are held by their formulas with a rounding or two.</summary>
    [Test]
    public void Arithmetic_HardNumbers_RadiusIsWhatIsNeeded() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var count = draw.Rows * draw.Columns;
        var (x, rx, y, ry) = (draw.Draw<T>("x", count), draw.DrawRadii<T>("rx", count), draw.Draw<T>("y", count), draw.DrawRadii<T>("ry", count));
        var room = new BigRational(1, BigInteger.One << (typeof(T) == typeof(double) ? 49 : 20));
        return IsNeeded(BallVector.Subtract, (m, n) => m - n, (_, r, _, s) => r + s) && IsNeeded(BallVector.Multiply, (m, n) => m * n, (m, r, n, s) => (BigRational.Abs(m) * s) + (r * (BigRational.Abs(n) + s)));

        bool IsNeeded(Operation operation, Func<BigRational, BigRational, BigRational> exact, Func<BigRational, BigRational, BigRational, BigRational, BigRational> radius)
        {
            var (z, rz) = (new T[count], new T[count]);
            operation(new BallSpan<T>(x, rx), new BallSpan<T>(y, ry), new BallSpan<T>(z, rz));
            return Enumerable.Range(0, count).All(i =>
            {
                if (!T.IsFinite(z[i]) || !T.IsFinite(rz[i]))
                {
                    return true;
                }

                var (m, n) = (HardNumbers.Exactly(x[i]), HardNumbers.Exactly(y[i]));
                var needed = radius(m, HardNumbers.Exactly(rx[i]), n, HardNumbers.Exactly(ry[i])) + BigRational.Abs(HardNumbers.Exactly(z[i]) - exact(m, n));
                return HardNumbers.Exactly(rz[i]) <= (needed * (1 + room)) + (needed == 0 && (m == 0 || n == 0) ? 0 : 8 * HardNumbers.Exactly(T.Epsilon));
            });
        }
    }));

    /// <summary>Ends of a batch go through padded copies: whatever lies behind it is left alone, and every length has the same numbers.</summary>
    [Test]
    public void Sweep_AnyLength_WritesItsOwnElementsOnly([Range(0, 19)] int length)
    {
        T[] x = [.. Enumerable.Range(1, 20).Select(i => T.CreateChecked(i))], r = [.. x.Select(v => v / T.CreateChecked(64))], m = [.. x.Select(_ => -T.One)], s = [.. m];
        BallVector.Multiply(new BallSpan<T>(x[..length], r[..length]), new BallSpan<T>(x[..length], r[..length]), new BallSpan<T>(m, s).Slice(0, length));
        Assert.That(m.Take(length), Is.EqualTo(x.Take(length).Select(v => v * v)));
        Assert.That(m.Skip(length).Concat(s.Skip(length)), Is.All.EqualTo(-T.One));
        var copy = new T[40];
        new BallSpan<T>(x, r).Slice(3, length / 2).CopyTo(new BallSpan<T>(copy.AsSpan(0, 20), copy.AsSpan(20)));
        Assert.That(copy, Is.EqualTo(x.Skip(3).Take(length / 2).Concat(new T[20 - (length / 2)]).Concat(r.Skip(3).Take(length / 2)).Concat(new T[20 - (length / 2)])));
    }

    [Test]
    public void CountOpenSigns_CertainOnes_AreNotCounted()
    {
        T two = T.One + T.One;
        Assert.That(BallVector.CountOpenSigns(new BallSpan<T>([T.One, -T.One, -two, two, T.Zero, T.Zero], [T.One, T.One, T.One, two + T.One, T.Zero, T.One])), Is.EqualTo(3),
            "−1 ± 1 may be zero, 2 ± 3 and 0 ± 1 may be anything; 1 ± 1 and 0 are not negative");
    }

    [Test]
    public void Elementary_ExactResults_HaveNoRadiusButTheirRounding()
    {
        T[] x = [T.Zero, T.One, T.CreateChecked(4), T.CreateChecked(2)], m = new T[4], r = new T[4];
        BallVector.Sqrt(new BallSpan<T>(x, new T[4]), new BallSpan<T>(m, r));
        Assert.That(m.Take(3), Is.EqualTo(new[] { T.Zero, T.One, T.One + T.One }));
        Assert.That(r.Take(3), Is.All.EqualTo(T.Zero));
        Assert.That(r[3], Is.GreaterThan(T.Zero).And.LessThanOrEqualTo(T.BitIncrement(m[3]) - m[3]), "√2 is known to half a unit in the last place and what rounding it to T moves it");
    }

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
