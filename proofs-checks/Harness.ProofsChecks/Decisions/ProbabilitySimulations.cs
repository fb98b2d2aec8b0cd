using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>How often a probability is decided wrongly, and how often not at all.</summary>
[Category("Simulation")]
public sealed class ProbabilitySimulations
{
    [Test]
    public void Limits_StoppedAtTheWorstMoment_MissTheMeanAtMostAtTheLevel([Values("equal", "growing", "alternating")] string kind)
    {
        // Optional stopping: each run looks after every one of 400 trials and counts as a miss if the running mean was ever outside a limit of level 5 %. Exact binomial test at 1e-6.
        const int Runs = 1000;
        var (above, below) = (0, 0);
        for (ulong run = 0; run < Runs; run++)
        {
            var stream = RandomStream.FromSeed(31).Derive(kind).Derive(run);
            var (failures, sum, missedAbove, missedBelow) = (0, 0.0, false, false);
            for (var t = 1; t <= 400; t++)
            {
                var q = kind switch { "growing" => 0.05 + (0.3 * t / 400), "alternating" => t % 2 == 0 ? 0.02 : 0.3, _ => 0.1 };
                sum += q;
                failures += stream.Uniform((ulong)t) < q ? 1 : 0;
                var sequence = new BernoulliConfidenceSequence(failures, t);
                missedAbove |= sequence.EvidenceAbove(sum / t) >= Math.Log(20);
                missedBelow |= sequence.EvidenceBelow(sum / t) >= Math.Log(20);
            }

            (above, below) = (above + (missedAbove ? 1 : 0), below + (missedBelow ? 1 : 0));
        }

        Assert.That(new Frequency(above, Runs).IsConsistentWithAtMost(0.05), $"{above} of {Runs}");
        Assert.That(new Frequency(below, Runs).IsConsistentWithAtMost(0.05), $"{below} of {Runs}");
    }

    [Test]
    public void Decide_FailuresAsOftenAsPermitted_ViolatesAtMostAtTheLevel()
    {
        var rate = Frequency.Of(Verdict.Violated, 1000, run => Decide(run, 24, 16, truth: 0.1, permitted: 0.1, level: 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
        Assert.That(Frequency.Of(Verdict.Violated, 400, run => Decide(run, 24, 16, truth: 0.1, permitted: 0.1, level: 1e-8)).Count, Is.Zero);
    }

    [Test]
    public void Decide_FailuresThreeTimesTooOften_IsViolatedAlmostSurely()
    {
        // 384 trials at 0.3 where 0.1 is permitted, level 1e-8.
        var rate = Frequency.Of(Verdict.Violated, 200, run => Decide(run, 24, 16, truth: 0.3, permitted: 0.1, level: 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test]
    public void Decide_FailuresFourTimesTooSeldom_HoldsAndIsSeldomUndecided()
    {
        var rate = Frequency.Of(Verdict.Holds, 200, run => Decide(run, 24, 16, truth: 0.025, permitted: 0.1, level: 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.95), rate.ToString());
    }

    private static Decision Decide(ulong run, int cells, int trials, double truth, double permitted, double level)
    {
        var stream = RandomStream.FromSeed(32).Derive(run);
        return Probability.AtMost.Decide(SyntheticEvidence.Cells(cells, trials, (cell, trial) => (stream.Uniform((ulong)((cell * trials) + trial)) < truth ? 1 : 0, permitted)), level);
    }
}
