using FsCheck;
using FsCheck.Fluent;
using Harness.Reports.Ledger;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>Whatever was done to a ledger, reading it gives what was written or says in which line it is damaged; it never leaves a trial out.</summary>
public sealed class LedgerReaderTests : LedgerFixture
{
    [Test]
    public void Open_NoRun_SaysSo() =>
        Assert.That(() => LedgerReader.Open(Folder), Throws.TypeOf<LedgerException>().With.Message.Contains("no run").And.Message.Contains(Folder));

    [Test]
    public void Open_OtherSchema_SaysWhichVersionItIs()
    {
        Write(Entries);
        Edit(text => text.Replace("\"schema\":3", "\"schema\":4", StringComparison.Ordinal));
        Assert.That(() => LedgerReader.Open(Folder), Throws.TypeOf<LedgerException>().With.Message.Contains(":1: the ledger has version 4"));
    }

    [Test]
    public void Entries_TornLastLine_DoesNotCount()
    {
        Write(Entries);
        Edit(text => text[..^20]);
        Assert.That(LedgerReader.Open(Folder).Entries().Select(Bits), Is.EqualTo(Entries.SkipLast(1).Select(Bits)));
    }

    [Test]
    public void Entries_TrialStandsTwice_IsRefusedWithBothLines()
    {
        Write(Entries);
        Edit(text => text + text.Split('\n')[2] + "\n");
        Assert.That(() => LedgerReader.Open(Folder).Entries().Count(), Throws.TypeOf<LedgerException>().With.Message.Contains($":{Entries.Count + 2}: the trial {Entries[1].Key} stands in line 3 already"));
    }

    [TestCase("\"cell\":0,\"trial\":1", "\"cell\":0,\"trial\":7", TestName = "Entries_KeyOfAnotherTrial_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "", TestName = "Entries_FieldMissing_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "\"bound\":-0,\"bound\":-0,", TestName = "Entries_FieldTwice_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "\"bound\":null,", TestName = "Entries_FieldNull_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "\"bound\":\"much\",", TestName = "Entries_FieldOfAnotherType_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "\"bound\":-0,\"more\":1,", TestName = "Entries_UnknownField_IsRefusedWithTheLine")]
    [TestCase("\"bound\":-0,", "\n", TestName = "Entries_BrokenLine_IsRefusedWithTheLine")]
    public void Entries_DamagedLine_IsRefused(string from, string to)
    {
        Write(Entries);
        Edit(text => text.Replace(from, to, StringComparison.Ordinal));
        Assert.That(() => LedgerReader.Open(Folder).Entries().Count(), Throws.TypeOf<LedgerException>().With.Message.Contains("observations.jsonl:3: "));
    }

    [Test]
    public void Entries_AnyByteChanged_GivesEveryTrialOrSaysWhichLineIsDamaged()
    {
        Write(Entries);
        var whole = File.ReadAllBytes(Observations);
        var mutations = Gen.Zip(Gen.Choose(0, whole.Length - 1), Gen.Choose(0, 255));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(mutations.ToArbitrary(), mutation =>
        {
            var (place, value) = mutation;
            File.WriteAllBytes(Observations, [.. whole[..place], (byte)value, .. whole[(place + 1)..]]);
            try
            {
                // A digit that became another digit is no damage that a reader could see; a trial that is gone would be. The end of the last line may be lost.
                return LedgerReader.Open(Folder).Entries().Count() is var count && (count == Entries.Count || (place == whole.Length - 1 && count == Entries.Count - 1));
            }
            catch (LedgerException exception)
            {
                return exception.Message.Contains("observations.jsonl:", StringComparison.Ordinal);
            }
        }));
    }

    [Test]
    public void Find_OneTrial_GivesItOrNull()
    {
        Write(Entries);
        var reader = LedgerReader.Open(Folder);
        Assert.Multiple(() =>
        {
            Assert.That(Bits(new(Entries[3].Key, reader.Find(Entries[3].Key)!)), Is.EqualTo(Bits(Entries[3])));
            Assert.That(reader.Find(Entries[3].Key with { Trial = 9 }), Is.Null);
        });
    }

    [Test]
    public void Read_LineLongerThanTheBuffer_IsWhole()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 200_000), (byte)'\n', (byte)'y', (byte)'\n', (byte)'z'];
        Assert.That(JsonLines.Read(new MemoryStream(text)).Select(line => (line.Length, (char)line.Span[0])), Is.EqualTo(new[] { (200_000, 'x'), (1, 'y') }));
    }

    private void Edit(Func<string, string> edit) => File.WriteAllText(Observations, edit(File.ReadAllText(Observations)));
}
