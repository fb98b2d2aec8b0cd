// The build: thin targets around the commands that the README gives a user. `dotnet cake --description` lists them.

#load "packages.cake"
#load "mutation.cake"

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var filter = Argument("filter", "*");
var baseline = Argument("base", "HEAD~1");
var reader = Argument("reader", "npz");
var minutes = Argument("minutes", 5);
var folder = Argument("folder", "Decisions");
var part = Argument("part", "");

Task("Build")
    .Description("Builds the solution; warnings are errors.")
    .Does(() => DotNetBuild("Harness.sln", new DotNetBuildSettings { Configuration = configuration }));

Task("Test")
    .Description("Runs every check: laws of the core, claims and their mutants, decision procedures, report and command line.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest("Harness.sln", new DotNetTestSettings { Configuration = configuration, NoBuild = true, PathType = DotNetTestPathType.Solution }));

Task("Verify")
    .Description("Checks the catalogue in the default profile and writes ledger and report to artifacts/verify.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        CleanDirectory("artifacts/verify");
        Harness("10 violated, 20 undecided, 30 environment", "verify", "--out", "artifacts/verify");
    });

Task("Report")
    .Description("Writes the report of artifacts/verify again, with its figures as SVG and CSV in artifacts/verify/figures, and with the history of harness-out where there is one.")
    .IsDependentOn("Build")
    .Does(() => Harness("1 no run in artifacts/verify", ["report", "artifacts/verify", "--figures", .. DirectoryExists("harness-out") ? new[] { "--history", "harness-out" } : []]));

Task("Thorough")
    .Description("Checks the catalogue in the thorough profile, which takes long, and writes ledger and report to artifacts/thorough; one that was stopped is continued.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        if (FileExists("artifacts/thorough/verdicts.jsonl"))
        {
            CleanDirectory("artifacts/thorough");
        }

        Harness(
            "10 violated, 20 undecided, 30 environment",
            FileExists("artifacts/thorough/request.json") ? ["verify", "--resume", "--out", "artifacts/thorough"] : ["verify", "--profile", "thorough", "--out", "artifacts/thorough"]);
    });

Task("Docs")
    .Description("Writes anew what is generated in docs, after a change of a command or of what it prints: a part of cli.md, and the JSON schema of verdicts.json.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        Harness("1 no docs/cli.md", "docs", "docs/cli.md");
        System.IO.File.WriteAllText("docs/verdicts.schema.json", Printed("schema"));
    });

Task("Bench")
    .Description("Runs the benchmarks, or those that --filter=GLOB names, and writes tables and JSON to artifacts/benchmarks.")
    .IsDependentOn("Build")
    .Does(() => DotNetRun(
        "perf/Harness.Perf",
        new ProcessArgumentBuilder().Append("--filter").AppendQuoted(filter),
        new DotNetRunSettings { Configuration = configuration, NoBuild = true }));

Task("Ratios")
    .Description("Times the kernels, or those that --filter=GLOB names, beside peers and the machine's limits, and prints a table; how it is made: docs/performance.md.")
    .IsDependentOn("Build")
    .Does(() => DotNetRun(
        "perf/Harness.Perf",
        new ProcessArgumentBuilder().Append("ratios").Append("--only").AppendQuoted(filter),
        new DotNetRunSettings { Configuration = configuration, NoBuild = true }));

Task("Gate")
    .Description("Compares the benchmarks of the working tree with those of --base=REVISION (default HEAD~1), and fails where one became slower, allocates, or counts more operations.")
    .IsDependentOn("Build")
    .Does(() => Harness("40 regressed, 30 environment", "perf", "gate", baseline));

Task("PublicApi")
    .Description("Writes down anew what Core and Claims offer, after a change on purpose; the build fails until it is written down.")
    .DoesForEach(
        new[] { "core/Harness.Core", "proofs-checks/Harness.Claims" },
        library =>
        {
            System.IO.File.WriteAllText($"{library}/PublicAPI.Unshipped.txt", "#nullable enable\n");
            DotNetFormatAnalyzers(library, new DotNetFormatSettings { Diagnostics = { "RS0016" }, Severity = DotNetFormatSeverity.Warning });
        });

Task("Fuzz")
    .Description("Lets AFL++ look for files that break a promise of the reader --reader=NAME (default npz; any other word lists them), for --minutes=N (default 5); needs Debian's afl++. Findings: artifacts/fuzz/NAME.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        var (program, valid, findings) = ("artifacts/fuzz/program", $"artifacts/fuzz/{reader}/valid", $"artifacts/fuzz/{reader}/findings");
        CleanDirectory(program);
        CleanDirectory($"artifacts/fuzz/{reader}");
        CopyDirectory($"artifacts/bin/Harness.ReportsChecks/{configuration.ToLowerInvariant()}", program);
        Run("dotnet", new ProcessArgumentBuilder().AppendQuoted($"{program}/Harness.ReportsChecks.dll").Append("--valid").AppendQuoted(reader).AppendQuoted(valid));
        Run("dotnet", new ProcessArgumentBuilder().Append("sharpfuzz").AppendQuoted($"{program}/Harness.Reports.dll"));

        // AFL++ looks for its own instrumentation in the program and for a core pattern that only root sets; SharpFuzz brings the one and reports exceptions itself.
        Run("afl-fuzz", new ProcessArgumentBuilder()
            .Append("-i").AppendQuoted(valid).Append("-o").AppendQuoted(findings).Append("-t").Append("10000").Append("-m").Append("none").Append("-V").Append($"{60 * minutes}")
            .Append("--").Append("dotnet").AppendQuoted($"{program}/Harness.ReportsChecks.dll").Append("--afl").AppendQuoted(reader),
            new Dictionary<string, string> { ["AFL_SKIP_BIN_CHECK"] = "1", ["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = "1", ["AFL_SKIP_CPUFREQ"] = "1", ["AFL_NO_UI"] = "1" });
        var broken = GetFiles($"{findings}/default/crashes/id*").Concat(GetFiles($"{findings}/default/hangs/id*")).ToArray();
        if (broken.Length > 0)
        {
            throw new CakeException($"{broken.Length} files break a promise, or keep the reader from ending; the first is {broken[0]}.");
        }
    });

Task("Default")
    .Description("Build, Test, Verify, Report.")
    .IsDependentOn("Test")
    .IsDependentOn("Verify")
    .IsDependentOn("Report");

// The program that was built.
ProcessSettings Program(params string[] arguments) => new()
{
    Arguments = arguments.Aggregate(
        new ProcessArgumentBuilder().AppendQuoted($"artifacts/bin/Harness.Cli/{configuration.ToLowerInvariant()}/harness.dll"), (all, argument) => all.AppendQuoted(argument)),
};

// Runs it; another exit code than 0 fails the build, and its meaning is in the message.
void Harness(string codes, params string[] arguments)
{
    var exitCode = StartProcess("dotnet", Program(arguments));
    if (exitCode != 0)
    {
        throw new CakeException($"harness {string.Join(' ', arguments)} ended with exit code {exitCode}: {codes}.");
    }
}

// What it prints.
string Printed(params string[] arguments)
{
    var settings = Program(arguments);
    settings.RedirectStandardOutput = true;
    var exitCode = StartProcess("dotnet", settings, out var lines);
    return exitCode == 0 ? string.Join('\n', lines) + "\n" : throw new CakeException($"harness {string.Join(' ', arguments)} ended with exit code {exitCode}.");
}

RunTarget(target);

// Starts a program and fails the build where the program fails.
void Run(string program, ProcessArgumentBuilder arguments, IDictionary<string, string> environment = null, string workingDirectory = ".")
{
    var exitCode = StartProcess(program, new ProcessSettings { Arguments = arguments, EnvironmentVariables = environment, WorkingDirectory = workingDirectory });
    if (exitCode != 0)
    {
        throw new CakeException($"{program} {arguments.RenderSafe()} ended with exit code {exitCode}.");
    }
}
