using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Enclosures;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Density and tail of the normal distribution against Arb.</summary>
[RequiredLibrary(ArbNative.Package, ArbNative.Library, "to compare the normal distribution with another library's")]
public sealed class NormalDistributionTests
{
    /// <summary>Points on both sides, of all sizes, at which nothing underflows; the seam of series and continued fraction among them.</summary>
    private static Arbitrary<double> Points { get; } = Arb.From(
        Gen.OneOf(
            Gen.Choose(-37_000_000, 37_000_000).Select(x => x * 1e-6),
            Gen.Choose(-300, 300).Select(x => x * 1e-2),
            Gen.Choose(-40, 0).SelectMany(k => Gen.Choose(-1000, 1000).Select(x => Math.ScaleB(x, k))).Where(x => Math.Abs(x) < 37),
            Gen.Elements(2, Math.BitDecrement(2), -2, 0, 36.9)),
        x => new[] { Math.Round(x), Math.Round(x, 2), x / 2 }.Where(y => Math.Abs(y) < Math.Abs(x)));

    [Test]
    public void UpperTail_AtAnyPoint_HoldsArbsAndIsTight() => Check.One(PropertyCases.Of(3000), Prop.ForAll(Points, x =>
    {
        var ball = NormalDistribution.UpperTail(Ball.Exactly(x));
        return Tail(x).IsHeldBy(ball) && ball.RelativeRadius <= (400 + (x * x / 2)) * Math.ScaleB(1, -53);
    }));

    [Test]
    public void Density_AtAnyPoint_HoldsArbsAndIsTight() => Check.One(PropertyCases.Of(1000), Prop.ForAll(Points, x =>
    {
        // x²/2 is rounded once, and what that is off by, up to 37²u/2, is the relative error of the exponential; the rest is a few u.
        var ball = NormalDistribution.Density(Ball.Exactly(x));
        var exact = ArbBall.Exp((ArbBall)x * x * -0.5) / ArbBall.Sqrt(2 * ArbBall.Pi);
        return exact.IsHeldBy(ball) && ball.RelativeRadius <= ((x * x / 2) + 8) * Math.ScaleB(1, -53);
    }));

    [Test]
    public void UpperTail_OfABall_HoldsTheTailsOfItsPoints() => Check.One(
        PropertyCases.Of(1000), Prop.ForAll(Points, Arb.From(Gen.Choose(0, 100).Select(k => k * 0.02)), Arb.From(Gen.Choose(-100, 100).Select(k => k * 0.01)), (x, radius, share) =>
        {
            var point = Math.Clamp(x + (share * radius), x - radius, x + radius);
            return Tail(point).IsHeldBy(NormalDistribution.UpperTail(Ball.Between(x - radius, x + radius)));
        }));

    /// <summary>Where φ underflows, and its exponent overflows.</summary>
    [TestCase(38.5)]
    [TestCase(40)]
    [TestCase(1e3)]
    [TestCase(1e300)]
    public void UpperTail_FarOut_IsNextToZeroOrOne(double x)
    {
        Assert.That(NormalDistribution.UpperTail(Ball.Exactly(x)).Lower, Is.LessThanOrEqualTo(0));
        Assert.That(NormalDistribution.UpperTail(Ball.Exactly(x)).Upper, Is.InRange(double.Epsilon, 1e-320));
        Assert.That(NormalDistribution.LowerTail(Ball.Exactly(x)).Upper, Is.InRange(1, 1 + 1e-15));
        Assert.That(NormalDistribution.LowerTail(Ball.Exactly(x)).Lower, Is.InRange(1 - 1e-15, 1));
        Assert.That(NormalDistribution.UpperTail(new(x, 2)).Upper, Is.InRange(double.Epsilon, 1e-280));
    }

    [Test]
    public void UpperTail_NothingKnown_StatesNothing() =>
        Assert.That(new[] { Ball.Unbounded(1), Ball.Unbounded(double.NaN), new(double.PositiveInfinity, 0), new(double.NegativeInfinity, 0), new(double.NaN, 0) }.Select(b => NormalDistribution.UpperTail(b).IsRigorous), Is.All.False);

    private static ArbBall Tail(double x) => ArbBall.Erfc(x / ArbBall.Sqrt(2)) / 2;
}
