// Mutation of the harness itself: Stryker.NET on the code that decides, part by part. What it found: docs/mutation.md.

using System.Text.Json;

// A part: the files that are changed, and the checks that have to notice. The checks are those written for these files, so that a change is not run through everything that is built on them.
record MutationPart(string Name, string Project, string Folder, string[] Files, string[] Checks);

const double FewestKilled = 0.9;

static readonly MutationPart[] MutationParts =
[
    new("Decisions", "proofs-checks/Harness.Claims", "Decisions", ["*"], ["Decisions"]),
    new("Model", "proofs-checks/Harness.Claims", "Model", ["*"], ["Model", "Decisions.CostCountTests", "Decisions.MeanFormulaTests.Inequality_Settles"]),
    new("Rounding", "core/Harness.Core", "Enclosures", ["RoundedUp*", "Rounding", "Precision"], ["Core.Enclosures.RoundedUpTests", "Core.Enclosures.RoundingConstantsTests", "Core.Enclosures.RefusedArgumentsTests.Batches", "Core.Enclosures.BallTests.RoundedSqrt"]),
    new("Balls", "core/Harness.Core", "Enclosures", ["Ball", "Ball.*", "Polynomial", "CertifiedCosine"], ["Core.Enclosures.BallTests", "Core.Enclosures.BallElementaryTests", "Core.Enclosures.CertifiedCosineTests", "Core.Enclosures.RefusedArgumentsTests", "Oracles.ArbTests.ElementaryFunctions"]),
    new("Points", "core/Harness.Core", "Enclosures", ["*Point"], ["Core.Enclosures.PointFunctionsTests", "Core.Enclosures.BallElementaryTests"]),
    new("Batches", "core/Harness.Core", "Enclosures", ["BallLanes", "BallSpan", "BallVector*"], ["Core.Enclosures.BallVectorTests", "Core.Enclosures.BallElementaryTests.Batches", "Core.Enclosures.RefusedArgumentsTests.Batches"]),
    new("Products", "core/Harness.Core", "Enclosures", ["CertifiedProduct", "CertifiedGram", "ProductRounding"],
        ["Core.Enclosures.CertifiedProductTests", "Core.Enclosures.CertifiedGramTests", "Core.Enclosures.RefusedArgumentsTests", "Fuzzing.FuzzTests.Target_"]),
    new("Eigenvalues", "core/Harness.Core", "Enclosures", ["EigenvalueBounds"], ["Core.Enclosures.EigenvalueBoundsTests", "Core.Enclosures.RefusedArgumentsTests.Eigenvalues"]),
    new("Networks", "core/Harness.Core", "Enclosures", ["BatchRadii", "CertifiedForward", "CertifiedGradient", "CertifiedLoss", "CertifiedTangentKernel", "LayerGrams"],
        ["Core.Enclosures.RefusedArgumentsTests", "Core.Enclosures.CertifiedNetworkTests", "Core.Enclosures.WideBallTests", "Core.Enclosures.CertifiedTightnessTests", "Core.Enclosures.HardEmpiricalKernelTests.Tangent", "Oracles.ArbTests.NetworkAt", "Fuzzing.FuzzTests.Target_"]),
    new("DoubleDouble", "core/Harness.Core", "Enclosures", ["DoubleDouble*"], ["Core.Enclosures.RefusedArgumentsTests", "Core.Enclosures.DoubleDoubleForwardTests", "Core.Enclosures.CertifiedTightnessTests"]),
    new("Limits", "core/Harness.Core", "Enclosures",
        ["ArcCosineKernel", "CertifiedLimitKernel", "CertifiedSeparation", "CertifiedShallowLimit", "LimitEigenvalueBound", "NormalDistribution", "RectifierSecant"],
        ["Core.Enclosures.RefusedArgumentsTests", "Core.Enclosures.CertifiedLimitKernelTests", "Core.Enclosures.CertifiedShallowLimitTests", "Core.Enclosures.NormalDistributionTests", "Core.Enclosures.RectifierSecantTests", "Oracles.ArbKernelTests"]),
    new("Duals", "core/Harness.Core", "Enclosures", ["CertifiedDual", "CertifiedPiecewiseDual", "CertifiedSample"],
        ["Core.Enclosures.CertifiedDualTests", "Core.Tangents.PiecewiseAffineKernelTests", "Core.Tangents.ConvolutionalKernelTests", "Oracles.ArbKernelTests"]),
    new("Shallow", "core/Harness.Core", "Enclosures", ["ShallowCertificate", "ShallowCertifier", "CertifiedShallowKernel"], ["Core.Enclosures.RefusedArgumentsTests", "Core.Enclosures.ShallowCertificateTests", "Core.Enclosures.HardEmpiricalKernelTests.Shallow"]),
];

Task("Mutate")
    .Description("Runs Stryker.NET on one folder, --folder=Decisions|Model|Enclosures, with the checks of that folder (--part=NAME for a part of it), and writes reports to artifacts/mutation; fails below 90 % killed. What it found: docs/mutation.md.")
    .Does(() =>
    {
        var parts = MutationParts.Where(p => p.Folder == folder && (part == "" || p.Name == part)).ToArray();
        if (parts.Length == 0)
        {
            throw new CakeException($"--folder={folder} --part={part}: there are {string.Join(", ", MutationParts.Select(p => $"--folder={p.Folder} --part={p.Name}"))}.");
        }

        var results = parts.Select(p => (p.Name, Counts: Mutate(p))).ToArray();
        foreach (var (name, counts) in results.Append((folder, results.Aggregate((Killed: 0, All: 0), (sum, r) => (sum.Killed + r.Counts.Killed, sum.All + r.Counts.All)))))
        {
            Information($"{name}: {counts.Killed} of {counts.All} mutants killed, {(double)counts.Killed / counts.All:P1}");
        }

        if (results.Sum(r => r.Counts.Killed) < FewestKilled * results.Sum(r => r.Counts.All))
        {
            throw new CakeException($"Less than {FewestKilled:P0} of the mutants were killed. The survivors are in artifacts/mutation, and those that are known in docs/mutation.md.");
        }
    });

(int Killed, int All) Mutate(MutationPart p)
{
    // Stryker changes a whole project, and compiles it until every change that does not compile is taken back, before it looks which files were asked for. It leaves generated code alone: in a copy all other files are marked so.
    var source = MakeAbsolute(Directory("artifacts/mutation/source"));
    StartProcess("git", new ProcessSettings { Arguments = "ls-files --cached --others --exclude-standard", RedirectStandardOutput = true }, out var tracked);
    foreach (var file in tracked.Where(System.IO.File.Exists))
    {
        var content = System.IO.File.ReadAllBytes(file);
        if (file.StartsWith(p.Project + "/", StringComparison.Ordinal) && System.IO.Path.GetExtension(file) == ".cs")
        {
            content = p.Files.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression($"{p.Project}/{p.Folder}/{pattern}.cs", file))
                ? WithConstantTables(content)
                : [.. "// <auto-generated/>\n#nullable enable\n"u8, .. content];
        }

        WriteChanged($"{source}/{file}", content);
    }

    var output = MakeAbsolute(Directory($"artifacts/mutation/{p.Folder}/{p.Name}"));
    CleanDirectory(output);
    var checks = string.Join("|", p.Checks.Select(c => $"FullyQualifiedName~Harness.ProofsChecks.{c}"));
    Run(
        "dotnet",
        new ProcessArgumentBuilder().Append("stryker").Append("--project").Append($"{System.IO.Path.GetFileName(p.Project)}.csproj").Append("--output").AppendQuoted(output.FullPath),
        new Dictionary<string, string>
        {
            ["RunAnalyzers"] = "false",
            ["HARNESS_CHECKS_OPTIONS"] = $"--filter\n({checks})&FullyQualifiedName!~Simulations&FullyQualifiedName!~ConditionTenToTheSix&FullyQualifiedName!~2048\n--settings\n{source}/proofs-checks/Harness.ProofsChecks/stop-at-first.runsettings",
            ["HARNESS_CHECKS_DIVISOR"] = "20",
        },
        $"{source}/proofs-checks/Harness.ProofsChecks");

    // The shares of mutants that compile: a timeout is noticed, a mutant that no check reaches is not.
    using var report = JsonDocument.Parse(System.IO.File.ReadAllText($"{output}/reports/mutation-report.json"));
    string[] states = [.. report.RootElement.GetProperty("files").EnumerateObject().SelectMany(f => f.Value.GetProperty("mutants").EnumerateArray()).Select(m => m.GetProperty("status").GetString())];
    var killed = states.Count(s => s is "Killed" or "Timeout");
    return (killed, killed + states.Count(s => s is "Survived" or "NoCoverage"));
}

// A span over a table is read from the assembly, which a table with a changed number is not: that does not compile, and Stryker does not find out why.
byte[] WithConstantTables(byte[] source) => System.Text.Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(
    System.Text.Encoding.UTF8.GetString(source), @"^( *)(private static ReadOnlySpan<\w+> \w+ =>)", "$1// Stryker disable once all: a table of constants\n$1$2", System.Text.RegularExpressions.RegexOptions.Multiline));

// Only what changed, so that only that is built again.
void WriteChanged(string path, byte[] content)
{
    if (!System.IO.File.Exists(path) || !content.AsSpan().SequenceEqual(System.IO.File.ReadAllBytes(path)))
    {
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path));
        System.IO.File.WriteAllBytes(path, content);
    }
}
