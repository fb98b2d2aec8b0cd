using System.Globalization;
using Harness.Reports.Performance;

namespace Harness.Reports.Sweeps;

/// <summary>
/// The engine of a Slurm cluster: submits what is left of a sweep as job arrays, follows them, and submits again what was killed, lost or timed out. A claim that is violated is a result and is not repeated.
/// </summary>
/// <remarks>
/// Everything that is known lies in the sweep's folder, which tasks and this process share: a run that is killed leaves its arrays at work, and the next one finds and follows them. No accounting database is needed.
/// </remarks>
/// <param name="program">The command that runs harness on a node.</param>
/// <param name="workers">Most tasks at a time.</param>
/// <param name="poll">Time between looks at the queue.</param>
public sealed class SlurmEngine(IReadOnlyList<string> program, int workers, TimeSpan poll) : ISweepEngine
{
    /// <summary>Submissions of a shard that is killed, lost or timed out again and again.</summary>
    private const int Attempts = 5;

    /// <summary>Looks at the queue that may fail in a row before the controller counts as lost.</summary>
    private const int Patience = 60;

    /// <summary>Exit codes of tasks that are no reason to give up: the shard is finished, or its task may be tried again. Above the last a signal ended it.</summary>
    private const int Finished = 0, Violated = 10, EnvironmentFailed = 30, KilledBySignal = 128;

    /// <inheritdoc/>
    public void Run(SweepManifest manifest, IProgress<SweepProgress> progress, CancellationToken cancellation)
    {
        var queued = Queue(patience: 0).Select(task => task.Array).ToHashSet();
        var arrays = SlurmArray.All(manifest.Folder).Where(array => array.Job is { } job && queued.Contains(job)).ToList();
        try
        {
            // What an earlier run submitted is followed first, and submitted again only where it is lost.
            for (var attempt = arrays.Count > 0 ? -1 : 0; ; attempt++)
            {
                var left = SweepStatus.Of(manifest).Unfinished;
                if (attempt >= 0 && left.Count > 0)
                {
                    ThrowIfHopeless(manifest, arrays, left, attempt);
                    arrays.AddRange(Submit(manifest, left, attempt, cancellation));
                }

                if (Follow(manifest, arrays, progress, cancellation))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var job in arrays.Select(array => array.Job).OfType<string>().Intersect(Queue().Select(task => task.Array)))
            {
                Slurm("scancel", [job]);
            }

            throw;
        }
    }

    /// <summary>Submits shards as arrays within MaxArraySize, the dearest first, each array after the one before, so that no more tasks run than are wanted.</summary>
    private List<SlurmArray> Submit(SweepManifest manifest, IReadOnlyList<Shard> left, int attempt, CancellationToken cancellation)
    {
        var places = manifest.Shards.Index().ToDictionary(shard => shard.Item.Id, shard => shard.Index);
        var (arrays, after) = (new List<SlurmArray>(), (string?)null);
        foreach (var chunk in left.OrderByDescending(shard => shard.Cost).ThenBy(shard => shard.First).Chunk(MostTasks()))
        {
            cancellation.ThrowIfCancellationRequested();
            var array = new SlurmArray(manifest.Folder, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}-{arrays.Count}"));
            array.Prepare(chunk.Select(shard => places[shard.Id]));
            var limit = TaskLimits.Time(manifest.Expected(chunk[0].Cost)) * Math.Pow(2, attempt);
            after = Slurm("sbatch", array.Arguments(chunk.Length, workers, limit, chunk.Max(shard => shard.Memory), after), array.Script(program)).Trim().Split(';')[0];
            array.Submitted(after);
            arrays.Add(array);
        }

        return arrays;
    }

    /// <summary>Waits until none of the arrays has tasks in the queue.</summary>
    /// <returns>Whether every shard is finished.</returns>
    private bool Follow(SweepManifest manifest, List<SlurmArray> arrays, IProgress<SweepProgress> progress, CancellationToken cancellation)
    {
        while (true)
        {
            var own = arrays.Select(array => array.Job).OfType<string>().ToHashSet();
            var tasks = Queue().Where(task => own.Contains(task.Array)).ToList();
            var status = SweepStatus.Of(manifest);
            var running = tasks.Count(task => task.State is "RUNNING" or "COMPLETING");
            progress.Report(new(tasks.Count - running, running, status.Cells));
            if (tasks.Count == 0)
            {
                return SweepStatus.Of(manifest).Unfinished.Count == 0;
            }

            if (cancellation.WaitHandle.WaitOne(poll))
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    /// <summary>A task that ended by itself with another code than "the environment failed" would end so again.</summary>
    private static void ThrowIfHopeless(SweepManifest manifest, List<SlurmArray> arrays, IReadOnlyList<Shard> left, int attempt)
    {
        var unfinished = left.Select(shard => shard.Id).ToHashSet();
        foreach (var array in arrays)
        {
            foreach (var (shard, code) in array.Ended().Where(ended => unfinished.Contains(manifest.Shards[ended.Shard].Id)))
            {
                if (code is not (Finished or Violated or EnvironmentFailed) && code < KilledBySignal)
                {
                    throw new SweepException($"The task of shard {shard} ended with code {code}, and would do so again. What it printed is in {manifest.Folder.Logs}, in a file {array.Name}.*.log; compute the shard here with: harness sweep task {manifest.Folder.Manifest} --index {shard}");
                }
            }
        }

        if (attempt >= Attempts)
        {
            throw new IOException($"{left.Count} shards were not finished in {Attempts} submissions. What their tasks printed is in {manifest.Folder.Logs}; run the sweep again when the cause is gone.");
        }
    }

    private static int MostTasks()
    {
        const string Setting = "MaxArraySize";
        var line = Slurm("scontrol", ["show", "config"]).Split('\n').FirstOrDefault(line => line.StartsWith(Setting, StringComparison.Ordinal)) ?? throw new IOException($"scontrol show config prints no {Setting}.");
        return Math.Max(1, int.Parse(line.Split('=')[1], CultureInfo.InvariantCulture) - 1);
    }

    /// <summary>The user's tasks that wait or run: array and state.</summary>
    /// <param name="patience">Looks that may fail in a row.</param>
    private static List<(string Array, string State)> Queue(int patience = Patience)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return [.. Slurm("squeue", ["--me", "--noheader", "--array", "--format=%F %T"]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ')).Select(words => (words[0], words[^1]))];
            }
            catch (IOException) when (failures < patience)
            {
                // A controller that restarts answers again soon, and its queue outlives it.
                Thread.Sleep(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static string Slurm(string command, IEnumerable<string> arguments, string? input = null)
    {
        try
        {
            return ChildProcess.RunAsync(Environment.CurrentDirectory, command, arguments, CancellationToken.None, input).GetAwaiter().GetResult();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new SweepException($"{command} could not be started: {exception.Message}. Run on a machine that submits to Slurm, or write a script for it with 'harness sweep emit'.", exception);
        }
    }
}
