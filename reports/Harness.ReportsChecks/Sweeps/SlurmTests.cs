using Harness.Claims.Catalogue;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Cli;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>Sweeps on a real Slurm: whatever is killed, lost, cancelled or timed out, the ledger is that of an undisturbed local run.</summary>
[Category("Slurm")]
[RequiredPackage("slurm-wlm", "/usr/sbin/slurmctld")]
[RequiredPackage("munge", "/usr/sbin/munged")]
[RequiredRoot("slurmd starts tasks as their user")]
public sealed class SlurmTests : CliFixture
{
    /// <summary>Cells of some tens of milliseconds.</summary>
    private const string Panel = "[[panel]]\nname = 'norm of the last layer'\nclaim = 'azls.forward-norm-mean'\nm = [192, 256]\nL = [2, 3, 4]\n";

    /// <summary>A width far below the theorem's: some of the pairs are longer than it says.</summary>
    private const string Violated = "[[panel]]\nname = 'too narrow'\nclaim = 'azls.sparse-forward-pairs'\nm = 4\n";

    private LoopbackSlurm cluster = null!;

    [OneTimeSetUp]
    public void StartCluster() => cluster = new();

    [OneTimeTearDown]
    public void StopCluster() => cluster.Dispose();

    [Test]
    public void Run_TasksDriverAndNodeKilledCancelledRequeuedAndTimedOut_EndsWithTheLedgerOfALocalRun()
    {
        Plan("expected", seeds: 36, shards: 10);
        Plan("actual", seeds: 36, shards: 10);
        var local = Run("sweep", "run", "expected/manifest.jsonl", "--workers", "2");
        Assert.That(local.ExitCode, Is.Zero, local.Error);

        SlurmTask hung;
        using (var driver = StartDriver("actual"))
        {
            // A task that hangs until its time is over; Slurm looks every half minute, so all else happens meanwhile.
            hung = NextAtWork(driver);
            LoopbackSlurm.Signal("STOP", hung.Processes()[0]);
            cluster.Command("scontrol", "update", $"jobid={hung.Name}", "endtime=now+1");

            var killed = NextAtWork(driver, hung);
            LoopbackSlurm.Signal("KILL", killed.Processes()[0]);

            var cancelled = NextAtWork(driver, hung, killed);
            cluster.Command("scancel", cancelled.Name);

            var requeued = NextAtWork(driver, hung, killed, cancelled);
            cluster.Command("scontrol", "requeue", requeued.Name);
            driver.Kill();
            driver.WaitForEnd();
        }

        using (var driver = StartDriver("actual"))
        {
            var lost = NextAtWork(driver, hung);
            cluster.Lose(lost);
            cluster.Restart(lost);
            var finished = driver.WaitForEnd();
            Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        }

        Assert.That(File.ReadAllBytes(Ledger("actual")), Is.EqualTo(File.ReadAllBytes(Ledger("expected"))));
        Assert.That(Directory.GetFiles(Path.Combine(Folder, "actual", "shards"), "*.part", SearchOption.AllDirectories), Is.Empty);
        Assert.That(string.Concat(Directory.GetFiles(Path.Combine(Folder, "actual", "logs")).Select(File.ReadAllText)), Does.Contain("DUE TO TIME LIMIT").And.Contain("DUE TO JOB REQUEUE"));
    }

    /// <summary>More shards than one array may have: several arrays, one after the other.</summary>
    [Test]
    public void Run_Undisturbed_SplitsArraysAndEndsWithTheLedgerOfALocalRun()
    {
        Plan("expected", seeds: 6, shards: 6);
        Plan("actual", seeds: 6, shards: 6);
        Run("sweep", "run", "expected/manifest.jsonl");
        using var driver = StartDriver("actual");
        var finished = driver.WaitForEnd();
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(File.ReadAllBytes(Ledger("actual")), Is.EqualTo(File.ReadAllBytes(Ledger("expected"))));
        Assert.That(Lists("actual").SelectMany(File.ReadAllLines).Select(int.Parse).Order(), Is.EqualTo(Enumerable.Range(0, File.ReadLines(Path.Combine(Folder, "actual", "manifest.shards.jsonl")).Count())), "every shard was submitted once");
        Assert.That(Lists("actual"), Has.Length.GreaterThan(1));
        Assert.That(Lists("actual").Select(list => File.ReadLines(list).Count()), Has.All.LessThanOrEqualTo(4));
        Assert.That(finished.Error, Does.Match("cells; tasks: [12] running"));
    }

    [Test]
    public void Run_EnvironmentFails_IsPutBackIntoTheQueueAndFinishes()
    {
        Plan("sweep", seeds: 2, shards: 1);
        // Where the results should go is a file: every task ends with 30 until it is gone.
        var obstacle = Path.Combine(Folder, "sweep", "shards");
        File.WriteAllText(obstacle, "");
        using var driver = StartDriver("sweep");
        driver.WaitUntil(() => cluster.Queue().Contains("BeginTime", StringComparison.Ordinal));
        File.Delete(obstacle);
        var finished = driver.WaitForEnd();
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(Lists("sweep"), Has.Length.EqualTo(1), "Slurm put it back; nothing was submitted again");
        Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(Folder, "sweep", "logs")).Single()), Does.Contain("DUE TO JOB REQUEUE"));
    }

    [Test]
    public void Run_ClaimIsViolated_EndsWith10AndIsNotRepeated()
    {
        Plan("sweep", seeds: 6, shards: 1, Violated);
        using var driver = StartDriver("sweep");
        var finished = driver.WaitForEnd();
        Assert.That(finished.ExitCode, Is.EqualTo(10), finished.Error);
        Assert.That(finished.Error, Does.Contain("is violated. See it with: harness sweep replay"));
        Assert.That(Lists("sweep"), Has.Length.EqualTo(1));
        Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(Folder, "sweep", "submissions"), "*.exit").Single()), Is.EqualTo("10\n"));
        Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(Folder, "sweep", "logs")).Single()), Does.Not.Contain("REQUEUE"));
    }

    /// <summary>Plans by hand, so that the number of shards does not depend on how busy this machine is.</summary>
    private void Plan(string folder, int seeds, int shards, string panel = Panel)
    {
        File.WriteAllText(Path.Combine(Folder, "sweep.toml"), $"title = 'On Slurm'\ntrials = 8\nseeds = {{ from = 1, to = {seeds}, points = {seeds}, spacing = 'linear' }}\n{panel}");
        var spec = SweepSpecFile.Read(Path.Combine(Folder, "sweep.toml"), Catalogue.All);
        SweepCell[] cells = [.. spec.Cells()];
        SweepManifest.Write(Path.Combine(Folder, folder, "manifest.jsonl"), spec, cells, shards / cells.Sum(cell => cell.Cost), TimeSpan.FromSeconds(1));
    }

    private HarnessProcess StartDriver(string folder) => HarnessProcess.Start(Folder, ["sweep", "run", $"{folder}/manifest.jsonl", "--engine", "slurm", "--workers", "2"], cluster.Environment);

    /// <summary>Waits for a task that has begun to write results and is none of those.</summary>
    private SlurmTask NextAtWork(HarnessProcess driver, params SlurmTask[] others)
    {
        SlurmTask? next = null;
        driver.WaitUntil(() => (next = cluster.Running().FirstOrDefault(task => !others.Contains(task) && task.IsAtWork())) is not null);
        return next ?? throw new InvalidOperationException($"The driver ended and no other task was seen at work: {driver.WaitForEnd().Error}");
    }

    private string Ledger(string folder) => Path.Combine(Folder, folder, "observations.jsonl");

    private string[] Lists(string folder) => Directory.GetFiles(Path.Combine(Folder, folder, "submissions"), "*.shards");
}
