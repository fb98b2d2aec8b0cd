using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>verify: what it prints, and what it leaves in the run's folder.</summary>
public sealed class VerifyTests : CliFixture
{
    /// <summary>The control sequence that selects a foreground colour (ECMA-48, SGR 30–38 and 90–97).</summary>
    private const string SelectColour = @"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])[;m]";

    [Test]
    public void Verify_Json_HasTheDocumentedMembersAndNothingElseOnStandardOutput()
    {
        var finished = Run("verify", CheapClaim, DataClaim, "--profile", "gate", "--seed", "3", "--format", "json", "--out", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        using var document = JsonDocument.Parse(finished.Output);
        var run = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(Names(run), Is.EqualTo(new[] { "profile", "seed", "commit", "assembly", "claims" }));
            Assert.That((run.GetProperty("profile").GetString(), run.GetProperty("seed").GetUInt64()), Is.EqualTo(("gate", 3UL)));
            Assert.That(run.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("id").GetString()), Is.EqualTo(new[] { CheapClaim, DataClaim }));
            foreach (var claim in run.GetProperty("claims").EnumerateArray())
            {
                Assert.That(
                    Names(claim),
                    Is.EqualTo(new[] { "id", "paper", "entries", "procedure", "status", "verdict", "certified", "sense", "scope", "seconds", "looseness", "exponents", "mutants", "findings" }));
                Assert.That(claim.GetProperty("verdict").GetString(), Is.EqualTo("holds"));
                Assert.That(claim.GetProperty("mutants").EnumerateArray().Select(m => m.GetProperty("refuted").GetBoolean()), Is.Not.Empty.And.All.True);
                Assert.That(Names(claim.GetProperty("mutants")[0]), Is.EqualTo(new[] { "name", "refuted", "trials", "worstCell", "because" }));
                Assert.That(Names(claim.GetProperty("findings")[0]), Is.EqualTo(new[] { "on", "verdict", "certified", "sense", "because", "scope", "medianRadius", "largestRadius" }));
            }

            Assert.That(
                run.GetProperty("claims")[1].GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("on").GetString()), Is.EqualTo(new[] { "generated", "digits.csv" }));
        });
    }

    [Test]
    public void Verify_Table_EndsWithThePathOfTheReport()
    {
        var finished = Run("verify", CheapClaim, DataClaim, "--profile", "gate");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        var lines = finished.Output.TrimEnd().Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[^1], Does.EndWith("report.html"));
            Assert.That(File.Exists(lines[^1]), "the report");
            Assert.That(finished.Output, Does.Match(@"holds \(certified on \d+\)").And.Contain("δ = "));
            Assert.That(Path.GetRelativePath(Folder, lines[^1]), Does.Match(@"^harness-out/\d{8}-\d{6}-gate-seed-1/report\.html$"));
        });
    }

    [Test]
    public void Verify_Mutants_PrintsWhatKilledEachAndStaysWithinAScreen()
    {
        var finished = Run("verify", CheapClaim, "azls.forward-operations", "--profile", "gate", "--data", "none", "--mutants");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Match(@"All \d+ mutants were killed").And.Contain("identity: The residual").And.Contain("exactly (= 1)"));
        Assert.That(finished.Output.Split('\n')[..^2].Select(line => line.TrimEnd().Length), Has.All.LessThanOrEqualTo(124));
    }

    [Test]
    public void Verify_NotATerminal_WritesNoControlCodes()
    {
        var finished = Run("verify", CheapClaim, "--profile", "gate");
        Assert.That((finished.Output + finished.Error).Where(c => char.IsControl(c) && c is not '\n' and not '\r'), Is.Empty);
    }

    [Test]
    public void Verify_FolderOfARun_IsNotWrittenOver()
    {
        Run("verify", CheapClaim, "--profile", "gate", "--out", "run");
        var before = Contents("run");
        var finished = Run("verify", CheapClaim, "--profile", "gate", "--out", "run");
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("--resume"));
        Assert.That(Contents("run"), Is.EqualTo(before));
    }

    [TestCase("profile", "--profile", "standard")]
    [TestCase("seed", "--seed", "2")]
    [TestCase("claims", DataClaim)]
    [TestCase("data", "--rows", "50")]
    public void Verify_ResumedAsAnotherRun_IsRefusedAndSaysWhatDiffers(string what, params string[] arguments)
    {
        Run("verify", CheapClaim, "--profile", "gate", "--out", "run");
        var finished = Run(["verify", "--resume", "--out", "run", .. arguments]);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain($"other {what}"));
    }

    [Test]
    public void Report_Folder_WritesTheReportAgainWithoutTheData()
    {
        File.WriteAllLines(Path.Combine(Folder, "mine.csv"), Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{i % 3},{i * i % 7},{i},{(i % 2 == 0 ? "even" : "odd")}")));
        var verified = Run("verify", DataClaim, "--profile", "gate", "--data", "mine.csv", "--out", "run");
        Assert.That(verified.ExitCode, Is.Zero, verified.Error);
        File.Delete(Path.Combine(Folder, "mine.csv"));
        var report = Path.Combine(Folder, "run", "report.html");
        var written = File.ReadAllText(report);
        File.Delete(report);
        var finished = Run("report", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(written, Does.Contain(DataClaim).And.Contain("mine.csv"));
        Assert.That(File.ReadAllText(report), Is.EqualTo(written));
    }

    [Test]
    public void Replay_WithTheRun_FindsTheSameInTheLedger()
    {
        Run("verify", CheapClaim, "--profile", "gate", "--out", "run");
        var finished = Run("replay", $"{CheapClaim}/gate/claim/cell-1/trial-0/seed-1", "--out", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("the same, bit for bit"));
    }

    [RequiredPackage("bsdutils", "/usr/bin/script")]
    [TestCase(null, true)]
    [TestCase("1", false)]
    public void Verify_Terminal_IsColouredUnlessNoColorIsSet(string? noColor, bool isColoured)
    {
        using var script = HarnessProcess.StartOnTerminal(Folder, ["verify", CheapClaim, "--profile", "gate", "--data", "none"], noColor is null ? [] : [("NO_COLOR", noColor)]);
        var finished = script.WaitForEnd();
        Assert.That(finished.Output, Does.Contain("holds"));
        Assert.That(finished.Output, isColoured ? Does.Match(SelectColour) : Does.Not.Match(SelectColour));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private Dictionary<string, string> Contents(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder)).ToDictionary(path => path, File.ReadAllText);

    [Test]
    public void Verify_ATimedClaim_KeepsItsTimesApart()
    {
        // Whatever the times say of this machine, the run comes to an end and leaves them where they belong.
        var finished = Run("verify", CheapClaim, "azls.step-time-in-outputs", "--profile", "gate", "--data", "none", "--out", "timed");
        Assert.That(finished.Output, Does.Contain("report.html"), finished.Error);
        Run("verify", CheapClaim, "azls.workspace-bytes", "--profile", "gate", "--data", "none", "--out", "untimed");
        string File(string run, string name) => System.IO.File.ReadAllText(Path.Combine(Folder, run, name));
        Assert.That(File("timed", "measurements.jsonl"), Does.Contain("azls.step-time-in-outputs"));
        Assert.That(File("timed", "measured-verdicts.jsonl"), Does.Contain("azls.step-time-in-outputs"));
        Assert.That(ReproducibleFiles.Select(name => File("timed", name)), Has.None.Contain("-time-in-"));
        Assert.That(Path.Combine(Folder, "untimed", "measurements.jsonl"), Does.Not.Exist);

        var again = Run("report", "timed");
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Output, Is.EqualTo(finished.Output), "the report reads the times back and decides the same");
    }
}
