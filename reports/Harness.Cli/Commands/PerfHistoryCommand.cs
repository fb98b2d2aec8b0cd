using System.CommandLine;
using System.IO.Enumeration;
using Harness.Cli.Output;
using Harness.Reports.Ledger;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf history</c>: every series with the places where it changed.</summary>
internal static class PerfHistoryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (ledger, format) = (PerfOptions.Ledger(), Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md)."));
        var runs = new Option<string>("--runs") { Description = "The folder with the runs of 'verify', whose looseness and radii are followed too.", HelpName = "DIR", DefaultValueFactory = _ => "harness-out" };
        var only = new Option<string>("--only") { Description = "Only series whose name a glob matches.", HelpName = "GLOB", DefaultValueFactory = _ => "*" };
        var command = new ExemplifiedCommand(
            "history",
            "Show times, bytes and operations of benchmarks, and looseness and radii of claims, commit by commit, with the places where their level changed.",
            ("harness perf history", "all series"),
            ("harness perf history --only 'azls.*'", "how much room the verdicts of a paper have"),
            ("harness perf history --format json", "for a program"))
        {
            ledger, runs, only, format,
        };
        command.SetAction(parsed =>
        {
            var (file, folder, glob) = (parsed.GetValue(ledger)!, parsed.GetValue(runs)!, parsed.GetValue(only)!);
            string[] folders = Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(run => File.Exists(LedgerFolder.Verdicts(run)))] : [];
            if (!File.Exists(file) && folders.Length == 0)
            {
                throw new UsageException($"Nothing was measured yet: there is no {file}, and no finished run in {folder}. 'harness perf run' and 'harness verify' write them.");
            }

            IEnumerable<Series> all = [.. File.Exists(file) ? Histories.OfBenchmarks(PerformanceLedger.Read(file)) : [], .. Histories.OfVerdicts(folders)];
            Series[] series = [.. all.Where(one => FileSystemName.MatchesSimpleExpression(glob, one.Name, ignoreCase: false))];
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(Json.Text(series.Select(SeriesJson.Of)));
            }
            else
            {
                PerformanceTables.WriteHistory(Terminal.Out, series);
            }

            return ExitCode.Holds;
        });
        return command;
    }
}
