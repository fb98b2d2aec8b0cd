using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>The intervals of a map cover as often as they say.</summary>
public sealed class PointStatisticTests
{
    [Test]
    public void Rate_AtEveryRate_CoversWithAtLeastItsConfidence()
    {
        foreach (var trials in new[] { 1, 2, 5, 20, 50 })
        {
            PointStatistic[] intervals = [.. Enumerable.Range(0, trials + 1).Select(successes => PointStatistic.Rate(successes, trials))];
            for (var p = 0.0; p <= 1; p += 1 / 512.0)
            {
                // Exact: the chance of all numbers of successes whose interval has p.
                var covered = intervals.Select((interval, k) => interval.Lower <= p && p <= interval.Upper ? Binomial.PMF(p, trials, k) : 0).Sum();
                Assert.That(covered, Is.GreaterThanOrEqualTo(PointStatistic.Confidence - 1e-9), $"{trials} trials, rate {p}");
            }
        }
    }

    [Test]
    public void Of_Trials_IsMeanAndMedianWithTheirIntervals()
    {
        double[] trials = [1, 2, 6, 3];
        var (mean, median, one) = (PointStatistic.Of(PanelQuantity.Value, trials), PointStatistic.Of(PanelQuantity.Ratio, trials), PointStatistic.Of(PanelQuantity.Value, [7]));
        Assert.Multiple(() =>
        {
            Assert.That(mean.Middle, Is.EqualTo(3));

            // s = √(14/3), t_{3; 0.975} = 3.182446.
            Assert.That(mean.Upper - mean.Middle, Is.EqualTo(3.182446 * Math.Sqrt(14.0 / 3 / 4)).Within(1e-6));
            Assert.That(mean.Middle - mean.Lower, Is.EqualTo(mean.Upper - mean.Middle).Within(1e-12));
            Assert.That((median.Middle, median.Lower, median.Upper), Is.EqualTo((2.5, 1.0, 6.0)));
            Assert.That((one.Middle, one.HasInterval), Is.EqualTo((7.0, false)));
        });
    }
}
