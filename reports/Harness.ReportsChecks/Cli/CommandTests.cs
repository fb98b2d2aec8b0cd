using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>Help, list, explain, replay and everything that can be wrong with a command line.</summary>
public sealed class CommandTests : CliFixture
{
    [Test]
    public void Harness_NoCommand_ShowsHelpAndFails()
    {
        var finished = Run();
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Output, Does.Contain("verify").And.Contain("train"));
    }

    [TestCase("harness verify", "--help")]
    [TestCase("harness verify", "verify", "--help")]
    [TestCase("harness explain", "explain", "--help")]
    [TestCase("harness perf run", "perf", "--help")]
    public void Help_Command_EndsWithExamples(string example, params string[] arguments)
    {
        var finished = Run(arguments);
        Assert.That(finished.ExitCode, Is.Zero);
        Assert.That(finished.Output, Does.Contain("Examples:").And.Contain($"  {example}"));
        Assert.That(finished.Output.Split('\n').Max(line => line.Length), Is.LessThan(300), "help is read: no list of all that could be chosen");
    }

    [Test]
    public void Help_Defaults_AreTheWordsOfTheCommandLine() =>
        Assert.That(Run("train", "--help").Output, Does.Contain("[default: fully-connected]").And.Contain("[default: squared]").And.Contain("[default: double]"));

    [Test]
    public void Version_IsPrinted() => Assert.That(Run("--version").Output, Does.Match(@"^\d+\.\d+\.\d+"));

    [Test]
    public void List_Json_HasTheDocumentedMembers()
    {
        using var list = JsonDocument.Parse(Run("list", "--format", "json").Output);
        Assert.That(list.RootElement.GetArrayLength(), Is.AtLeast(12));
        foreach (var claim in list.RootElement.EnumerateArray())
        {
            Assert.That(claim.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "id", "paper", "entries", "source", "statement", "procedure", "status", "reason" }));
            Assert.That(claim.GetProperty("id").GetString(), Does.StartWith(claim.GetProperty("paper").GetString() + "."));
            Assert.That(claim.GetProperty("entries").EnumerateArray().Select(d => d.GetString()), Is.All.Match(@"^[A-Z]+\d+$"));
            Assert.That(claim.GetProperty("status").GetString(), Is.AnyOf("gating", "exploratory", "refused"));
        }
    }

    [Test]
    public void ListEntries_Json_HasTheDocumentedMembersAndTheReasonOfWhatIsRefused()
    {
        using var list = JsonDocument.Parse(Run("list", "--entries", "--format", "json").Output);
        Assert.That(list.RootElement.GetArrayLength(), Is.AtLeast(60));
        foreach (var entry in list.RootElement.EnumerateArray())
        {
            Assert.That(entry.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "entry", "paper", "item", "statement", "status", "claims", "refused", "reason" }));
            Assert.That(entry.GetProperty("claims").GetArrayLength() == 0, Is.EqualTo(entry.GetProperty("status").GetString() == "refused"));
            Assert.That(entry.GetProperty("reason").ValueKind, Is.EqualTo(entry.GetProperty("refused").ValueKind));
        }
    }

    [Test]
    public void List_Table_ShowsEntriesAndWhatIsRefused() =>
        Assert.That(Run("list").Output, Does.Contain("C29").And.Contain("exploratory").And.Contain("refused").And.Contain("C58"));

    [Test]
    public void Explain_ByNumberOrId_SaysTheSame()
    {
        var (byId, byNumber) = (Run("explain", "azls.relu-difference"), Run("explain", "c02"));
        Assert.That(byId.ExitCode, Is.Zero);
        Assert.That(byNumber.Output, Is.EqualTo(byId.Output));
        Assert.That(byId.Output, Does.Contain("arXiv:1811.03962").And.Contain("Hypotheses").And.Contain("Decided by").And.Contain("Refuted when"));
    }

    [TestCase("There is no claim 'azls.gradient-formla'. Did you mean 'azls.gradient-formula'", "verify", "azls.gradient-formla")]
    [TestCase("--paper nobody", "list", "--paper", "nobody")]
    [TestCase("--paper nobody: no entry", "list", "--entries", "--paper", "nobody")]
    [TestCase("C58, the figure on the landscape, is refused: ", "verify", "c58")]
    [TestCase("Did you mean 'verify'?", "verfy")]
    [TestCase("There is no option '--profil'. Did you mean '--profile'?", "verify", "--profil")]
    [TestCase("expected gate, standard or thorough", "verify", "--profile", "fast")]
    [TestCase("--seed -1: expected a whole number", "verify", "--seed", "-1")]
    [TestCase("--threads 0: expected a whole number", "verify", "--threads", "0")]
    [TestCase("--rows 1: at least 2", "verify", "--rows", "1")]
    [TestCase("missing.csv", "verify", "--data", "missing.csv")]
    [TestCase("is not a replay key", "replay", "nonsense")]
    [TestCase("There is no claim 'azls.nothing'", "replay", "azls.nothing/gate/claim/cell-0/trial-0/seed-1")]
    [TestCase("there are no trials of mutant 9", "replay", "azls.gradient-formula/gate/mutant-9/cell-0/trial-0/seed-1")]
    [TestCase("has only the cells", "replay", "azls.gradient-formula/gate/claim/cell-999/trial-0/seed-1")]
    [TestCase("was tried on mine.csv", "replay", "azls.kernel-identity/gate/claim@mine.csv/cell-0/trial-0/seed-1")]
    [TestCase("is not the folder of a run", "report", "nowhere")]
    [TestCase("has no run to continue", "verify", "--resume", "--out", "nowhere")]
    [TestCase("There is no run in harness-out to continue", "verify", "--resume")]
    [TestCase("--rate fast: expected auto, a positive number", "train", "--snapshot", "a.npz", "--rate", "fast")]
    [TestCase("--snapshot", "train")]
    public void BadInput_AnyCommand_IsToldInOneLineAndLeavesNothing(string expected, params string[] arguments)
    {
        var finished = Run(arguments);
        Assert.Multiple(() =>
        {
            Assert.That(finished.ExitCode, Is.EqualTo(1));
            Assert.That(finished.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), finished.Error);
            Assert.That(finished.Error, Does.StartWith("harness: ").And.Contain(expected));
            Assert.That(finished.Output, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
        });
    }

    [Test]
    public void Replay_Key_ShowsEveryDigitAndIsTheSameEveryTime()
    {
        string[] line = ["replay", $"{CheapClaim}/gate/claim/cell-2/trial-0/seed-5"];
        var (first, second) = (Run(line), Run(line));
        Assert.That(first.ExitCode, Is.Zero);
        Assert.That(first.Output, Does.Contain("variables").And.Contain("observed").And.Contain("against").And.Contain("ratio"));
        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    [Test]
    public void Replay_OfATime_SaysThatTimesDiffer()
    {
        var finished = Run("replay", "azls.step-time-in-depth/gate/claim/cell-0/trial-0/seed-5");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("seconds of a step").And.Contain("differs from run to run"));
    }
}
