using System.Diagnostics;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>Sweeps by the program: planned, killed at any moment, continued, collected, repeated.</summary>
public sealed class SweepTests : CliFixture
{
    /// <summary>A few hundred cells of milliseconds.</summary>
    private const string Spec = """
        title = "Norms"
        trials = 3
        seeds = { from = 1, to = 40, points = 40, spacing = "linear" }

        [[panel]]
        name = "norm of the last layer"
        claim = "azls.forward-norm-mean"
        m = [32, 48, 64, 80, 96, 112]
        L = [1, 2, 3]
        """;

    [Test]
    public void Run_KilledAgainAndAgain_EndsWithTheLedgerOfAnUndisturbedRun()
    {
        Plan("expected");
        var undisturbed = Run("sweep", "run", "expected/manifest.jsonl", "--workers", "2");
        Assert.That(undisturbed.ExitCode, Is.Zero, undisturbed.Error);
        Plan("actual");
        for (var kill = 0; kill < 4; kill++)
        {
            // Another number each time, so that shards, parts and their last lines are cut at other places.
            var enough = Lines("actual") + 30 + (17 * kill);
            using var killed = HarnessProcess.Start(Folder, ["sweep", "run", "actual/manifest.jsonl", "--workers", "2"]);
            killed.WaitUntil(() => Lines("actual") > enough);
            killed.Kill();
            killed.WaitForEnd();
        }

        Assert.That(File.Exists(Ledger("actual")), Is.False, "every process was caught at work");
        var last = Run("sweep", "run", "actual/manifest.jsonl", "--workers", "1");
        Assert.That(last.ExitCode, Is.Zero, last.Error);
        Assert.That(File.ReadAllBytes(Ledger("actual")), Is.EqualTo(File.ReadAllBytes(Ledger("expected"))));

        var again = Run("sweep", "collect", "actual/manifest.jsonl");
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(File.ReadAllBytes(Ledger("actual")), Is.EqualTo(File.ReadAllBytes(Ledger("expected"))));

        Assert.That(File.ReadAllText(Path.Combine(Folder, "expected", "report.html")), Does.Contain("All 720 cells are computed."));
        Assert.That(File.ReadLines(Path.Combine(Folder, "expected", "maps.csv")).Count(), Is.EqualTo(1 + 18));

        // A trial of a cell, as the ledger has it.
        var line = System.Text.Json.JsonDocument.Parse(File.ReadLines(Ledger("actual")).Skip(5).First()).RootElement;
        var replayed = Run("sweep", "replay", "actual/manifest.jsonl", line.GetProperty("cell").GetString()![..12], "--trial", "2");
        Assert.That(replayed.ExitCode, Is.Zero, replayed.Error);
        Assert.That(replayed.Output, Does.Contain(line.GetProperty("trials")[2].GetProperty("value").GetRawText()));
    }

    [Test]
    public void Task_DiskIsFull_EndsWith30AndKeepsWhatWasWritten()
    {
        Plan("sweep", shardSeconds: "60");
        var results = Directory.CreateDirectory(Path.Combine(Folder, "sweep", "shards")).FullName;
        // A file system of 16 kB, in a namespace of its own that ends with the shell.
        const string Script = """
            set -e
            mount -t tmpfs -o size=16k tmpfs sweep/shards
            code=0; "$@" || code=$?
            cat sweep/shards/*/*.part > kept
            mount -o remount,size=16m sweep/shards
            "$@"
            cat sweep/shards/*/*.jsonl > finished
            exit $code
            """;
        var full = HarnessProcess.RunInNamespace(Folder, Script, "sweep", "task", "sweep/manifest.jsonl", "--index", "0");
        Assert.Multiple(() =>
        {
            Assert.That(full.ExitCode, Is.EqualTo(30), full.Error);
            Assert.That(full.Error, Does.Contain("No space left on device"));
            Assert.That(full.Error, Does.Not.Contain("   at "), "one line, no stack trace");
        });
        var undisturbed = Run("sweep", "task", "sweep/manifest.jsonl", "--index", "0");
        Assert.That(undisturbed.ExitCode, Is.Zero, undisturbed.Error);
        var (kept, finished) = (File.ReadAllText(Path.Combine(Folder, "kept")), File.ReadAllText(Path.Combine(Folder, "finished")));
        Assert.Multiple(() =>
        {
            Assert.That(kept, Has.Length.GreaterThan(8_000), "what fitted on the disk");
            Assert.That(finished, Does.StartWith(kept[..(kept.LastIndexOf('\n') + 1)]));
            Assert.That(finished, Is.EqualTo(File.ReadAllText(Directory.GetFiles(results, "*.jsonl", SearchOption.AllDirectories).Single())));
        });

        // The sweep on a disk that has no room for its ledger.
        const string Collecting = """
            set -e
            cp -r sweep copy
            mount -t tmpfs -o size=$(($(du -sk copy | cut -f1) + 32))k tmpfs sweep
            cp -r copy/. sweep
            code=0; "$@" || code=$?
            ls -A sweep > left
            exit $code
            """;
        var collected = HarnessProcess.RunInNamespace(Folder, Collecting, "sweep", "collect", "sweep/manifest.jsonl");
        Assert.Multiple(() =>
        {
            Assert.That(collected.ExitCode, Is.EqualTo(30), collected.Error);
            Assert.That(collected.Error, Does.Contain("observations.jsonl: cannot be written: No space left on device"));
            Assert.That(File.ReadAllLines(Path.Combine(Folder, "left")), Is.EqualTo(new[] { "manifest.jsonl", "manifest.shards.jsonl", "shards" }));
        });
    }

    [Test]
    public void Plan_DiskIsFull_EndsWith30AndLeavesNothing()
    {
        File.WriteAllText(Path.Combine(Folder, "norms.toml"), Spec);
        Directory.CreateDirectory(Path.Combine(Folder, "full"));
        var planned = HarnessProcess.RunInNamespace(Folder, "set -e; mount -t tmpfs -o size=16k tmpfs full; code=0; \"$@\" || code=$?; ls -A full; exit $code", "sweep", "plan", "norms.toml", "--out", "full");
        Assert.Multiple(() =>
        {
            Assert.That(planned.ExitCode, Is.EqualTo(30), planned.Error);
            Assert.That(planned.Error, Does.Contain("manifest.jsonl: cannot be written: No space left on device"));
            Assert.That(planned.Output, Is.Empty);
        });
    }

    [Test]
    public void Plan_Wrong_SaysWhatAndWritesNothing()
    {
        File.WriteAllText(Path.Combine(Folder, "wrong.toml"), Spec + "\ndelta = 0.1\n");
        File.WriteAllText(Path.Combine(Folder, "dear.toml"), "budget = \"0.001 s\"\n" + Spec);
        var (wrong, dear, missing) = (Run("sweep", "plan", "wrong.toml"), Run("sweep", "plan", "dear.toml"), Run("sweep", "run", "none/manifest.jsonl"));
        Assert.Multiple(() =>
        {
            Assert.That((wrong.ExitCode, dear.ExitCode, missing.ExitCode), Is.EqualTo((1, 1, 1)));
            Assert.That(wrong.Error, Does.Contain("wrong.toml: panel 'norm of the last layer': there is no variable δ"));
            Assert.That(dear.Error, Does.Contain("720 cells are expected to take").And.Contain("budget"));
            Assert.That(missing.Error, Does.Contain("there is no manifest"));
            Assert.That(Directory.Exists(Path.Combine(Folder, "sweep-out")), Is.False);
        });
    }

    [Test]
    public void Emit_EveryScheduler_GivesAScriptThatItsReaderAccepts()
    {
        Plan("sweep");
        var (slurm, kubernetes, parallel) = (Run("sweep", "emit", "slurm", "sweep/manifest.jsonl", "--workers", "7"), Run("sweep", "emit", "k8s", "sweep/manifest.jsonl"), Run("sweep", "emit", "parallel", "sweep/manifest.jsonl"));
        Assert.Multiple(() =>
        {
            Assert.That(slurm.Output, Does.Contain("--array=\"0-$last%7\"").And.Contain("sweep task"));
            Assert.That(kubernetes.Output, Does.Contain("completionMode: Indexed").And.Contain("values: [1, 10]"));
            Assert.That(parallel.Output, Does.Contain("| parallel --jobs"));
        });
        foreach (var script in new[] { slurm.Output, parallel.Output })
        {
            File.WriteAllText(Path.Combine(Folder, "script"), script);
            using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", Path.Combine(Folder, "script")]) { RedirectStandardError = true })!;
            Assert.That(bash.StandardError.ReadToEnd(), Is.Empty);
        }
    }

    private void Plan(string folder, string shardSeconds = "1")
    {
        File.WriteAllText(Path.Combine(Folder, "norms.toml"), Spec);
        var planned = Run("sweep", "plan", "norms.toml", "--out", folder, "--shard-seconds", shardSeconds);
        Assert.That(planned.ExitCode, Is.Zero, planned.Error);
        Assert.That(planned.Output, Does.Contain("720 cells"));
    }

    private string Ledger(string folder) => Path.Combine(Folder, folder, "observations.jsonl");

    /// <summary>Lines that the shards of a sweep have so far, each whole.</summary>
    private int Lines(string folder)
    {
        try
        {
            return Directory.Exists(Path.Combine(Folder, folder, "shards")) ? Directory.EnumerateFiles(Path.Combine(Folder, folder, "shards"), "*", SearchOption.AllDirectories).Sum(path => File.ReadAllText(path).Count(c => c == '\n')) : 0;
        }
        catch (FileNotFoundException)
        {
            return 0; // a part that was finished just now
        }
    }
}
