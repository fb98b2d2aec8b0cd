// The build: thin targets around the commands that the README gives a user. `dotnet cake --description` lists them.

#load "packages.cake"

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var filter = Argument("filter", "*");
var baseline = Argument("base", "HEAD~1");

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
        var exitCode = StartProcess("dotnet", new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder()
                .AppendQuoted($"artifacts/bin/Harness.Cli/{configuration.ToLowerInvariant()}/harness.dll")
                .Append("verify").Append("--out").AppendQuoted("artifacts/verify"),
        });
        if (exitCode != 0)
        {
            throw new CakeException($"harness verify ended with exit code {exitCode}: 10 violated, 20 undecided, 30 environment.");
        }
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
    .Does(() =>
    {
        var exitCode = StartProcess("dotnet", new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder()
                .AppendQuoted($"artifacts/bin/Harness.Cli/{configuration.ToLowerInvariant()}/harness.dll")
                .Append("perf").Append("gate").AppendQuoted(baseline),
        });
        if (exitCode != 0)
        {
            throw new CakeException($"harness perf gate ended with exit code {exitCode}: 40 regressed, 30 environment.");
        }
    });

Task("PublicApi")
    .Description("Writes down anew what Core and Claims offer, after a change on purpose; the build fails until it is written down.")
    .DoesForEach(
        new[] { "core/Harness.Core", "proofs-checks/Harness.Claims" },
        library =>
        {
            System.IO.File.WriteAllText($"{library}/PublicAPI.Unshipped.txt", "#nullable enable\n");
            DotNetFormatAnalyzers(library, new DotNetFormatSettings { Diagnostics = { "RS0016" }, Severity = DotNetFormatSeverity.Warning });
        });

Task("Default")
    .Description("Build, Test, Verify.")
    .IsDependentOn("Test")
    .IsDependentOn("Verify");

RunTarget(target);
