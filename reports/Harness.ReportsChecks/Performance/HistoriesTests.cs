using Harness.Claims;
using Harness.Reports.Ledger;
using Harness.Reports.Performance;
using Harness.ReportsChecks.Ledger;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Performance;

/// <summary>The series of claims, out of real folders of runs.</summary>
public sealed class HistoriesTests : LedgerFixture
{
    private readonly List<string> leftOut = [];

    private string Parent => Path.GetDirectoryName(Folder)!;

    [SetUp]
    public void Forget() => leftOut.Clear();

    [Test]
    public void OfVerdicts_OneSeed_ShrinkingRoomIsToldAtOnce()
    {
        foreach (var (run, looseness) in new[] { 3.0, 3.0, 2.0 }.Index())
        {
            Conclude(run, seed: 7, looseness, measured: 0.5);
        }

        var series = Series("looseness");
        Assert.Multiple(() =>
        {
            Assert.That((series.Name, series.Claim, series.IsReproducible), Is.EqualTo(("s.true (gate)", "s.true", true)));
            Assert.That(series.Changes, Is.EqualTo(new[] { new ChangePoint(2, 3, 2) }));
            Assert.That(series.HasLessRoom(series.Changes[0]), Is.True, "2 is nearer to 1");
            Assert.That(Series("exponent in m").Changes, Is.Empty);
            Assert.That(leftOut, Is.Empty);
        });
    }

    [Test]
    public void OfVerdicts_ManySeeds_ADriftTowardsTheProvedExponentIsFound()
    {
        // Slopes around 0.7 and 0.9 where at most 1 is proved: nothing is violated, and the room is a third of what it was.
        for (var run = 0; run < 16; run++)
        {
            Conclude(run, (ulong)run, looseness: 3 + (0.1 * (run * 5 % 7)), measured: (run < 8 ? 0.7 : 0.9) + (0.005 * (run * 3 % 8)));
        }

        var exponent = Series("exponent in m");
        Assert.Multiple(() =>
        {
            Assert.That(exponent.IsReproducible, Is.False);
            Assert.That(exponent.Changes.Select(change => change.Index), Is.EqualTo(new[] { 8 }));
            Assert.That(exponent.HasLessRoom(exponent.Changes[0]), Is.True);
            Assert.That(exponent.Permitted, Is.EqualTo(new PermittedRange(double.NegativeInfinity, 1.05)), "proved and margin");
            Assert.That(Series("looseness").Changes, Is.Empty);
            Assert.That(Series("constant C").Points.Select(point => point.Value), Is.EqualTo(Enumerable.Repeat(2.5, 16)));
            Assert.That(Series("largest radius").Points, Has.Length.EqualTo(16));
        });
    }

    [Test]
    public void OfVerdicts_DamagedRun_IsLeftOutAndTold()
    {
        Conclude(0, seed: 7, looseness: 3, measured: 0.5);
        Conclude(1, seed: 7, looseness: 3, measured: 0.5);
        File.AppendAllText(LedgerFolder.Verdicts(Run(1)), "{}\n");
        Assert.That(Series("looseness").Points, Has.Length.EqualTo(1));
        Assert.That(leftOut.Single(), Does.Contain("verdicts.jsonl:"));
    }

    [Test]
    public void RunsIn_RunOrFolderOfRuns_AreThoseThatEnded()
    {
        Conclude(0, seed: 7, looseness: 3, measured: 0.5);
        Write([]);
        Assert.That(Histories.RunsIn(Parent), Is.EqualTo(new[] { Run(0) }));
        Assert.That(Histories.RunsIn(Run(0)), Is.EqualTo(new[] { Run(0) }));
        Assert.That(Histories.RunsIn(Folder), Is.Empty);
    }

    private Series Series(string unit) => Histories.OfVerdicts(Histories.RunsIn(Parent), leftOut.Add).Single(series => series.Unit == unit);

    private string Run(int index) => Path.Combine(Parent, $"run-{index:00}");

    /// <summary>A run of one claim that came to its end, an hour after the one before.</summary>
    private void Conclude(int index, ulong seed, double looseness, double measured)
    {
        var decision = new Decision(Verdict.Holds, "because")
        {
            Looseness = looseness,
            Tightness = new(1e-9, 1e-8),
            Estimates = [new("C", 2.5, 2.5, 2.5), new("slope in m", 0.1, 0, 0.2)],
            Exponents = [new("m", 128, 4096, Relation.AtMost, 1, measured, measured - 0.1, measured + 0.1, 0.05)],
        };
        using var writer = LedgerWriter.Begin(Run(index), Identity with { Seed = seed }, Session with { Started = Session.Started.AddHours(index) });
        writer.WriteVerdicts([new(SyntheticClaims.AtMostOne("s.true"), [new(Finding.Generated, decision, "anywhere")], [])]);
    }
}
