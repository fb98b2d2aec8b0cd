using Harness.Claims;
using Harness.Core.Data;
using Harness.Reports.Ledger;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>Only sessions of one run and one program continue each other, and a refusal says what differs.</summary>
public sealed class RunIdentityTests : LedgerFixture
{
    private static readonly DataSet Points = new("points.csv", [0.0, 1, 1, 0], 2, [1.0, 0], 1);

    private static IEnumerable<TestCaseData> OtherRuns()
    {
        yield return Case("Profile", Identity with { Profile = Profile.Thorough }, "the profile is Gate there and Thorough here");
        yield return Case("Seed", Identity with { Seed = 3 }, "the seed is 18446744073709551615 there and 3 here");
        yield return Case("NoData", Identity with { Data = null }, "the data set is points.csv there and none here");
        yield return Case("DataFile", Identity with { Data = new("points.csv", "cc", "bb") }, "its SHA-256 is aa there and cc here");
        yield return Case("DataRows", Identity with { Data = new("points.csv", "aa", "cc") }, "rows, label");
        yield return Case("Commit", Identity with { Commit = "4567" }, "from commit 0123abcd there and from 4567 here");
        yield return Case("Assembly", Identity with { Assembly = new("mine.dll", "dd") }, "the claims of the catalogue alone were verified there, and those of mine.dll (SHA-256 dd) here");
        yield return Case("Catalogue", Identity with { Catalogue = "cc" }, "a claim was changed");

        static TestCaseData Case(string what, RunIdentity identity, string message) => new TestCaseData(identity, message).SetName($"Resume_Other{what}_IsRefusedWithTheDifference");
    }

    [TestCaseSource(nameof(OtherRuns))]
    public void Resume_OtherRun_IsRefused(RunIdentity identity, string message)
    {
        Write(Entries);
        var before = Directory.GetFiles(Folder).ToDictionary(f => f, File.ReadAllBytes);
        Assert.That(() => LedgerWriter.Resume(Folder, identity, Session), Throws.TypeOf<LedgerException>().With.Message.Contains(message));
        Assert.That(Directory.GetFiles(Folder).ToDictionary(f => f, File.ReadAllBytes), Is.EqualTo(before), "nothing was changed");
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(null, false)]
    public void Resume_OtherBuildOfChangedSource_IsRefused(bool? before, bool? after)
    {
        using (LedgerWriter.Begin(Folder, Identity, Session with { Build = Session.Build with { IsModified = before } }))
        {
        }

        Assert.That(() => LedgerWriter.Resume(Folder, Identity, Session with { Build = Session.Build with { IsModified = after, Modules = "another build" } }), Throws.TypeOf<LedgerException>().With.Message.Contains("source was changed"));
    }

    [Test]
    public void Resume_OtherMachine_Continues()
    {
        Write(Entries.Take(2));
        using (var writer = LedgerWriter.Resume(Folder, Identity, Session with { Build = Session.Build with { Modules = "built elsewhere" }, Processor = new("another", 512, true, 64), Threads = 64 }))
        {
            Assert.That(writer.Count, Is.EqualTo(2));
        }

        Assert.That(RunHistory.Read(Folder).Sessions.Select(s => s.Provenance.Processor.VectorBits), Is.EqualTo(new[] { 256, 512 }));
    }

    [Test]
    public void Of_ChangedClaims_HasAnotherCatalogue()
    {
        Claim[][] catalogues =
        [
            [], [SyntheticClaims.AtMostOne("s.a")], [SyntheticClaims.AtMostOne("s.b")], [SyntheticClaims.AtMostOne("s.a", takesData: true)],
            [SyntheticClaims.AtMostOne("s.a", needed: 2)], [SyntheticClaims.AtMostOne("s.a"), SyntheticClaims.AtMostOne("s.b")], [SyntheticClaims.AtMostOne("s.b"), SyntheticClaims.AtMostOne("s.a")],
        ];
        var fingerprints = catalogues.Select(c => RunIdentity.Of(c, Profile.Gate, 1, null).Catalogue).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(fingerprints, Is.Unique);
            Assert.That(RunIdentity.Of([SyntheticClaims.AtMostOne("s.a")], Profile.Gate, 1, null).Catalogue, Is.EqualTo(fingerprints[1]));
        });
    }

    [Test]
    public void Of_OtherSamplesOfOneFile_HasAnotherIdentity()
    {
        DataSet[] samples =
        [
            Points, new("points.csv", [0.0, 1], 2, [1.0], 1), new("points.csv", [0.0, 1, 1, 0], 2, [0.0, 1], 1),
            new("points.csv", [0.0, 1, 1, 0, 0, 0], 6, [1.0], 1), new("points.csv", [0.0, 1, 1, 0], 4, [0.0, 0, 1], 3),
        ];
        Assert.That(samples.Select(s => DataIdentity.Of(s, "aa").Samples), Is.Unique);
    }

    [Test]
    public void Of_FileCalledLikeGeneratedSamples_IsRefused() =>
        Assert.That(() => DataIdentity.Of(new("generated", [0.0], 1, [0.0], 1), "aa"), Throws.ArgumentException.With.Message.Contains("Rename"));
}
