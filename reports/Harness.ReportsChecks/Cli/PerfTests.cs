using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>
/// perf, in a repository whose benchmark program is a few lines that write what BenchmarkDotNet writes: git, worktrees, builds, processes and files are real, only
/// the times are made up, so that what must be found is known. No test asks for a time of this machine.
/// </summary>
public sealed class PerfTests : CliFixture
{
    private const string Program = """
        // Times of a machine with a noise of two per cent; the process id is the seed, as no two turns are alike.
        var random = new Random(Environment.ProcessId);
        var times = string.Join(',', Enumerable.Range(0, 3).Select(_ => (FACTOR * 1000 * (1 + 0.02 * random.NextDouble())).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var folder = Path.Combine(args[Array.IndexOf(args, "--artifacts") + 1], "results");
        Directory.CreateDirectory(folder);
        if (!args.Contains("none"))
        {
            File.WriteAllText(Path.Combine(folder, "S-report-full.json"),
                "{\"Benchmarks\":[{\"Namespace\":\"N\",\"FullName\":\"N.Kernel.Run(Size: 8)\",\"Statistics\":{\"OriginalValues\":[" + times +
                "]},\"Memory\":{\"BytesAllocatedPerOperation\":BYTES},\"Metrics\":[{\"Value\":COUNT,\"Descriptor\":{\"Id\":\"MultiplyAdds\"}}]}]}");
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>An inequality: it has a looseness, and its observations are enclosed.</summary>
    private const string LooseClaim = "azls.gradient-quotient-above";

    private const string Layout = """
        <Project>
          <PropertyGroup>
            <UseArtifactsOutput>true</UseArtifactsOutput>
          </PropertyGroup>
        </Project>
        """;

    [SetUp]
    public void CreateRepository()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "perf", "Harness.Perf")).FullName;
        File.WriteAllText(Path.Combine(Folder, "Harness.sln"), "");
        File.WriteAllText(Path.Combine(Folder, ".gitignore"), "artifacts\nharness-out\n");
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), Layout);
        File.WriteAllText(Path.Combine(folder, "Harness.Perf.csproj"), Project);
        File.WriteAllText(Path.Combine(Folder, "perf", "tracked.txt"), "# all\n*Kernel*\n");
        File.WriteAllText(Path.Combine(Folder, "perf", "zero-allocation.txt"), "*Kernel*\n");
        Write(factor: "1.0", bytes: 0, count: 100);
        Git("init", "--quiet");
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first");
    }

    [Test]
    public void Gate_PlantedSlowdownOfFifteenPerCent_IsFound()
    {
        Write(factor: "1.15", bytes: 0, count: 100);
        var finished = Run("perf", "gate", "HEAD", "--rounds", "6");
        Assert.Multiple(() =>
        {
            Assert.That(finished.ExitCode, Is.EqualTo(40), finished.Output + finished.Error);
            Assert.That(finished.Output, Does.Contain("regressed: Kernel.Run(Size: 8) is slower").And.Not.Contain("allocates").And.Not.Contain("counts"));
            Assert.That(Git("worktree", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), "worktrees are removed");
        });
    }

    [Test]
    public void Gate_AllocatesAndCountsMore_EachIsNamed()
    {
        Write(factor: "1.0", bytes: 24, count: 101);
        var finished = Run("perf", "gate", "HEAD", "--rounds", "1");
        Assert.That(finished.ExitCode, Is.EqualTo(40), finished.Output + finished.Error);
        Assert.That(finished.Output, Does.Contain("allocates 24 bytes").And.Contain("counts 101 multiply-adds, 100 before").And.Not.Contain("is slower"));
    }

    [Test]
    public void Compare_RevisionWithItself_FindsNothing()
    {
        var finished = Run("perf", "compare", "HEAD", "HEAD", "--rounds", "6");
        Assert.That(finished.ExitCode, Is.Zero, finished.Output + finished.Error);
        Assert.That(finished.Output, Does.Contain("Kernel.Run(Size: 8)").And.Contain("no change found").And.Not.Contain("slower"));
    }

    [Test]
    public void Run_Twice_HistoryHasBoth()
    {
        Assert.That(Run("perf", "run").ExitCode, Is.Zero);
        Assert.That(Run("perf", "run").ExitCode, Is.Zero);
        var finished = Run("perf", "history", "--format", "json");
        using var document = JsonDocument.Parse(finished.Output);
        var series = document.RootElement.EnumerateArray().Single();
        var commit = Git("rev-parse", "HEAD").Trim();
        Assert.Multiple(() =>
        {
            Assert.That(series.GetProperty("name").GetString(), Is.EqualTo("Kernel.Run(Size: 8)"));
            Assert.That(series.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("commit").GetString()), Is.EqualTo(new[] { commit, commit }));
            Assert.That(series.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetDouble()), Is.All.InRange(1000, 1020));
            Assert.That(series.GetProperty("changes").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public void History_RunsOfVerify_AreFollowedToo()
    {
        Assert.That(Run("verify", LooseClaim, "--profile", "gate", "--data", "none").ExitCode, Is.Zero);
        var finished = Run("perf", "history");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain(LooseClaim + " (gate): largest radius").And.Contain(LooseClaim + " (gate): looseness"));

        var run = Directory.GetDirectories(Path.Combine(Folder, "harness-out")).Single();
        var report = Run("report", run, "--figures", "--history");
        Assert.Multiple(() =>
        {
            Assert.That(report.ExitCode, Is.Zero, report.Error);
            Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Contain("id=\"history\""));
            Assert.That(Directory.GetFiles(Path.Combine(run, "figures")).Select(Path.GetFileName), Is.EquivalentTo(new[] { LooseClaim + ".csv", LooseClaim + ".svg" }));
        });
    }

    [TestCase("is not a revision", "compare", "nosuch")]
    [TestCase("No benchmark", "run", "--filter", "none")]
    [TestCase("Nothing was measured yet", "history")]
    [TestCase("greater than 1", "compare", "HEAD", "--threshold", "0.9")]
    public void Perf_WrongWord_OneLineThatHelps(string help, params string[] arguments)
    {
        var finished = Run(["perf", .. arguments]);
        Assert.That(finished.ExitCode, Is.EqualTo(1), finished.Error);
        Assert.That(finished.Error.TrimEnd().Split('\n')[^1], Does.StartWith("harness: ").And.Contain(help));
    }

    [Test]
    public void Run_OutsideACheckout_SaysWhereToGo()
    {
        File.Delete(Path.Combine(Folder, "Harness.sln"));
        var finished = Run("perf", "run");
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("not inside a checkout"));
    }

    private void Write(string factor, int bytes, int count) => File.WriteAllText(
        Path.Combine(Folder, "perf", "Harness.Perf", "Program.cs"),
        Program.Replace("FACTOR", factor, StringComparison.Ordinal).Replace("BYTES", $"{bytes}", StringComparison.Ordinal).Replace("COUNT", $"{count}", StringComparison.Ordinal));

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero);
        return output;
    }
}
