using System.CommandLine;
using System.IO.Enumeration;
using Harness.Cli.Output;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf history</c>: every series with the places where it changed.</summary>
internal static class PerfHistoryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (ledger, format) = (PerfOptions.Ledger(), Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md)."));
        var runs = new Option<string>("--runs") { Description = "The folder with the runs of 'verify', whose numbers are followed too.", HelpName = "DIR", DefaultValueFactory = _ => RunFolder.Home };
        var only = new Option<string>("--only") { Description = "Only series whose name a glob matches.", HelpName = "GLOB", DefaultValueFactory = _ => "*" };
        var changed = new Option<bool>("--changed") { Description = "Only series that changed." };
        var command = new ExemplifiedCommand(
            "history",
            "Show times, bytes and operations of benchmarks, and looseness, constants, exponents and radii of claims, commit by commit, with the places where their level changed.",
            ("harness perf history", "all series"),
            ("harness perf history --only 'azls.*'", "how much room the verdicts of a paper have"),
            ("harness perf history --changed", "what changed at all"),
            ("harness perf history --format json", "for a program"))
        {
            ledger, runs, only, changed, format,
        };
        command.SetAction(parsed =>
        {
            var (file, folder, glob) = (parsed.GetValue(ledger)!, parsed.GetValue(runs)!, parsed.GetValue(only)!);
            string[] folders = [.. Histories.RunsIn(folder)];
            if (!File.Exists(file) && folders.Length == 0)
            {
                throw new UsageException($"Nothing was measured yet: there is no {file}, and no finished run in {folder}. 'harness perf run' and 'harness verify' write them.");
            }

            IEnumerable<Series> all = [.. File.Exists(file) ? Histories.OfBenchmarks(PerformanceLedger.Read(file)) : [], .. Histories.OfVerdicts(folders, TellLeftOut)];
            Series[] series = [.. all.Where(one => FileSystemName.MatchesSimpleExpression(glob, one.Name, ignoreCase: false) && !(parsed.GetValue(changed) && one.Changes.IsEmpty))];
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

    /// <summary>Tells on standard error why a run is not in a history.</summary>
    public static void TellLeftOut(string reason) => Console.Error.WriteLine($"harness: left out: {reason}");
}
