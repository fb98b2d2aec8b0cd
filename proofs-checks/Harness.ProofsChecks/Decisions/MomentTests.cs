using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class MomentTests
{
    private static readonly Moment WithinTenPercent = Moment.Equals(resolution: 0.1);

    [Test]
    public void Decide_NoObservations_IsUndecided() => Assert.That(WithinTenPercent.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_OneTrial_IsUndecidedAndAsksForAnother()
    {
        var decision = WithinTenPercent.Decide(SyntheticEvidence.Cells(1, 1, (_, _) => (3, 3)), 1e-8);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)1)));
    }

    [TestCase(double.NaN, 1)]
    [TestCase(1, double.NaN)]
    [TestCase(double.PositiveInfinity, 1)]
    public void Decide_NotANumber_IsUndecided(double value, double bound) =>
        Assert.That(WithinTenPercent.Decide(SyntheticEvidence.Cells(2, 4, (_, trial) => trial == 0 ? (value, bound) : (1, 1)), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    // Values without scatter: compared directly with the resolution, relative to the bound, absolute where it is zero.
    [TestCase(3.0, 3.0, Verdict.Holds)]
    [TestCase(-3.25, -3.0, Verdict.Holds)]
    [TestCase(3.5, 3.0, Verdict.Violated)]
    [TestCase(0.05, 0.0, Verdict.Holds)]
    [TestCase(0.2, 0.0, Verdict.Violated)]
    public void Decide_ConstantValues_AreComparedDirectly(double value, double bound, Verdict expected) =>
        Assert.That(WithinTenPercent.Decide(SyntheticEvidence.Cells(3, 4, (_, _) => (value, bound)), 1e-8).Verdict, Is.EqualTo(expected));

    [Test]
    public void Decide_ValuesFarOffWithTinyScatter_AreViolatedHoweverFar([Values(1.2, 5, 1000)] double value, [Values(1, 4)] int cells)
    {
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(40), 24 * cells);
        Assert.That(WithinTenPercent.Decide(SyntheticEvidence.Cells(cells, 24, (cell, trial) => (value + (1e-6 * z[(24 * cell) + trial]), 1)), 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
    }

    // A bound: only its forbidden side counts.
    [TestCase(3.5, Verdict.Holds, Verdict.Violated)]
    [TestCase(2.5, Verdict.Violated, Verdict.Holds)]
    [TestCase(3.0, Verdict.Holds, Verdict.Holds)]
    public void Decide_MeanAgainstABound_LooksAtItsSide(double mean, Verdict fromBelow, Verdict fromAbove)
    {
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(43), 24 * 3);
        var evidence = SyntheticEvidence.Cells(3, 24, (cell, trial) => (mean + (0.01 * z[(24 * cell) + trial]), 3));
        Assert.That(Moment.AtLeast(resolution: 0.1).Decide(evidence, 1e-8).Verdict, Is.EqualTo(fromBelow));
        Assert.That(Moment.AtMost(resolution: 0.1).Decide(evidence, 1e-8).Verdict, Is.EqualTo(fromAbove));
    }

    [Test]
    public void Equals_NoResolution_Throws() => Assert.That(() => Moment.Equals(resolution: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test, Category("Simulation")]
    public void Violated_TrueMomentOfSkewedBatches_StaysBelowTheLevel([Values(4, 16)] int trials, [Values(8, 32, 4000)] int batch)
    {
        // A trial is a mean of squared normals, skewness √(8/batch): 1, 0.5 and 0.045. The first is beyond the default guard, so the guard is stated. Level 5 %, exact binomial test at 1e-6.
        var moment = Moment.Equals(resolution: 0.1, skewness: batch == 8 ? 1 : 0.5);
        var rate = Frequency.Of(Verdict.Violated, 1000, run => moment.Decide(ChiSquared(RandomStream.FromSeed(41).Derive(run), 24, trials, batch, deviation: 0), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test, Category("Simulation")]
    public void Violated_TrueMomentAtTheLevelOfARun_NeverHappens([Values(4, 16)] int trials)
    {
        var rate = Frequency.Of(Verdict.Violated, 400, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(42).Derive(run), 24, trials, 32, deviation: 0), 1e-8));
        Assert.That(rate.Count, Is.Zero);
    }

    [Category("Simulation")]
    [TestCase(4, 0.35)]
    [TestCase(16, 0.12)]
    public void Violated_WrongMomentAtTheLevelOfARun_IsAlmostSure(int trials, double deviation)
    {
        // The standard deviation of a trial is √(2/200) = 0.1, so the deviations are 7 and 4.8 standard errors of a cell's mean; 24 cells, level 1e-8.
        var rate = Frequency.Of(Verdict.Violated, 200, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(43).Derive(run), 24, trials, 200, deviation), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test, Category("Simulation")]
    public void Violated_OneCellWrongAmongMany_IsFoundByItself()
    {
        var rate = Frequency.Of(Verdict.Violated, 100, run =>
        {
            var right = ChiSquared(RandomStream.FromSeed(44).Derive(run), 24, 64, 400, deviation: 0);
            return WithinTenPercent.Decide(right with { HeldOut = [.. right.HeldOut.Select(o => o.Cell == 5 ? o with { Value = Ball.Unbounded(1.3 * o.Value.Midpoint) } : o)] }, 1e-8);
        });
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test, Category("Simulation")]
    public void Holds_TrueMomentWithEnoughTrials_IsUsuallyDecidedAndAWrongOneNever()
    {
        // Standard error of a cell 0.07/√24 = 0.0144: the half-width t₂₃(5e-4)·0.0144 = 0.054 leaves 0.046, three standard errors, on either side in each of 6 cells; a deviation of 0.1 holds with probability below 1e-3 a cell.
        var right = Frequency.Of(Verdict.Holds, 200, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(45).Derive(run), 6, 24, 400, deviation: 0), 1e-8));
        var wrong = Frequency.Of(Verdict.Holds, 1000, run => WithinTenPercent.Decide(ChiSquared(RandomStream.FromSeed(46).Derive(run), 1, 16, 400, deviation: 0.1), 1e-8));
        Assert.That(right.IsConsistentWithAtLeast(0.9), right.ToString());
        Assert.That(wrong.IsConsistentWithAtMost(ErrorBudget.MissedViolation), wrong.ToString());
    }

    [Test, Category("Simulation")]
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
