using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>verify: what it prints, what it leaves in the run's folder, and that neither depends on threads or vector width.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class VerifyChecks : CliFixture
{
    /// <summary>What must have the same bits on any machine.</summary>
    private static readonly string[] ReproducibleFiles = ["observations.jsonl", "verdicts.jsonl"];

    [Test]
    public void Verify_Json_HasTheDocumentedMembersAndNothingElseOnStandardOutput()
    {
        var finished = Run("verify", CheapClaim, DataClaim, "--profile", "gate", "--seed", "3", "--format", "json", "--out", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        using var document = JsonDocument.Parse(finished.Output);
        var run = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(Names(run), Is.EqualTo(new[] { "profile", "seed", "commit", "claims" }));
            Assert.That((run.GetProperty("profile").GetString(), run.GetProperty("seed").GetUInt64()), Is.EqualTo(("gate", 3UL)));
            Assert.That(run.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("id").GetString()), Is.EqualTo(new[] { CheapClaim, DataClaim }));
            foreach (var claim in run.GetProperty("claims").EnumerateArray())
            {
                Assert.That(
                    Names(claim),
                    Is.EqualTo(new[] { "id", "paper", "dossier", "procedure", "status", "verdict", "certified", "scope", "seconds", "looseness", "mutants", "findings" }));
                Assert.That(claim.GetProperty("verdict").GetString(), Is.EqualTo("holds"));
                Assert.That(claim.GetProperty("mutants").EnumerateArray().Select(m => m.GetProperty("refuted").GetBoolean()), Is.Not.Empty.And.All.True);
                Assert.That(Names(claim.GetProperty("mutants")[0]), Is.EqualTo(new[] { "name", "refuted" }));
                Assert.That(Names(claim.GetProperty("findings")[0]), Is.EqualTo(new[] { "on", "verdict", "certified", "because", "scope" }));
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
            Assert.That(finished.Output, Does.Contain("holds (certified)").And.Contain("δ = "));
            Assert.That(Path.GetRelativePath(Folder, lines[^1]), Does.Match(@"^harness-out/\d{8}-\d{6}-gate-seed-1/report\.html$"));
        });
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

    [TestCase("--threads 2")]
    [TestCase("--threads 3")]
    [TestCase("--threads 2", "DOTNET_PreferredVectorBitWidth", "128")]
    [TestCase("--threads 1", "DOTNET_EnableAVX512", "0")]
    [TestCase("--threads 2", "DOTNET_EnableAVX2", "0")]
    public void Verify_AnyThreadsAndVectorWidth_LeavesTheSameBits(string threads, string? variable = null, string? value = null)
    {
        string[] line = ["verify", CheapClaim, DataClaim, "azls.forward-norm-mean", "azls.flip-budget", "--profile", "gate", "--out"];
        Run([.. line, "expected", "--threads", "1"]);
        using var harness = HarnessProcess.Start(Folder, [.. line, "actual", .. threads.Split(' ')], variable is null ? [] : [(variable, value!)]);
        Assert.That(harness.WaitForEnd().ExitCode, Is.AnyOf(0, 20));
        foreach (var file in ReproducibleFiles)
        {
            Assert.That(File.ReadAllText(Path.Combine(Folder, "actual", file)), Is.EqualTo(File.ReadAllText(Path.Combine(Folder, "expected", file))), file);
        }
    }

    [Test]
    public void Report_Folder_WritesTheReportAgainWithoutTheData()
    {
        File.WriteAllLines(Path.Combine(Folder, "mine.csv"), Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{i % 3},{i * i % 7},{i},{(i % 2 == 0 ? "even" : "odd")}")));
        var verified = Run("verify", DataClaim, "--profile", "gate", "--data", "mine.csv", "--out", "run");
        Assert.That(verified.ExitCode, Is.Zero, verified.Error);
        File.Delete(Path.Combine(Folder, "mine.csv"));
        File.Delete(Path.Combine(Folder, "run", "report.html"));
        var finished = Run("report", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(File.ReadAllText(Path.Combine(Folder, "run", "report.html")), Does.Contain(DataClaim).And.Contain("mine.csv"));
    }

    [Test]
    public void Replay_WithTheRun_FindsTheSameInTheLedger()
    {
        Run("verify", CheapClaim, "--profile", "gate", "--out", "run");
        var finished = Run("replay", $"{CheapClaim}/gate/claim/cell-1/trial-0/seed-1", "--out", "run");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("the same, bit for bit"));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private Dictionary<string, string> Contents(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder)).ToDictionary(path => path, File.ReadAllText);
}
