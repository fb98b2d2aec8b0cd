using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>How often a moment is decided wrongly, and how often not at all.</summary>
[Category("Simulation")]
public sealed class MomentSimulations
{
    private static readonly Moment WithinTenPercent = Moment.Equals(resolution: 0.1);

    [Test]
    public void Violated_TrueMomentOfSkewedBatches_StaysBelowTheLevel([Values(4, 16)] int trials, [Values(8, 32, 4000)] int batch)
    {
        // A trial is a mean of squared normals, skewness √(8/batch): 1, 0.5 and 0.045. The first is beyond the default guard, so the guard is stated. Level 5 %, exact binomial test at 1e-6.
        var moment = Moment.Equals(resolution: 0.1, skewness: batch == 8 ? 1 : 0.5);
        var rate = Frequency.Of(Verdict.Violated, 1000, run => moment.Decide(ChiSquared(RandomStream.FromSeed(41).Derive(run), 24, trials, batch, deviation: 0), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_TrueMomentAtTheLevelOfARun_NeverHappens([Values(4, 16)] int trials)
    {
        var rate = Frequency.Of(Verdict.Violated, 400, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(42).Derive(run), 24, trials, 32, deviation: 0), 1e-8));
        Assert.That(rate.Count, Is.Zero);
    }

    [TestCase(4, 0.35)]
    [TestCase(16, 0.12)]
    public void Violated_WrongMomentAtTheLevelOfARun_IsAlmostSure(int trials, double deviation)
    {
        // The standard deviation of a trial is √(2/200) = 0.1, so the deviations are 7 and 4.8 standard errors of a cell's mean; 24 cells, level 1e-8.
        var rate = Frequency.Of(Verdict.Violated, 200, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(43).Derive(run), 24, trials, 200, deviation), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test]
    public void Violated_OneCellWrongAmongMany_IsFoundByItself()
    {
        var rate = Frequency.Of(Verdict.Violated, 100, run =>
        {
            var right = ChiSquared(RandomStream.FromSeed(44).Derive(run), 24, 64, 400, deviation: 0);
            return WithinTenPercent.Decide(right with { HeldOut = [.. right.HeldOut.Select(o => o.Cell == 5 ? o with { Value = Ball.Unbounded(1.3 * o.Value.Midpoint) } : o)] }, 1e-8);
        });
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test]
    public void Holds_TrueMomentWithEnoughTrials_IsUsuallyDecidedAndAWrongOneNever()
    {
        // Standard error of a cell 0.07/√24 = 0.0144: the half-width t₂₃(5e-4)·0.0144 = 0.054 leaves 0.046, three standard errors, on either side in each of 6 cells; a deviation of 0.1 holds with probability below 1e-3 a cell.
        var right = Frequency.Of(Verdict.Holds, 200, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(45).Derive(run), 6, 24, 400, deviation: 0), 1e-8));
        var wrong = Frequency.Of(Verdict.Holds, 1000, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(46).Derive(run), 1, 16, 400, deviation: 0.1), 1e-8));
        Assert.That(right.IsConsistentWithAtLeast(0.9), right.ToString());
        Assert.That(wrong.IsConsistentWithAtMost(ErrorBudget.MissedViolation), wrong.ToString());
    }

    [Test]
    public void TrialsNeeded_TooFewTrials_IsEnoughMostOfTheTime()
    {
        var rate = Frequency.Of(Verdict.Undecided, 100, run =>
        {
            var stream = RandomStream.FromSeed(47).Derive(run);
            var first = WithinTenPercent.Decide(ChiSquared(stream, 6, 4, 400, deviation: 0), 1e-8);
            return first.TrialsNeeded is { } more && more < 2000 ? WithinTenPercent.Decide(ChiSquared(stream.Derive("more"), 6, 4 + more, 400, deviation: 0), 1e-8) : first;
        });
        Assert.That(rate.IsConsistentWithAtMost(0.25), rate.ToString());
    }

    /// <summary>Means of squared normals by the Wilson–Hilferty cube, whose first three moments are right to three digits from 8 degrees of freedom on.</summary>
    private static Evidence ChiSquared(RandomStream stream, int cells, int trials, int freedom, double deviation)
    {
        var z = SyntheticEvidence.Normals(stream, cells * trials);
        var spread = Math.Sqrt(2.0 / (9 * freedom));

        // E[(1 − s² + sZ)³] = (1 − s²)³ + 3(1 − s²)s², divided out so that the mean is exactly one.
        var mean = Math.Pow(1 - (spread * spread), 3) + (3 * (1 - (spread * spread)) * spread * spread);
        return SyntheticEvidence.Cells(cells, trials, (cell, trial) =>
        {
            var bound = cell + 1.0;
            return (bound * (1 + deviation) * Math.Pow(1 - (spread * spread) + (spread * z[(cell * trials) + trial]), 3) / mean, bound);
        });
    }
}
