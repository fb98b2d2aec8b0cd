using System.CommandLine;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary>Options that parts of <c>harness perf</c> share.</summary>
internal static class PerfOptions
{
    /// <summary>Where measurements are kept unless said otherwise.</summary>
    private static readonly string StandardLedger = Path.Combine(RunFolder.Home, RunFolder.PerformanceLedger);

    /// <summary>The option <c>--ledger FILE</c>.</summary>
    public static Option<string> Ledger() => new WordedOption<string>("--ledger", "harness-out/performance.jsonl") { Description = "The file of measurements.", HelpName = "FILE", DefaultValueFactory = _ => StandardLedger };

    /// <summary>The option <c>--filter GLOB…</c>.</summary>
    public static Option<string[]> Filter() => new("--filter")
    {
        Description = "Only benchmarks that a glob matches, as '*CholeskyFactor*' or '*Factor(Size: 240)'. Default: those in perf/tracked.txt.",
        HelpName = "GLOB",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The option <c>--rounds N</c>.</summary>
    public static Option<int> Rounds() => Numbers.Count("--rounds", "Rounds of base, head and head again. A round of the tracked benchmarks takes about a minute.", 12);

    /// <summary>The option <c>--threshold F</c>.</summary>
    public static Option<double?> Threshold() =>
        Numbers.Optional("--threshold", "A change of time matters from this factor on. Default: 1.05.", "F", factor => factor > 1, "a number greater than 1, such as 1.05");

    /// <summary>The globs that were asked for, or those of the checkout.</summary>
    public static string[] Globs(string[]? filter, Checkout checkout) => filter is { Length: > 0 } ? filter : checkout.Globs(PerformanceRun.Tracked);
}
