using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Cli.Output;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep plan</c>: writes the manifest of a sweep and says what it will cost.</summary>
internal static class SweepPlanCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = $"A sweep in TOML, or one that ships with the program: {string.Join(", ", ShippedSweeps.Names)}." };
        var folder = new Option<string?>("--out") { Description = "Folder of the sweep. Default: sweep-out/ and the name of the file.", HelpName = "DIR" };
        var workers = Numbers.Count("--workers", "Workers for which the time is predicted.", Environment.ProcessorCount);
        var shard = Numbers.Count("--shard-seconds", "Time that a task should take. Schedulers want a minute at least; short tasks lose less when they are killed.", 60);
        var command = new ExemplifiedCommand(
            "plan",
            "Write the cells of a sweep to a manifest and print their number, cost and expected time.",
            ("harness sweep plan looseness", "a sweep that ships with the program"),
            ("harness sweep plan mine.toml --out scratch/mine --workers 64", "one of your own; docs/sweeps.md has the form of the file"))
        {
            spec, folder, workers, shard,
        };
        command.SetAction(parsed => Plan(parsed.GetRequiredValue(spec), parsed.GetValue(folder), parsed.GetValue(workers), TimeSpan.FromSeconds(parsed.GetValue(shard))));
        return command;
    }

    private static int Plan(string name, string? folder, int workers, TimeSpan shardLength)
    {
        var path = ShippedSweeps.Find(name);
        var spec = SweepSpecFile.Read(path, Catalogue.All);
        SweepCell[] cells = [.. spec.Cells()];
        Console.Error.WriteLine($"{cells.Length} cells; timing a few trials.");
        var secondsPerOperation = SweepPilot.SecondsPerOperation(cells);
        var expected = TimeSpan.FromSeconds(cells.Sum(cell => cell.Cost) * secondsPerOperation);
        if (spec.Budget is { } budget && expected > budget)
        {
            throw new UsageException($"{path}: {cells.Length} cells are expected to take {Words.Of(expected)} on one worker, and the budget is {Words.Of(budget)}. Take fewer points or trials, or raise the budget.");
        }

        var manifest = Path.Combine(folder ?? Path.Combine("sweep-out", Path.GetFileNameWithoutExtension(path)), "manifest.jsonl");
        SweepManifest.Write(manifest, spec, cells, secondsPerOperation, shardLength);
        SweepTable.WritePlan(Terminal.Out, SweepManifest.Open(manifest, Catalogue.All), workers);
        Console.Out.WriteLine(manifest);
        return ExitCode.Holds;
    }
}
