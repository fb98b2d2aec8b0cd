using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>A run that is killed or stopped at any moment continues to the bits of an undisturbed one.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class ResumeTests : CliFixture
{
    /// <summary>Thousands of trials of milliseconds, 700 kB of ledger: a run of a few seconds, which an interruption at 40 or 80 kB catches long before its end.</summary>
    private static readonly string[] Line =
    [
        "verify", "azls.forward-norm-mean", "azls.forward-norm-variance", "azls.forward-norm-concentration", "azls.initial-gradient-norm", "azls.initial-output-norm", "azls.backward-norm-mean",
        "azls.layer-gradient-norm", "azls.separation", "azls.gradient-upper-bound", "--profile", "gate", "--threads", "2", "--out",
    ];

    [Test]
    public void Verify_KilledAndResumed_EndsWithTheBitsOfAnUndisturbedRun()
    {
        Run([.. Line, "expected"]);
        using (var killed = HarnessProcess.Start(Folder, [.. Line, "actual"]))
        {
            killed.WaitUntil(() => Observations("actual") > 40_000);
            killed.Kill();
            killed.WaitForEnd();
        }

        AssertContinues(Observations("actual"));
    }

    [Test]
    public void Verify_InterruptedTwiceAndResumed_EndsWithTheBitsOfAnUndisturbedRun()
    {
        Run([.. Line, "expected"]);
        string[][] lines = [[.. Line, "actual"], ["verify", "--resume", "--out", "actual"]];
        foreach (var line in lines)
        {
            // More than the session before left behind: then this one is at work, and its handler of the signal is in place.
            var enough = Observations("actual") + 40_000;
            using var interrupted = HarnessProcess.Start(Folder, line);
            interrupted.WaitUntil(() => Observations("actual") > enough);
            interrupted.Interrupt();
            var finished = interrupted.WaitForEnd();
            Assert.That(finished.ExitCode, Is.EqualTo(130), finished.Error);
            Assert.That(finished.Error, Does.Contain("harness verify --resume --out actual"));
        }

        AssertContinues(Observations("actual"));
    }

    private void AssertContinues(long interruptedAt)
    {
        var undisturbed = Observations("expected");
        Assert.That(interruptedAt, Is.GreaterThan(0).And.LessThan(undisturbed), "the run was caught in the middle");
        Run("verify", "--resume", "--out", "actual", "--threads", "1");
        foreach (var file in ReproducibleFiles)
        {
            Assert.That(File.ReadAllText(Path.Combine(Folder, "actual", file)), Is.EqualTo(File.ReadAllText(Path.Combine(Folder, "expected", file))), file);
        }
    }

    /// <summary>Bytes of the ledger.</summary>
    private long Observations(string run) => new FileInfo(Path.Combine(Folder, run, "observations.jsonl")) is { Exists: true } file ? file.Length : 0;
}
