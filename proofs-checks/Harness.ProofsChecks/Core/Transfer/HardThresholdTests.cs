using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>Risk and cost of the pre-test: against its defining integral, and against values on a grid.</summary>
public sealed class HardThresholdTests
{
    /// <summary>Least costs and where they are, from a search over thresholds and means in another program to four digits.</summary>
    private static readonly (double Κ, double Cost, double Threshold)[] Known = [(1, 1.5427, 1.4648), (10, 3.1127, 2.1240), (1e3, 7.5062, 3.5032)];

    [Test]
    public void Cost_AtTheBestThreshold_IsKnown([Range(0, 2)] int i)
    {
        // The search ends within 5·10⁻³ of a minimum at which cost has a kink, with slopes below 3 there; and the bounds part by 10⁻⁴ of the cost.
        var (κ, cost, threshold) = Known[i];
        var found = HardThreshold.BestThreshold(κ);
        Assert.That(found, Is.EqualTo(threshold).Within(5e-3));
        var ball = HardThreshold.Cost(found, κ, 1e-4);
        Assert.That(ball.Midpoint, Is.EqualTo(cost).Within((3 * 5e-3) + (1e-4 * cost)));
    }

    [Test]
    public void Cost_OfAnyThreshold_IsNotBelowTheRatioAnywhere() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Arb.From(Gen.Choose(5, 60)), Arb.From(Gen.Choose(-2, 6)), Arb.From(Gen.Choose(0, 4000)), (tenths, power, place) =>
        {
            var (c, κ, τ) = (tenths / 10.0, Math.Pow(10, power), place * 0.005);
            var ratio = HardThreshold.Ratio(HardThreshold.Risk(Ball.Exactly(c), Ball.Exactly(τ)), Ball.Exactly(τ), Ball.Exactly(κ));
            var cost = HardThreshold.Cost(c, κ, 0.01);
            return ratio.Lower <= cost.Upper && cost.RelativeRadius <= 0.01;
        }));

    /// <summary>The general form for many sources, reduced to one, is the closed form: what quadrature leaves is far below rounding, and rounding is of the order of the largest term, here below 50, times some hundred nodes.</summary>
    [Test]
    public void ScreeningRisk_OfOneSource_IsTheHardThresholds([Values(0.1, 1, 10, 1000)] double ratio, [Values(0, 0.5, 2, 6)] double bias, [Values(1, 3.5)] double c)
    {
        var τ = bias / Math.Sqrt(1 + (1 / ratio));
        var exact = (1 + (ratio * HardThreshold.Risk(Ball.Exactly(c), Ball.Exactly(τ)).Midpoint)) / (1 + ratio);
        var (unbiased, biased) = bias == 0 ? (1, 0) : (0, 1);
        Assert.That(ScreeningRisk.At(ratio, unbiased, biased, bias, c), Is.EqualTo(exact).Within(50 * 1000 * Math.ScaleB(1, -53)));
    }
}
