using Harness.Claims;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>A cell is named by its content: by all of it, and by nothing else.</summary>
public sealed class SweepCellTests
{
    private static readonly Claim Claim = SyntheticClaims.AtMostOne("s.claim");

    private static readonly Variables Point = Variables.None.With("n", 2).With("m", 16);

    [Test]
    public void Id_OfEqualContent_IsEqual() => Assert.That(SweepCell.Of(Claim, Point, Profile.Gate, 7, 3).Id, Is.EqualTo(SweepCell.Of(SyntheticClaims.AtMostOne("s.claim"), Variables.None.With("n", 2).With("m", 16), Profile.Gate, 7, 3).Id));

    [Test]
    public void Id_ChangesWithEveryPart()
    {
        SweepCell[] cells =
        [
            SweepCell.Of(Claim, Point, Profile.Gate, 7, 3),
            SweepCell.Of(SyntheticClaims.AtMostOne("s.other"), Point, Profile.Gate, 7, 3),
            SweepCell.Of(Claim, Point.With("m", Math.BitIncrement(16.0)), Profile.Gate, 7, 3),
            SweepCell.Of(Claim, Point.With("δ", 0.1), Profile.Gate, 7, 3),
            SweepCell.Of(Claim, Point, Profile.Standard, 7, 3),
            SweepCell.Of(Claim, Point, Profile.Gate, 8, 3),
            SweepCell.Of(Claim, Point, Profile.Gate, 7, 4),
        ];
        Assert.That(cells.Select(cell => cell.Id), Is.Unique);
    }

    [Test]
    public void Observe_OfOneTrial_HasTheSameBitsAlwaysAndDiffersBetweenCellsAndTrials()
    {
        var cell = SweepCell.Of(Claim, Point, Profile.Gate, 7, 3);
        Assert.That(SweepCell.Of(cell.Claim, cell.Variables, cell.Profile, cell.Seed, cell.Trials).Observe(1).Value, Is.EqualTo(cell.Observe(1).Value));
        Assert.That(new[] { cell.Observe(0), cell.Observe(1), SweepCell.Of(Claim, Point, Profile.Gate, 8, 3).Observe(0), SweepCell.Of(Claim, Point.With("n", 3), Profile.Gate, 7, 3).Observe(0) }.Select(o => o.Value.Midpoint), Is.Unique);
    }

    [Test]
    public void Observe_TrialThatThrows_SaysWhichAndWhat()
    {
        var cell = SweepCell.Of(SyntheticClaims.AtMostOne("s.throws", before: _ => throw new InvalidOperationException("no such matrix")), Point, Profile.Gate, 7, 3);
        Assert.That(() => cell.Observe(2), Throws.InstanceOf<SweepException>().With.Message.Contains($"Trial 2 of cell {cell.Id}").And.Message.Contains("no such matrix"));
    }

    [Test]
    public void Cells_OfPanelsThatShareSome_ComeOnce()
    {
        SweepPanel first = new("first", Claim, 1, [new("m", [16, 32])]), second = new("second", Claim, 1, [new("m", [32, 64])]);
        var spec = new SweepSpec("Shared", Profile.Gate, [1, 2], Budget: null, [first, second]);
        Assert.That(spec.Cells().Select(cell => (cell.Seed, cell.Variables.m)), Is.EqualTo(new[] { (1UL, 16.0), (1UL, 32.0), (2UL, 16.0), (2UL, 32.0), (1UL, 64.0), (2UL, 64.0) }));
    }
}
