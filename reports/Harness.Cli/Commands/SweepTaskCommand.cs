using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep task</c>: computes one shard; what a scheduler's tasks run.</summary>
internal static class SweepTaskCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var manifest = SweepOptions.Manifest();
        var index = new Option<int?>("--index") { Description = "Index of the shard. Default: that of the scheduler's task, from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX.", HelpName = "I" };
        var offset = new Option<int>("--offset") { Description = "Added to the index: for arrays that a scheduler allows to be only so long.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var command = new ExemplifiedCommand(
            "task",
            "Compute one shard of a sweep. Ends with 0 when it is finished, 10 where a cell refutes its claim (do not repeat), 30 where the environment failed (repeat).",
            ("harness sweep task manifest.jsonl --index 3", "by hand"),
            ("harness sweep task manifest.jsonl", "in a task of a Slurm job array or of a Kubernetes Indexed Job"))
        {
            manifest, index, offset,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetRequiredValue(manifest), (parsed.GetValue(index) ?? Scheduled()) + parsed.GetValue(offset), cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(string path, int index, CancellationToken cancellation)
    {
        var manifest = SweepManifest.Open(path, Catalogue.All);
        if (index < 0 || index >= manifest.Shards.Length)
        {
            throw new UsageException($"There is no shard {index}: {path} has the shards 0 to {manifest.Shards.Length - 1}.");
        }

        var shard = manifest.Shards[index];
        var violated = new ShardWorker(manifest).Run(shard, new Progress<int>(), cancellation);
        foreach (var cell in violated)
        {
            Console.Error.WriteLine($"harness: {cell} is violated. See it with: harness sweep replay {path} {cell.Id}");
        }

        return violated.IsEmpty ? ExitCode.Holds : ExitCode.Violated;
    }

    private static int Scheduled()
    {
        foreach (var name in new[] { "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX" })
        {
            if (int.TryParse(Environment.GetEnvironmentVariable(name), out var index))
            {
                return index;
            }
        }

        throw new UsageException("Which shard? Give --index, or run in a scheduler's task, where SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX tells.");
    }
}
