using Harness.Claims;
using Harness.Claims.Decisions;
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
}
