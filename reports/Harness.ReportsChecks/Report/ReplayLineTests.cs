using Harness.Claims;
using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class ReplayLineTests
{
    private static readonly ReportModel Model = SyntheticReport.AllHold();

    [Test]
    public void Line_OfAGeneratedTrial_IsTheKeyThatReplayReads()
    {
        var page = Model.Claims[0];
        var trial = page.Samples[0].Observations[^1];
        var line = ReplayLine.Of(Model, page, page.Samples[0], trial);
        var key = ReplayKey.Parse(line["harness replay ".Length..]);
        Assert.That(key, Is.EqualTo(new ReplayKey("azls.gradient-lower-bound", Profile.Standard, 0, null, trial.Cell, trial.Trial, 42)));
    }

    [Test]
    public void Line_OnData_NamesTheDataAndHowToFindThem()
    {
        var page = Model.Claims[0];
        var line = ReplayLine.Of(Model, page, page.Samples[1], page.Samples[1].Observations[0]);
        Assert.That(line, Is.EqualTo("harness replay azls.gradient-lower-bound/standard/claim@digits.csv/cell-0/trial-0/seed-42 --data data/digits.csv"));
    }

    [TestCase("digits.csv", "digits.csv")]
    [TestCase("my data.csv", "'my data.csv'")]
    [TestCase("a; rm -rf b", "'a; rm -rf b'")]
    [TestCase("it's", @"'it'\''s'")]
    [TestCase("plain\n", "'plain\n'")]
    [TestCase("", "''")]
    public void Word_ForAShell_IsTakenLiterally(string word, string quoted) => Assert.That(ReplayLine.Quoted(word), Is.EqualTo(quoted));
}
