using Harness.Reports.Ledger;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>The record of sessions: where each worked, and the times, added up over sessions that ended and sessions that were killed.</summary>
public sealed class RunHistoryTests : LedgerFixture
{
    [Test]
    public void Read_TwoSessions_AddsUpTheTimesOfEachClaim()
    {
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session))
        {
            writer.RecordTime("s.first", TimeSpan.FromSeconds(1.5));
            writer.RecordTime("s.second", TimeSpan.FromSeconds(4));
            writer.RecordTime("s.first", TimeSpan.FromSeconds(1.75));
        }

        using (var writer = LedgerWriter.Resume(Folder, Identity, Session with { Threads = 7 }))
        {
            writer.RecordTime("s.first", TimeSpan.FromSeconds(2));
        }

        var history = RunHistory.Read(Folder);
        Assert.Multiple(() =>
        {
            Assert.That(history.SecondsOf("s.first"), Is.EqualTo(3.75));
            Assert.That(history.SecondsOf("s.second"), Is.EqualTo(4));
            Assert.That(history.SecondsOf("s.never"), Is.Zero);
            Assert.That(history.Sessions.Select(s => s.Provenance), Is.EqualTo(new[] { Session, Session with { Threads = 7 } }));
            Assert.That(history.Started, Is.EqualTo(Session.Started));
            Assert.That(history.Machines, Is.EqualTo(Session.Machine), "the same machine once");
            Assert.That(history.Sessions.Select(s => s.Seconds), Is.All.GreaterThan(0));
            Assert.That(history.Seconds, Is.EqualTo(history.Sessions.Sum(s => s.Seconds)));
        });
    }

    [Test]
    public void Begin_Always_WritesWhatCanBeReadWithoutThisProgram()
    {
        Write([]);
        Assert.That(File.ReadLines(LedgerFolder.Sessions(Folder)).First(), Is.EqualTo(
            """{"kind":"begin","elapsed":0,"session":{"started":"2026-03-14T09:26:53+00:00","build":{"commit":"0123abcd","isModified":false,"sdk":"10.0.100","modules":"one build"},"processor":{"model":"a processor","vectorBits":256,"hasFusedMultiplyAdd":true,"cores":2},"operatingSystem":"an operating system","runtime":".NET 10","threads":2}}"""));
    }

    [Test]
    public void Read_SessionWasKilled_LastedUntilItsLastRecord()
    {
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session))
        {
            writer.RecordTime("s.first", TimeSpan.FromSeconds(1));
        }

        var path = LedgerFolder.Sessions(Folder);
        var lines = File.ReadAllLines(path);
        Assert.That(lines[^1], Does.StartWith("""{"kind":"end","elapsed":"""));
        File.WriteAllLines(path, [lines[0], """{"kind":"trials","elapsed":90.5,"claim":"s.first","seconds":100}"""]);
        Assert.That((RunHistory.Read(Folder).Seconds, RunHistory.Read(Folder).SecondsOf("s.first")), Is.EqualTo((90.5, 100.0)));
    }

    [Test]
    public void Read_DamagedLine_SaysWhich()
    {
        Write([]);
        var path = LedgerFolder.Sessions(Folder);
        File.AppendAllText(path, "{}\n");
        Assert.That(() => RunHistory.Read(Folder), Throws.TypeOf<LedgerException>().With.Message.Contains("provenance.jsonl:3: "));
        File.WriteAllText(path, """{"kind":"end","elapsed":1}""" + "\n");
        Assert.That(() => RunHistory.Read(Folder), Throws.TypeOf<LedgerException>().With.Message.Contains("provenance.jsonl:1: "));
    }

    [Test]
    public void Read_NoRecord_HasNoSessions()
    {
        var history = RunHistory.Read(Folder);
        Assert.That((history.Sessions.Length, history.Started, history.Seconds, history.Machines), Is.EqualTo((0, (DateTimeOffset?)null, 0.0, "not recorded")));
    }

    [Test]
    public void Observations_SessionOfAnotherMachine_HaveNothingOfIt()
    {
        Write(Entries);
        var here = File.ReadAllBytes(Observations);
        Directory.Delete(Folder, recursive: true);
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session with { Started = default, Processor = new("another", 512, false, 64), OperatingSystem = "another", Runtime = "another", Threads = 64 }))
        {
            foreach (var (key, observation) in Entries)
            {
                writer.Append(key, observation);
                writer.RecordTime(key.ClaimId, TimeSpan.FromSeconds(9));
            }
        }

        Assert.That(File.ReadAllBytes(Observations), Is.EqualTo(here));
    }
}
