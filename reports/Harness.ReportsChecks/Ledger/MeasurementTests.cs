using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>Times are kept as faithfully as observations, and never among them.</summary>
public sealed class MeasurementTests : LedgerFixture
{
    private static readonly LedgerEntry Time = Entry("s.timed", 0, null, 0, 0, Ball.Unbounded(1.25e-6), Ball.Exactly(4096));

    private string Measurements => LedgerFolder.Measurements(Folder);

    [Test]
    public void AppendMeasurement_Always_LeavesTheObservationsAsTheyAre()
    {
        Write(Entries);
        var observations = File.ReadAllBytes(Observations);
        Directory.Delete(Folder, recursive: true);
        Measure(Entries.Take(2), Time, Entries.Skip(2));
        Assert.That(File.ReadAllBytes(Observations), Is.EqualTo(observations));
        Assert.That(File.ReadAllLines(Measurements), Has.Length.EqualTo(2).And.ItemAt(0).EqualTo(File.ReadLines(Observations).First()));
    }

    [Test]
    public void Run_WithoutTimedClaims_HasNoFileForThem()
    {
        Write(Entries);
        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Has.None.StartsWith("measure"));
    }

    [Test]
    public void Entries_WithMeasurements_ReadBackAfterTheObservations()
    {
        Measure(Entries, Time, []);
        Assert.That(LedgerReader.Open(Folder).Entries().Select(Bits), Is.EqualTo(Entries.Append(Time).Select(Bits)));
        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Observations("s.timed").Select(o => o.Value.Midpoint), Is.EqualTo(new[] { 1.25e-6 }));
    }

    [Test]
    public void AppendMeasurement_AgainAfterAResume_KeepsTheFirst()
    {
        Measure([], Time, []);
        using (var writer = LedgerWriter.Resume(Folder, Identity, Session))
        {
            Assert.That(writer.Find(Time.Key)!.Value, Is.EqualTo(Time.Observation.Value));
            writer.AppendMeasurement(Time.Key, Time.Observation with { Value = Ball.Unbounded(7) });
        }

        Assert.That(LedgerReader.Open(Folder).Find(Time.Key)!.Value, Is.EqualTo(Time.Observation.Value));
    }

    [Test]
    public void Resume_KilledAtAnyByte_EndsWithTheBytesOfAnUndisturbedRun()
    {
        Measure(Entries, Time, []);
        var whole = File.ReadAllBytes(Measurements);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Measurements, whole[..length]);
            using (var writer = LedgerWriter.Resume(Folder, Identity, Session))
            {
                writer.AppendMeasurement(Time.Key, Time.Observation);
            }

            Assert.That(File.ReadAllBytes(Measurements), Is.EqualTo(whole), $"killed after {length} bytes");
        }
    }

    [Test]
    public void Resume_OnAnotherMachine_IsRefusedWhereTimesWereMeasured()
    {
        var elsewhere = Session with { Processor = new("another processor", 512, true, 4) };
        Measure(Entries, Time, []);
        Assert.That(() => LedgerWriter.Resume(Folder, Identity, elsewhere), Throws.TypeOf<LedgerException>().With.Message.Contains("another machine"));
        File.Delete(Measurements);
        Assert.That(() => LedgerWriter.Resume(Folder, Identity, elsewhere).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Entries_MeasurementsOfAnotherRun_AreRefused()
    {
        Measure(Entries, Time, []);
        var lines = File.ReadAllLines(Measurements);
        File.WriteAllLines(Measurements, [lines[0].Replace("0123abcd", "4567cdef", StringComparison.Ordinal), lines[1]]);
        Assert.That(() => LedgerReader.Open(Folder).Entries().Count(), Throws.TypeOf<LedgerException>().With.Message.Contains("measurements.jsonl:1: "));
    }

    [Test]
    public void WriteVerdicts_OfTimedClaims_HaveAFileOfTheirOwn()
    {
        Outcome[] outcomes = [.. new[] { SyntheticClaims.AtMostOne("s.first"), SyntheticClaims.Timed("s.timed") }.Select(claim => new Outcome(claim, [new("generated", new(Verdict.Holds, "So."), "1 instance")], []))];
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session))
        {
            writer.WriteVerdicts(outcomes);
        }

        Assert.That(File.ReadAllText(LedgerFolder.Verdicts(Folder)), Does.Contain("s.first").And.Not.Contain("s.timed"));
        Assert.That(File.ReadAllText(LedgerFolder.MeasuredVerdicts(Folder)), Does.Contain("s.timed").And.Not.Contain("s.first"));
        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Verdicts().Select(v => v.Claim).Distinct(), Is.EqualTo(new[] { "s.first", "s.timed" }));
    }

    private void Measure(IEnumerable<LedgerEntry> before, LedgerEntry time, IEnumerable<LedgerEntry> after)
    {
        using var writer = LedgerWriter.Begin(Folder, Identity, Session);
        foreach (var (key, observation) in before)
        {
            writer.Append(key, observation);
        }

        writer.AppendMeasurement(time.Key, time.Observation);
        foreach (var (key, observation) in after)
        {
            writer.Append(key, observation);
        }
    }
}
