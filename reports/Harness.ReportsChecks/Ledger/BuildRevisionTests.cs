using System.Diagnostics;
using System.Text.RegularExpressions;
using Harness.Reports.Ledger;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>What is known of the program and the machine, and that nothing is claimed where nothing is known.</summary>
public sealed partial class BuildRevisionTests : LedgerFixture
{
    private string Repository => Path.GetDirectoryName(Folder)!;

    [Test]
    public void Current_Always_NamesACommitOrSaysUnknown()
    {
        var build = BuildRevision.Current;
        Assert.Multiple(() =>
        {
            Assert.That(build.Commit, Does.Match(Commit()).Or.EqualTo(BuildRevision.Unknown));
            Assert.That(build.Modules, Does.Match(TwoModules()));
            Assert.That(build.Sdk, Does.Match(Version()));
        });
    }

    [Test]
    public void Capture_Always_DescribesThisProcess()
    {
        var session = SessionProvenance.Capture(threads: 3);
        Assert.Multiple(() =>
        {
            Assert.That(session.Threads, Is.EqualTo(3));
            Assert.That(session.Started, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromHours(1)), "a clock that is set while the test runs may be off by that");
            Assert.That(session.Processor.VectorBits, Is.AnyOf(0, 128, 256, 512));
            Assert.That(session.Processor.Model, Does.Match(@"^[^\p{C}]+$"));
            Assert.That(session.Machine, Does.Contain(session.Processor.Model).And.Contain(".NET"));
        });
    }

    [Test]
    [RequiredPackage("git", "/usr/bin/git")]
    public void IsWorkingTreeModified_ChangesOfEveryKind_CountWhereTheyAreCompiled()
    {
        Git("init", "--quiet");
        File.WriteAllText(Path.Combine(Repository, "A.cs"), "class A;");
        Git("add", ".");
        Git("-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "A");
        var commit = Git("rev-parse", "HEAD").Trim();
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Repository, "report.html"), "a result");
        Assert.That(Modified(commit), Is.False, "a result is no source");
        Assert.That(Modified("0123"), Is.Null, "the program was built from another commit");

        File.WriteAllText(Path.Combine(Repository, "B.cs"), "class B;");
        Assert.That(Modified(commit), Is.True, "a file that git does not know is compiled");

        File.Delete(Path.Combine(Repository, "B.cs"));
        File.WriteAllText(Path.Combine(Repository, "A.cs"), "class A { }");
        Assert.That(Modified(commit), Is.True, "a file was changed");
    }

    [Test]
    public void IsWorkingTreeModified_NoRepository_IsNotKnown()
    {
        Directory.CreateDirectory(Folder);
        Assert.That(Modified("0123"), Is.Null);
    }

    private bool? Modified(string commit) => BuildRevision.IsWorkingTreeModified(Folder, commit);

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository, .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
        return output;
    }

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();

    [GeneratedRegex("^[0-9a-f]{32}\\+[0-9a-f]{32}$")]
    private static partial Regex TwoModules();

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex Version();
}
