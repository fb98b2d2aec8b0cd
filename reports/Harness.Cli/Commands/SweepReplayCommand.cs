using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Cli.Output;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep replay</c>: computes one trial of a cell again.</summary>
internal static class SweepReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var manifest = SweepOptions.Manifest();
        var cell = new Argument<string>("CELL") { Description = "Id of a cell, or its beginning." };
        var trial = new Option<int>("--trial") { Description = "Which trial.", HelpName = "T", DefaultValueFactory = _ => 0 };
        var command = new ExemplifiedCommand(
            "replay",
            "Compute one trial of a cell again, bit for bit, and show what it observes.",
            ("harness sweep replay manifest.jsonl 5f3a --trial 2", "the third trial of the cell whose id begins with 5f3a"))
        {
            manifest, cell, trial,
        };
        command.SetAction(parsed =>
        {
            var sweep = SweepManifest.Open(parsed.GetRequiredValue(manifest), Catalogue.All);
            var id = parsed.GetRequiredValue(cell);
            SweepCell[] found = [.. sweep.Shards.SelectMany(sweep.Cells).Where(c => c.Id.StartsWith(id, StringComparison.Ordinal)).Take(2)];
            if (found is not [var only] || parsed.GetValue(trial) < 0)
            {
                throw new UsageException(found.Length == 0 ? $"{sweep.Folder.Manifest} has no cell {id}." : found.Length > 1 ? $"Several cells begin with {id}: {found[0].Id} and {found[1].Id}, for instance." : "--trial: expected a whole number of at least 0.");
            }

            Console.Out.WriteLine(TrialText.Of(only.Item(parsed.GetValue(trial)), only.Observe(parsed.GetValue(trial))));
            return ExitCode.Holds;
        });
        return command;
    }
}
