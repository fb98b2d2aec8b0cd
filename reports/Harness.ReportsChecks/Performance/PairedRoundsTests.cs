using Harness.Reports.Performance;
using NUnit.Framework;

namespace Harness.ReportsChecks.Performance;

/// <summary>How often two revisions are told apart that are equal, and that are not, over simulated rounds of a fixed seed.</summary>
public sealed class PairedRoundsTests
{
    private const int Comparisons = 2000, Rounds = 12;

    /// <summary>One benchmark's share of a level of 0.01 over fifteen.</summary>
    private const double Level = 0.01 / 15, Threshold = 1.05;

    // The nominal level allows 1.3 of 2000; four standard errors above it are 6.
    [Test]
    public void Decide_EqualRevisions_HardlyEverDiffer() => Assert.That(Count(1.0, TimeChange.Slower) + Count(1.0, TimeChange.Faster), Is.LessThanOrEqualTo(6));

    // Without the threshold, so that the test alone is tried: 5 % and four standard errors.
    [Test]
    public void Decide_EqualRevisionsAtFivePerCent_TheTestKeepsItsLevel() =>
        Assert.That(Enumerable.Range(0, Comparisons).Count(seed => Paired(seed, 1.0).LeastPValue <= 0.025), Is.LessThanOrEqualTo(Comparisons * 0.05 + 4 * Math.Sqrt(Comparisons * 0.05 * 0.95)));

    // Simulated: 91 % at 15 %, more than 99 % at 30 %; the bounds are four standard errors lower.
    [TestCase(1.15, 0.885)]
    [TestCase(1.30, 0.98)]
    public void Decide_Slowdown_IsFound(double factor, double least) => Assert.That(Count(factor, TimeChange.Slower) / (double)Comparisons, Is.GreaterThanOrEqualTo(least));

    [Test]
    public void Decide_Speedup_IsFound() => Assert.That(Count(1 / 1.15, TimeChange.Faster) / (double)Comparisons, Is.GreaterThanOrEqualTo(0.885));

    [Test]
    public void Decide_CertainSlowdownBelowTheThreshold_IsNotTold()
    {
        var paired = new PairedRounds();
        for (var round = 0; round < 20; round++)
        {
            paired.Add(100 + (1e-3 * round), 103 + (1e-3 * round), 103);
        }

        Assert.Multiple(() =>
        {
            Assert.That(paired.LeastPValue, Is.LessThan(1e-6));
            Assert.That(paired.Ratio, Is.EqualTo(1.03).Within(1e-3));
            Assert.That(paired.Decide(Threshold, Level), Is.EqualTo(TimeChange.NotFound));
            Assert.That(paired.Decide(1.02, Level), Is.EqualTo(TimeChange.Slower));
        });
    }

    private static int Count(double factor, TimeChange change) => Enumerable.Range(0, Comparisons).Count(seed => Paired(seed, factor).Decide(Threshold, Level) == change);

    /// <summary>Rounds on a machine that is half again as slow in every third round, for base and head alike.</summary>
    private static PairedRounds Paired(int seed, double factor)
    {
        var (times, paired) = (new SimulatedSeries((ulong)seed, 3 * Rounds), new PairedRounds());
        for (var round = 0; round < Rounds; round++)
        {
            var level = round % 3 == 0 ? 150 : 100;
            paired.Add(times.Time(3 * round, level), times.Time((3 * round) + 1, level * factor), times.Time((3 * round) + 2, level * factor));
        }

        return paired;
    }
}
