using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf run</c>: measures and keeps.</summary>
internal static class PerfRunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (filter, ledger) = (PerfOptions.Filter(), PerfOptions.Ledger());
        var command = new ExemplifiedCommand(
            "run",
            "Build the benchmarks of this checkout, run them, and append times, bytes and counted operations to the file of measurements.",
            ("harness perf run", "the benchmarks in perf/tracked.txt"),
            ("harness perf run --filter '*CholeskyFactor<Double>*'", "others"))
        {
            filter, ledger,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var checkout = Checkout.Around(Environment.CurrentDirectory);
            var globs = PerfOptions.Globs(parsed.GetValue(filter), checkout);
            Console.Error.WriteLine($"Building the benchmarks in {checkout.Folder} and running {globs.Length} filters, a few seconds a benchmark.");
            var lines = await PerformanceRun.MeasureAsync(checkout, globs, cancellation);
            PerformanceLedger.Append(parsed.GetValue(ledger)!, lines);
            PerformanceTables.WriteRun(Terminal.Out, lines);
            Console.Out.WriteLine($"Appended to {parsed.GetValue(ledger)}. 'harness perf history' shows where times changed.");
            return ExitCode.Holds;
        });
        return command;
    }
}
