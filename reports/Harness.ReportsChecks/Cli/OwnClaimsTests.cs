using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Reports.Assemblies;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>Claims of a user's own assembly: docs/write-a-claim.md as it stands, then everything that <c>--claims</c> promises, on the assembly that the document builds.</summary>
public sealed partial class OwnClaimsTests
{
    private static string Folder => OwnAssembly.Project.Folder;

    private static IEnumerable<TestCaseData> Commands() => ClaimsProject.Blocks().Where(block => block.Language == "console")
        .SelectMany(block => Command().Matches(block.Text + "\n"))
        .Select((command, i) => new TestCaseData(command.Groups["line"].Value, command.Groups["output"].Value).SetArgDisplayNames($"{i + 1}", command.Groups["line"].Value));

    /// <summary>In the order of the document, where a command may look at what one before it left.</summary>
    [TestCaseSource(nameof(Commands))]
    public void Document_Command_PrintsWhatIsShown(string line, string shown)
    {
        var words = line.Split(' ');
        var finished = words[0] == "harness" ? Run(words[1..]) : line == "dotnet test" ? OwnAssembly.Gate : throw new NotSupportedException($"The document has a command that is neither 'harness …' nor 'dotnet test': {line}");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(Trimmed(finished.Output), Does.Match(Pattern(shown)));
    }

    /// <summary>A line of … stands for any lines, … in a line for anything in it.</summary>
    private static string Pattern(string shown) =>
        "^" + string.Concat(Trimmed(shown).TrimEnd('\n').Split('\n').Select(line => line == "…" ? @"(.*\n)*?" : Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal) + @"\n")) + @"\n*\z";

    private static string Trimmed(string text) => TrailingSpace().Replace(text.ReplaceLineEndings("\n"), "");

    [Test]
    public void Run_OfOwnClaims_IsReportedFromItsLedgerAndResumedWithTheSameCodeAlone()
    {
        var verified = Run("verify", "lm.norm-tail", "--claims", OwnAssembly.Path, "--profile", "gate", "--data", "none", "--out", "run");
        Assert.That(verified.ExitCode, Is.Zero, verified.Error);
        var path = Path.Combine(Folder, "run", "report.html");
        var written = File.ReadAllText(path);
        Assert.That(written, Does.Contain("MyClaims.dll, SHA-256").And.Contain("harness replay lm.norm-tail/gate/claim/").And.Contain($"--claims {OwnAssembly.Path}").And.Not.Contain("id=\"coverage\""));
        using var verdicts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "run", "verdicts.json")));
        Assert.That(verdicts.RootElement.GetProperty("assembly").GetProperty("name").GetString(), Is.EqualTo("MyClaims.dll"));

        File.Delete(path);
        Assert.That(Run("report", "run").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(path), Is.EqualTo(written));

        // A byte after the image changes no claim's wording, and is other code for all that the ledger can tell.
        var changed = Path.Combine(Path.GetDirectoryName(OwnAssembly.Path)!, "Changed.dll");
        File.WriteAllBytes(changed, [.. File.ReadAllBytes(OwnAssembly.Path), 0]);
        var refused = Run("verify", "--resume", "--out", "run", "--claims", changed);
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("the claims of MyClaims.dll (SHA-256").And.Contain("those of Changed.dll"));
        Assert.That(Run("verify", "--resume", "--out", "run").ExitCode, Is.Zero);
    }

    [Test]
    public void Verify_CatalogueAlone_LeavesNoTraceOfAnAssembly()
    {
        Assert.That(Run("verify", "azls.gradient-formula", "--claims", OwnAssembly.Path, "--profile", "gate", "--data", "none", "--out", "beside").ExitCode, Is.Zero);
        Assert.That(File.ReadLines(Path.Combine(Folder, "beside", "observations.jsonl")).First(), Does.Contain("catalogue").And.Not.Contain("assembly"));
    }

    [TestCase("missing.dll: there is no such file", "verify", "--claims", "missing.dll")]
    [TestCase("--entries lists what the papers of the catalogue state", "list", "--entries", "--claims", "missing.dll")]
    public void Claims_Wrong_AreToldInOneLine(string message, params string[] arguments)
    {
        var finished = Run(arguments);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1).And.One.Contains(message));
    }

    [Test]
    public void Load_OfWhatHasNoClaims_SaysWhy()
    {
        var text = Path.Combine(Folder, "text.dll");
        File.WriteAllText(text, "no assembly");
        Assert.That(() => ClaimAssembly.Load(text), Throws.TypeOf<UserAssemblyException>().With.Message.Contains("text.dll is no .NET assembly"));
        Assert.That(() => ClaimAssembly.Load(Path.Combine(Path.GetDirectoryName(OwnAssembly.Path)!, "Harness.Core.dll")), Throws.TypeOf<UserAssemblyException>().With.Message.Contains("There is no public static property of type Harness.Claims.Claim"));
        Assert.That(() => ClaimAssembly.Load(BuiltAgainst(new(9, 8, 7, 0))), Throws.TypeOf<UserAssemblyException>().With.Message.Contains("was built against Harness.Claims 9.8.7, and this program is"));
    }

    /// <summary>An assembly whose only type derives from one of Harness.Claims, in that version.</summary>
    private string BuiltAgainst(Version version)
    {
        var claims = new PersistedAssemblyBuilder(new AssemblyName("Harness.Claims") { Version = version }, typeof(object).Assembly);
        var parent = claims.DefineDynamicModule("Harness.Claims").DefineType("Harness.Claims.Parent", TypeAttributes.Public);
        parent.CreateType();
        var own = new PersistedAssemblyBuilder(new AssemblyName("Own"), typeof(object).Assembly);
        own.DefineDynamicModule("Own").DefineType("Child", TypeAttributes.Public, parent).CreateType();
        var path = Path.Combine(Folder, "own.dll");
        own.Save(path);
        return path;
    }

    private Finished Run(params string[] arguments) => HarnessProcess.Run(Folder, arguments);

    [GeneratedRegex(@"^\$ (?<line>.*)\n(?<output>(?!\$ )(.*\n(?!\$ ))*.*\n)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"[ \t]+$", RegexOptions.Multiline)]
    private static partial Regex TrailingSpace();
}
