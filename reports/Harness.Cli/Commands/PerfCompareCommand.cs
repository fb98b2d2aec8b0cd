using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf compare</c>: two revisions, in turns on this machine.</summary>
internal static class PerfCompareCommand
{
    /// <summary>Chance that equal revisions are told apart, over all benchmarks.</summary>
    public const double Level = 0.01;

    /// <summary>The threshold unless said otherwise.</summary>
    public const double StandardThreshold = 1.05;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var baseline = new Argument<string>("BASE") { Description = "A git revision." };
        var head = new Argument<string?>("HEAD") { Description = "Another; without it, the working tree as it stands.", Arity = ArgumentArity.ZeroOrOne };
        var (filter, rounds, threshold) = (PerfOptions.Filter(), PerfOptions.Rounds(), PerfOptions.Threshold());
        var command = new ExemplifiedCommand(
            "compare",
            "Build two revisions side by side, run their benchmarks in turns, and say which times changed: by a Mann-Whitney test on the rounds' ratios, against the noise of head compared with itself.",
            ("harness perf compare main", "what my changes did to the tracked benchmarks"),
            ("harness perf compare HEAD~3 HEAD --filter '*LayerProducts<Double>.Multiply(Samples: 64, Width: 256)'", "one benchmark at two commits"))
        {
            baseline, head, filter, rounds, threshold,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var checkout = Checkout.Around(Environment.CurrentDirectory);
            var compared = await RunAsync(
                checkout, parsed.GetValue(baseline)!, parsed.GetValue(head), PerfOptions.Globs(parsed.GetValue(filter), checkout), parsed.GetValue(rounds), cancellation);
            PerformanceTables.WriteComparison(Terminal.Out, compared, parsed.GetValue(threshold) ?? StandardThreshold, Level);
            return ExitCode.Holds;
        });
        return command;
    }

    /// <summary>Compares with progress on standard error.</summary>
    public static async Task<ComparedRevisions> RunAsync(Checkout checkout, string baseline, string? head, string[] globs, int rounds, CancellationToken cancellation)
    {
        Console.Error.WriteLine($"Building {baseline} and {head ?? "the working tree"}.");
        return await TurnProgress.ShowAsync(
            turns: 3 * rounds, progress => PerformanceRun.CompareAsync(checkout, baseline, head, globs, rounds, progress, cancellation));
    }
}
