using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>What is written comes back with the same bits, once, wherever the session before was killed.</summary>
public sealed class LedgerWriterTests : LedgerFixture
{
    [Test]
    public void Append_EveryKindOfNumber_ReadsBackWithTheSameBits()
    {
        Write(Entries);
        var reader = LedgerReader.Open(Folder);
        Assert.Multiple(() =>
        {
            Assert.That(reader.Identity, Is.EqualTo(Identity));
            Assert.That(reader.Entries().Select(Bits), Is.EqualTo(Entries.Select(Bits)));
        });
    }

    [Test]
    public void Append_AnyNumbers_ReadBackWithTheSameBits()
    {
        // Every pattern of 64 bits alike, so that subnormal numbers, infinities and NaNs occur; JSON has one NaN, and it is .NET's.
        var number = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(halves => BitConverter.Int64BitsToDouble(((long)halves.Item1 << 32) | (uint)halves.Item2))
            .Select(x => double.IsNaN(x) ? double.NaN : x);
        var balls = number.Two().Select(pair => new Ball(pair.Item1, pair.Item2)).Two();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(balls.Zip(number.ArrayOf()).ToArbitrary(), drawn =>
        {
            var entry = Entry("s.first", 0, null, 0, 0, drawn.Item1.Item1, drawn.Item1.Item2, drawn.Item2);
            var line = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(ObservationLine.Of(entry), LedgerJson.Line.ObservationLine), LedgerJson.Line.ObservationLine)!;
            return Bits(line.In(Identity)) == Bits(entry);
        }));
    }

    [Test]
    public void Append_Always_IsOneLineOfJsonThatSaysWhatItIs()
    {
        Write(Entries.Take(1));
        Assert.That(File.ReadAllText(Observations), Is.EqualTo(
            """
            {"schema":3,"profile":"gate","seed":18446744073709551615,"commit":"0123abcd","catalogue":"fedc3210","data":{"name":"points.csv","sha256":"aa","samples":"bb"}}
            {"claim":"s.first","variant":0,"on":"generated","cell":0,"trial":0,"calibration":true,"variables":{"n":8,"δ":0.1,"ω²/√m":1E-09},"value":0.1,"radius":1E-17,"bound":3,"boundRadius":0,"series":[0.5,5E-324],"retry":false,"key":"s.first/gate/claim/cell-0/trial-0/seed-18446744073709551615"}

            """));
    }

    [Test]
    public void Resume_KilledAtAnyByte_EndsWithTheBytesOfAnUndisturbedRun()
    {
        var entries = Entries.Take(3).ToList();
        Write(entries);
        var (whole, sessions) = (File.ReadAllBytes(Observations), File.ReadAllBytes(LedgerFolder.Sessions(Folder)));
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Observations, whole[..length]);
            File.WriteAllBytes(LedgerFolder.Sessions(Folder), sessions);
            using (var writer = LedgerWriter.Resume(Folder, Identity, Session))
            {
                // A line counts once its end is there, and the first is the header.
                var complete = Math.Max(0, whole.AsSpan(0, length).Count((byte)'\n') - 1);
                Assert.That(entries.Select(e => writer.Find(e.Key) is not null), Is.EqualTo(entries.Select((_, i) => i < complete)), $"killed after {length} bytes");
                foreach (var (key, observation) in entries.Where(e => writer.Find(e.Key) is null))
                {
                    writer.Append(key, observation);
                }
            }

            Assert.That(File.ReadAllBytes(Observations), Is.EqualTo(whole), $"killed after {length} bytes");
        }
    }

    [Test]
    public void Resume_SessionsKilledAtAnyByte_KeepsEverySessionThatIsWhole()
    {
        Write(Entries.Take(1));
        Write(Entries.Skip(1), isResumed: true);
        var sessions = File.ReadAllBytes(LedgerFolder.Sessions(Folder));
        for (var length = 0; length <= sessions.Length; length++)
        {
            File.WriteAllBytes(LedgerFolder.Sessions(Folder), sessions[..length]);
            Write([], isResumed: true);
            var begun = Encoding.UTF8.GetString(sessions, 0, length).Split('\n')[..^1].Count(line => line.StartsWith("{\"kind\":\"begin\"", StringComparison.Ordinal));
            Assert.That(RunHistory.Read(Folder).Sessions, Has.Length.EqualTo(begun + 1), $"killed after {length} bytes");
        }
    }

    [Test]
    public void Append_SameTrialWithTheSameBits_IsWrittenOnce()
    {
        Write(Entries);
        Write(Entries, isResumed: true);
        Assert.That(LedgerReader.Open(Folder).Entries().Select(Bits), Is.EqualTo(Entries.Select(Bits)));
    }

    [Test]
    public void Append_SameTrialWithOtherBits_SaysThatItIsNotReproducible()
    {
        Write(Entries);
        var (key, observation) = Entries[0];
        using var writer = LedgerWriter.Resume(Folder, Identity, Session);
        var other = observation with { Value = new(double.BitIncrement(observation.Value.Midpoint), observation.Value.Radius) };
        Assert.That(() => writer.Append(key, other), Throws.TypeOf<LedgerException>().With.Message.Contains(key.ToString()));
    }

    [Test]
    public void Append_TrialOfAnotherRunOrCell_IsRefused()
    {
        var (key, observation) = Entries[0];
        using var writer = LedgerWriter.Begin(Folder, Identity, Session);
        Assert.Multiple(() =>
        {
            Assert.That(() => writer.Append(key with { Seed = 3 }, observation), Throws.ArgumentException);
            Assert.That(() => writer.Append(key with { Profile = Claims.Profile.Thorough }, observation), Throws.ArgumentException);
            Assert.That(() => writer.Append(key with { Cell = 3 }, observation), Throws.ArgumentException);
            Assert.That(writer.Count, Is.Zero);
        });
    }

    [Test]
    public void Begin_FolderHasARun_IsRefusedAndChangesNothing()
    {
        Write(Entries);
        var before = File.ReadAllBytes(Observations);
        Assert.That(() => LedgerWriter.Begin(Folder, Identity, Session), Throws.TypeOf<LedgerException>().With.Message.Contains(Folder));
        Assert.That(File.ReadAllBytes(Observations), Is.EqualTo(before));
    }

    [Test]
    public void Resume_AnotherProcessWrites_IsRefusedUntilItEnds()
    {
        using (LedgerWriter.Begin(Folder, Identity, Session))
        {
            Assert.That(() => LedgerWriter.Resume(Folder, Identity, Session), Throws.TypeOf<LedgerException>().With.Message.Contains("another process"));
            Assert.That(LedgerReader.Open(Folder).Entries(), Is.Empty, "readers are welcome");
        }

        LedgerWriter.Resume(Folder, Identity, Session).Dispose();
    }

    [Test]
    public void Append_DiskFull_ThrowsAndAppendsNothingAfterATornLine()
    {
        var disk = new SmallDisk { Room = 60 };
        using var lines = new JsonLinesAppender(disk);
        Assert.That(() => lines.Append(Identity, LedgerJson.Line.RunIdentity), Throws.TypeOf<LedgerException>().With.Message.Contains("No space left"));
        disk.Room = int.MaxValue;
        Assert.That(() => lines.Append(Identity, LedgerJson.Line.RunIdentity), Throws.TypeOf<LedgerException>());
        Assert.That(disk.Length, Is.EqualTo(60));
    }

    /// <summary>Takes what it has room for, then fails as a file does.</summary>
    private sealed class SmallDisk : MemoryStream
    {
        public int Room { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            var fitting = (int)Math.Min(count, Room - Length);
            base.Write(buffer, offset, fitting);
            if (fitting < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
