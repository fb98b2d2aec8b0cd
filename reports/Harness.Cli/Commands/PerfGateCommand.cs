using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf gate</c>: fails a build that became slower, allocates, or counts more operations.</summary>
internal static class PerfGateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var baseline = new Argument<string>("BASE") { Description = "The git revision that the working tree is compared with." };
        var (filter, rounds, threshold) = (PerfOptions.Filter(), PerfOptions.Rounds(), PerfOptions.Threshold());
        var command = new ExemplifiedCommand(
            "gate",
            $"Compare the working tree with a revision, and end with exit code {ExitCode.PerformanceRegressed} where a benchmark became slower, counts more operations, or allocates although perf/zero-allocation.txt has it.",
            ("harness perf gate origin/main", "in a build"),
            ("harness perf gate HEAD --threshold 1.10 --rounds 20", "less strict, and surer"))
        {
            baseline, filter, rounds, threshold,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var checkout = Checkout.Around(Environment.CurrentDirectory);
            Console.Error.WriteLine("Measuring allocations.");
            var unallocating = await PerformanceRun.MeasureAsync(checkout, checkout.Globs(PerformanceRun.ZeroAllocation), cancellation);
            var compared = await PerfCompareCommand.RunAsync(
                checkout, parsed.GetValue(baseline)!, head: null, PerfOptions.Globs(parsed.GetValue(filter), checkout), parsed.GetValue(rounds), cancellation);
            var factor = parsed.GetValue(threshold) ?? PerfCompareCommand.StandardThreshold;
            PerformanceTables.WriteComparison(Terminal.Out, compared, factor, PerfCompareCommand.Level);
            string[] complaints =
            [
                .. unallocating.Where(line => line.BytesAllocated > 0).Select(line => $"{line.Benchmark} allocates {line.BytesAllocated} bytes an operation"),
                .. compared.Benchmarks.Where(one => one.HasMoreOperations).Select(one => $"{one.Name} counts {one.Head.MultiplyAdds} multiply-adds, {one.Base.MultiplyAdds} before"),
                .. compared.Benchmarks.Where(one => one.Rounds.Decide(factor, PerfCompareCommand.Level / compared.Benchmarks.Length) == TimeChange.Slower).Select(one => $"{one.Name} is slower"),
            ];
            foreach (var complaint in complaints)
            {
                Console.Out.WriteLine($"regressed: {complaint}");
            }

            return complaints.Length > 0 ? ExitCode.PerformanceRegressed : ExitCode.Holds;
        });
        return command;
    }
}
