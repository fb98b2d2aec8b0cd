using System.CommandLine;
using Harness.Reports.Performance;

namespace Harness.Cli.Commands;

/// <summary><c>harness report DIR</c>: the report of a run, again.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run." };
        var own = new ClaimsOption("; default: where the run found them");
        var figures = new Option<string?>("--figures")
        {
            Description = "Write every figure too, as SVG, and what it shows as CSV. Default folder: figures in the run's.", HelpName = "FOLDER", Arity = ArgumentArity.ZeroOrOne,
        };
        var history = new Option<string[]>("--history")
        {
            Description = $"Show earlier runs and benchmarks, and where they changed: folders of runs, or folders with runs and {RunFolder.PerformanceLedger} in them. Default folder: {RunFolder.Home}.", HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new ExemplifiedCommand(
            "report",
            "Decide a run again from its ledger, and write its report; nothing is computed.",
            ("harness report run1", "after the catalogue's wording or the report's layout changed, or for a run that is not complete"),
            ("harness report run1 --figures", "and run1/figures/CLAIM.svg and CLAIM.csv, for a paper or a program of your own"),
            ("harness report run1 --history", $"and how its numbers went over the runs in {RunFolder.Home}"),
            ("harness report run1 --history nightly older/run7", "or over others"))
        {
            folder, figures, history,
        };
        own.AddTo(command);
        command.SetAction(parsed =>
        {
            var run = parsed.GetRequiredValue(folder);
            var series = parsed.GetResult(history) is null ? [] : History(run, parsed.GetValue(history) is { Length: > 0 } chosen ? chosen : [RunFolder.Home]);
            return Verification.Report(run, parsed.GetResult(figures) is null ? null : Figures(parsed.GetValue(figures) ?? Path.Combine(run, "figures")), series, own.Path(parsed));
        });
        return command;
    }

    private static string Figures(string folder) => File.Exists(folder) ? throw new UsageException($"{folder} is a file; name a folder for the figures.") : folder;

    private static IReadOnlyList<Series> History(string run, string[] folders)
    {
        if (Array.Find(folders, folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new UsageException($"There is no folder {missing}. Name one with runs of 'harness verify' in it.");
        }

        string[] runs = [.. folders.Append(run).SelectMany(Histories.RunsIn).DistinctBy(Path.GetFullPath)];
        string[] ledgers = [.. folders.Select(folder => Path.Combine(folder, RunFolder.PerformanceLedger)).Where(File.Exists)];
        return [.. Histories.OfVerdicts(runs, PerfHistoryCommand.TellLeftOut), .. Histories.OfBenchmarks(ledgers.SelectMany(PerformanceLedger.Read))];
    }
}
