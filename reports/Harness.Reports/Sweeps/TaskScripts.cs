using System.Globalization;

namespace Harness.Reports.Sweeps;

/// <summary>Scripts for those who submit the tasks of a sweep by hand. Each computes every shard; a finished one is found and costs a moment, so a script may be run again.</summary>
public static class TaskScripts
{
    /// <summary>Job arrays of Slurm, as many as the shards need within MaxArraySize: <c>bash FILE</c> submits them.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="program">The command that runs harness on a node.</param>
    /// <param name="workers">Most tasks at a time.</param>
    public static string Slurm(SweepManifest manifest, IEnumerable<string> program, int workers)
    {
        var task = $"{Command(manifest, program)} --offset \"$OFFSET\"";
        var (time, memory) = (Minutes(manifest), Mebibytes(manifest));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/bash
            # {{manifest.Header.Title}}: {{manifest.Shards.Length}} tasks, {{workers}} at a time. Run it where sbatch is; then 'harness sweep collect {{manifest.Folder.Manifest}}'.
            set -euo pipefail
            most=$(scontrol show config | awk '$1 == "MaxArraySize" { print $3 }')
            after=
            for ((offset = 0; offset < {{manifest.Shards.Length}}; offset += most)); do
              left=$(({{manifest.Shards.Length}} - offset))
              last=$(((left < most ? left : most) - 1))
              job=$(sbatch --parsable --job-name=harness-sweep --array="0-$last%{{workers}}" --requeue --ntasks=1 --time={{time}} --mem={{memory}}M ${after:+--dependency=afterany:$after} --export=ALL,OFFSET=$offset <<'TASK'
            #!/bin/bash
            {{task}}
            code=$?
            # 30: the environment failed. Again, but not for ever; a violated claim (10) stays violated.
            if [ $code -eq 30 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"; fi
            exit $code
            TASK
              )
              after=$job
              echo "submitted $job: shards $offset to $((offset + last))"
            done

            """).ReplaceLineEndings("\n");
    }

    /// <summary>A Kubernetes Indexed Job: a failure of the environment is repeated index by index, a violated claim or wrong usage is not.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="workers">Most pods at a time.</param>
    /// <param name="image">An image with harness in its path.</param>
    /// <param name="volume">The persistent volume claim that has the folder of the sweep, as /sweep.</param>
    public static string Kubernetes(SweepManifest manifest, int workers, string image, string volume) => string.Create(CultureInfo.InvariantCulture, $"""
        # {manifest.Header.Title}: kubectl apply -f FILE; then 'harness sweep collect' on the same volume. Needs Kubernetes 1.33 for backoffLimitPerIndex.
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: harness-sweep-
        spec:
          completionMode: Indexed
          completions: {manifest.Shards.Length}
          parallelism: {workers}
          backoffLimitPerIndex: 3
          podFailurePolicy:
            rules:
              # 10: a claim is violated; 1: wrong usage. Both would end in the same way again.
              - action: FailIndex
                onExitCodes: {"{"} containerName: harness, operator: In, values: [1, 10] {"}"}
              # A pod that was evicted or lost its node does not count.
              - action: Ignore
                onPodConditions: [{"{"} type: DisruptionTarget {"}"}]
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: harness
                  image: {image}
                  command: [harness, sweep, task, /sweep/{Path.GetFileName(manifest.Folder.Manifest)}]
                  resources:
                    requests: {"{"} cpu: "1", memory: {Mebibytes(manifest)}Mi {"}"}
                  volumeMounts:
                    - {"{"} name: sweep, mountPath: /sweep {"}"}
              volumes:
                - name: sweep
                  persistentVolumeClaim: {"{"} claimName: {volume} {"}"}

        """).ReplaceLineEndings("\n");

    /// <summary>A line for GNU parallel, on this machine or on those that its --sshlogin names.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="program">The command that runs harness.</param>
    /// <param name="workers">Tasks at a time.</param>
    public static string Parallel(SweepManifest manifest, IEnumerable<string> program, int workers) => string.Create(CultureInfo.InvariantCulture, $$"""
        #!/bin/bash
        # {{manifest.Header.Title}}: {{manifest.Shards.Length}} tasks, {{workers}} at a time, with GNU parallel; run it again to repeat what failed. Then 'harness sweep collect {{manifest.Folder.Manifest}}'.
        seq 0 {{manifest.Shards.Length - 1}} | parallel --jobs {{workers}} --joblog {{ShellWord.Of(Path.Combine(manifest.Folder.Root, "parallel.log"))}} --resume-failed --bar "{{Command(manifest, program)}} --index {}"

        """).ReplaceLineEndings("\n");

    private static string Command(SweepManifest manifest, IEnumerable<string> program) => $"{string.Join(' ', program.Select(ShellWord.Of))} sweep task {ShellWord.Of(manifest.Folder.Manifest)}";

    private static double Minutes(SweepManifest manifest) => Math.Ceiling(TaskLimits.Time(manifest.Expected(manifest.Shards.Max(shard => shard.Cost))).TotalMinutes);

    private static double Mebibytes(SweepManifest manifest) => Math.Ceiling(manifest.Shards.Max(shard => shard.Memory) / (1 << 20));
}
