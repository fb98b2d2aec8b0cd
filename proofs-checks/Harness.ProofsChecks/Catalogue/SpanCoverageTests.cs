using Harness.Claims;
using Harness.Claims.Catalogue.Spans;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Catalogue;

/// <summary>Standard errors of Monte Carlo risks are honest: intervals made of them cover the exact risk as often as they say.</summary>
public sealed class SpanCoverageTests
{
    private const int Seeds = 50, Rounds = 4;
    private const double Confidence = 0.9;

    [Test]
    public void FixedDesignRisk_OverFiftySeeds_IsCoveredAsOftenAsStated()
    {
        var first = Enumerable.Range(0, Rounds).SelectMany(round => ClaimPlan.Items(DesignRisk.Claim, 0, Profile.Gate, null, round)).Where(item => item.Cell.Index == 0).ToArray();
        var covered = Enumerable.Range(1, Seeds).Count(seed =>
        {
            // Every trial has a design, hence a risk, of its own: deviations are relative.
            double[] deviations = [.. first.Select(item => item.Observe((ulong)seed, Profile.Gate)).Select(o => (o.Value.Midpoint / o.Bound.Midpoint) - 1)];
            var standardError = deviations.StandardDeviation() / Math.Sqrt(deviations.Length);
            return Math.Abs(deviations.Mean()) <= standardError * StudentT.InvCDF(0, 1, deviations.Length - 1, 1 - ((1 - Confidence) / 2));
        });

        // Counts outside have a probability of 10⁻⁶ on either side when coverage is exact.
        Assert.That(Binomial.CDF(Confidence, Seeds, covered), Is.GreaterThan(1e-6), $"{covered} of {Seeds}");
        Assert.That(Binomial.CDF(Confidence, Seeds, covered - 1), Is.LessThan(1 - 1e-6), $"{covered} of {Seeds}");
    }
}
