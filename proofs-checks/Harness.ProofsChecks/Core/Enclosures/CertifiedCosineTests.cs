using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Cosines and angles between vectors against their definition, at the relative accuracy that near-duplicates and near-antipodes need.</summary>
public sealed class CertifiedCosineTests
{
    private static readonly double[][][] Pairs =
    [
        [[1, 2, 3], [3, -1, 2]], [[1, 0, 0], [0, 1, 0]], [[3, 4, 0], [4, 3, 0]], [[3, 4, 0], [-4, 3, 1e-9]], [[3, 4, 1e-9], [3, 4, -1e-9]], [[3, 4, 1e-9], [-3, -4, 1e-9]], [[0.1, 0.7, 0.2], [-0.2, -0.7, -0.1]],
    ];

    [TestCaseSource(nameof(Pairs))]
    public void Between_TwoVectors_HoldsAllThreeToTheirOwnAccuracy(double[] x, double[] y)
    {
        foreach (var cosine in new[] { CertifiedCosine.Between(x, y), CertifiedCosine.Narrower(x, y, CertifiedCosine.SquaredNorm(x), CertifiedCosine.SquaredNorm(y)) })
        {
            AssertHolds(cosine, x, y);
            Assert.That(cosine.Value.Radius, Is.LessThan(40 * Rounding.Unit));

            // Of the versine and the vercosine the small one, and the small angle. Either norm is known to a few u, so that lengths of 8u or less between the vectors cannot be told from a difference of norms.
            var (near, angle) = cosine.Versine.Midpoint <= 1 ? (cosine.Versine, cosine.Angle()) : (cosine.Vercosine, cosine.Supplement());
            var accuracy = (40 * Rounding.Unit) + (Math.Pow(8 * Rounding.Unit, 2) / (2 * near.Midpoint));
            Assert.That(near.RelativeRadius, Is.LessThan(accuracy));
            Assert.That(angle.RelativeRadius, Is.LessThan(accuracy));
        }
    }

    // Between long and short parallel vectors the norms' difference drowns the angle; their directions have it. Opposite ones likewise.
    [TestCase(1)]
    [TestCase(-1)]
    public void Narrower_LongAndShort_KnowsTheAngleBetter(int sign)
    {
        double[] x = [1, 0.3, 0], y = [sign * 1000.0, sign * 300.0, 1e-3];
        var (squaredX, squaredY) = (CertifiedCosine.SquaredNorm(x), CertifiedCosine.SquaredNorm(y));
        CertifiedCosine narrow = CertifiedCosine.Narrower(x, y, squaredX, squaredY), wide = CertifiedCosine.Between(x, y, squaredX, squaredY);
        AssertHolds(narrow, x, y);
        AssertHolds(wide, x, y);
        var (near, other) = sign > 0 ? (narrow.Versine, wide.Versine) : (narrow.Vercosine, wide.Vercosine);
        Assert.That(near.Radius, Is.LessThan(0.01 * other.Radius).And.LessThan(1e-9 * near.Midpoint));
    }

    /// <summary>π less a small angle comes from the small quantity, not from the one near 2, of which a rounding is worth 10⁻⁸.</summary>
    [TestCase(-40)]
    [TestCase(-80)]
    public void SupplementAndAngle_NextToBothEnds_AreTight(int exponent)
    {
        var small = Ball.Exactly(Math.ScaleB(1, exponent));
        var near = CertifiedCosine.OfVersine(small);
        var opposite = new CertifiedCosine(near.Vercosine, -near.Value, near.Versine);
        foreach (var ball in new[] { near.Supplement(), opposite.Angle() })
        {
            Assert.That(ball.Midpoint, Is.EqualTo(Math.PI - Math.ScaleB(Math.Sqrt(2), exponent / 2)).Within(1e-15));
            Assert.That(ball.Radius, Is.LessThan(1e-15));
        }
    }

    [Test]
    public void Between_AVectorOfNoLength_StatesNothing()
    {
        Assert.That(CertifiedCosine.Between([0, 0], [1, 2]).Value.IsRigorous, Is.False);
        Assert.That(CertifiedCosine.Narrower([1, 2], [0, 0], Ball.Exactly(5), Ball.Exactly(0)).Value.IsRigorous, Is.False);
    }

    [TestCase(1)]
    [TestCase(0.5)]
    [TestCase(0)]
    [TestCase(-0.5)]
    [TestCase(-1)]
    public void Angle_OfAnExactCosine_AndItsSupplementAreTight(double cosine)
    {
        var (of, exact) = (CertifiedCosine.Of(Ball.Exactly(cosine)), FixedPointSeries.Acos(BigRational.Exactly(cosine)));
        AssertHolds(of.Angle(), exact);
        AssertHolds(of.Supplement(), FixedPointSeries.Pi - exact);
        Assert.That(Math.Max(of.Angle().Radius, of.Supplement().Radius), Is.LessThan(1e-15));
        Assert.That((of.Versine, of.Vercosine), Is.EqualTo((Ball.Exactly(1 - cosine), Ball.Exactly(1 + cosine))));
        var again = CertifiedCosine.OfVersine(of.Versine);
        Assert.That((again.Value, again.Vercosine), Is.EqualTo((of.Value, of.Vercosine)));
    }

    // A wide ball of cosines reaches to the angles at its ends, cut off where no cosine is.
    [TestCase(1, 0.9)]
    [TestCase(1, 1.5)]
    [TestCase(0.1, 0.2)]
    [TestCase(0.3, 0.2)]
    [TestCase(-0.1, 0.2)]
    [TestCase(0.9, 0.8)]
    [TestCase(0.5, 1e-3)]
    public void Angle_OfAWideBall_ReachesItsEnds(double versine, double radius)
    {
        var ball = CertifiedCosine.OfVersine(new(versine, radius)).Angle();
        double At(double v) => Math.Acos(1 - Math.Clamp(v, 0, 2));
        Assert.That(ball.Midpoint, Is.EqualTo(At(versine)).Within(1e-14));
        var needed = Math.Max(At(versine + radius) - At(versine), At(versine) - At(versine - radius));
        Assert.That(ball.Radius, Is.GreaterThanOrEqualTo(needed - 1e-14).And.LessThanOrEqualTo(radius < 0.01 ? 1.01 * needed : needed + 1e-14));
    }

    [Test]
    public void Angle_OfNoVersine_StatesNothing() =>
        Assert.That(new[] { new Ball(-0.5, 0.25), new Ball(0.5, double.NaN), Ball.Exactly(double.NaN) }.Select(v => CertifiedCosine.OfVersine(v).Angle().IsRigorous), Is.All.False);

    private static void AssertHolds(CertifiedCosine cosine, double[] x, double[] y)
    {
        BigRational Inner(double[] a, double[] b) => a.Zip(b).Aggregate((BigRational)0, (sum, pair) => sum + (BigRational.Exactly(pair.First) * BigRational.Exactly(pair.Second)));
        var exact = Inner(x, y) / FixedPointSeries.Sqrt(Inner(x, x) * Inner(y, y));
        AssertHolds(cosine.Versine, 1 - exact);
        AssertHolds(cosine.Value, exact);
        AssertHolds(cosine.Vercosine, 1 + exact);
    }

    private static void AssertHolds(Ball ball, BigRational value) =>
        Assert.That(BigRational.Abs(BigRational.Exactly(ball.Midpoint) - value) <= BigRational.Exactly(ball.Radius) + (4 * FixedPointSeries.Error), $"{ball.Midpoint:R} ± {ball.Radius:R}");
}
