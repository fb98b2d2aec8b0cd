using System.Globalization;

namespace Harness.Reports.Sweeps;

/// <summary>A job array of Slurm that computes some shards of a sweep: its list of shards, its script, and how its tasks ended.</summary>
/// <remarks>
/// The list is a file, one index a line, and the task reads its own line, so an array may have any shards, and indices beyond the cluster's MaxArraySize are no trouble. A task leaves its exit code in a file beside the list when it
/// ends by itself; one that was killed, timed out or lost its node leaves none.
/// </remarks>
/// <param name="folder">The sweep.</param>
/// <param name="name">Name of the submission, unique in the sweep.</param>
internal sealed class SlurmArray(SweepFolder folder, string name)
{
    /// <summary>A task that failed for its environment's sake is put back into the queue so often.</summary>
    private const int Requeues = 3;

    private string List => Path.Combine(folder.Submissions, name + ".shards");

    private string JobFile => Path.Combine(folder.Submissions, name + ".job");

    /// <summary>The id of the array, once it was submitted.</summary>
    public string? Job => File.Exists(JobFile) ? File.ReadAllText(JobFile).Trim() : null;

    /// <summary>The arrays of earlier runs, in order.</summary>
    public static IEnumerable<SlurmArray> All(SweepFolder folder) => Directory.Exists(folder.Submissions)
        ? Directory.EnumerateFiles(folder.Submissions, "*.shards").Select(path => new SlurmArray(folder, Path.GetFileNameWithoutExtension(path))).OrderBy(array => array.Name, StringComparer.Ordinal)
        : [];

    /// <summary>Name of the submission.</summary>
    public string Name => name;

    /// <summary>Writes the list of shards.</summary>
    public void Prepare(IEnumerable<int> shards)
    {
        Directory.CreateDirectory(folder.Submissions);
        Directory.CreateDirectory(folder.Logs);
        File.WriteAllLines(List, shards.Select(index => index.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Keeps the id that Slurm gave.</summary>
    public void Submitted(string job) => File.WriteAllText(JobFile, job + "\n");

    /// <summary>Shards whose tasks ended by themselves, with their exit codes.</summary>
    public IEnumerable<(int Shard, int Code)> Ended() => Directory.EnumerateFiles(folder.Submissions, name + ".*.exit")
        .Select(path => (Shard: Path.GetFileName(path).Split('.')[^2], Code: File.ReadAllText(path).Trim()))
        .Where(ended => ended.Code.Length > 0)
        .Select(ended => (int.Parse(ended.Shard, CultureInfo.InvariantCulture), int.Parse(ended.Code, CultureInfo.InvariantCulture)));

    /// <summary>The script of every task.</summary>
    /// <param name="program">The command that runs harness.</param>
    public string Script(IEnumerable<string> program) => $$"""
        #!/bin/bash
        # A task of a sweep: computes the shard that its line of the list names. What it finished before it was killed is kept.
        shard=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" {{ShellWord.Of(List)}})
        {{string.Join(' ', program.Select(ShellWord.Of))}} sweep task {{ShellWord.Of(folder.Manifest)}} --index "$shard" &
        # The shell passes a signal on when the task has one, and waits for it to keep what it has.
        trap 'kill -TERM $! 2>/dev/null' TERM
        wait $!; code=$?
        if [ $code -gt 128 ]; then wait $! 2>/dev/null; fi
        # 30: the environment failed. Again, but not for ever; a violated claim (10) stays violated.
        if [ $code -eq 30 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt {{Requeues}} ]; then
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60
        fi
        echo $code > {{ShellWord.Of(Path.Combine(folder.Submissions, name))}}".$shard.exit"
        exit $code

        """.ReplaceLineEndings("\n");

    /// <summary>The arguments of sbatch.</summary>
    /// <param name="tasks">Number of tasks.</param>
    /// <param name="atOnce">Most tasks at a time.</param>
    /// <param name="time">Time limit of a task.</param>
    /// <param name="memory">Bytes of a task.</param>
    /// <param name="after">An array that has to end first, or null.</param>
    public IEnumerable<string> Arguments(int tasks, int atOnce, TimeSpan time, double memory, string? after)
    {
        yield return "--parsable";
        yield return "--job-name=harness-sweep";
        yield return string.Create(CultureInfo.InvariantCulture, $"--array=0-{tasks - 1}%{atOnce}");
        yield return "--ntasks=1";
        yield return "--requeue";
        yield return "--open-mode=append";
        yield return string.Create(CultureInfo.InvariantCulture, $"--time={Math.Ceiling(time.TotalMinutes)}");
        yield return string.Create(CultureInfo.InvariantCulture, $"--mem={Math.Ceiling(memory / (1 << 20))}M");
        yield return $"--output={Path.Combine(folder.Logs, name)}.%a.log";
        if (after is not null)
        {
            yield return $"--dependency=afterany:{after}";
        }
    }
}
