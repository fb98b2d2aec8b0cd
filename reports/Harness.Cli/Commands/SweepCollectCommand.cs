using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep collect</c>: merges the shards into the ledger of the sweep.</summary>
internal static class SweepCollectCommand
{
    /// <summary>Violated cells that are named one by one.</summary>
    private const int MostNamed = 10;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var manifest = SweepOptions.Manifest();
        var command = new ExemplifiedCommand(
            "collect",
            "Check every shard and merge all into one ledger, the same bytes in whatever order they were computed. Damaged files are named and set aside.",
            ("harness sweep collect sweep-out/looseness/manifest.jsonl", "after tasks that were submitted by hand"))
        {
            manifest,
        };
        command.SetAction(parsed => Collect(SweepManifest.Open(parsed.GetRequiredValue(manifest), Catalogue.All)));
        return command;
    }

    /// <summary>Collects, and says what is missing.</summary>
    public static int Collect(SweepManifest manifest)
    {
        var collected = SweepCollection.Collect(manifest);
        foreach (var message in collected.Damaged)
        {
            Console.Error.WriteLine($"harness: {message} It was set aside, and its shard has to be computed again.");
        }

        if (!collected.IsComplete)
        {
            Console.Error.WriteLine($"harness: {collected.Missing.Length} of {manifest.Shards.Length} shards are missing. Continue with: harness sweep run {manifest.Folder.Manifest}");
            return ExitCode.EnvironmentFailed;
        }

        foreach (var cell in collected.Violated.Take(MostNamed))
        {
            Console.Error.WriteLine($"harness: {cell} is violated. See it with: harness sweep replay {manifest.Folder.Manifest} {cell.Id}");
        }

        if (collected.Violated.Length > MostNamed)
        {
            Console.Error.WriteLine($"harness: {collected.Violated.Length} cells are violated in all.");
        }

        Console.Out.WriteLine(manifest.Folder.Ledger);
        return collected.Violated.IsEmpty ? ExitCode.Holds : ExitCode.Violated;
    }
}
