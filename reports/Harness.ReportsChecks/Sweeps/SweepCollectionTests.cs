using Harness.Reports.Sweeps;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>The ledger of a sweep is the same however its shards came about, and has every cell once or is not written.</summary>
public sealed class SweepCollectionTests
{
    [Test]
    public void Collect_ShardsInAnyOrderTwiceAndAgain_GivesTheSameBytes()
    {
        using var sweep = new SmallSweep();
        var expected = sweep.Finish();
        Assert.That(File.ReadAllLines(sweep.Manifest.Folder.Ledger), Has.Length.EqualTo(1 + sweep.Manifest.Header.Cells));
        Directory.Delete(sweep.Manifest.Folder.Results, recursive: true);
        foreach (var shard in sweep.Manifest.Shards.Reverse().Concat(sweep.Manifest.Shards))
        {
            sweep.Compute(shard);
        }

        for (var time = 0; time < 2; time++)
        {
            Assert.That(SweepCollection.Collect(sweep.Manifest).IsComplete);
            Assert.That(File.ReadAllBytes(sweep.Manifest.Folder.Ledger), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Collect_TwoSweepsOfOneSpec_HaveTheSameBytes()
    {
        using SmallSweep first = new(shards: 3), second = new(shards: 1);
        Assert.That(second.Finish(), Is.EqualTo(first.Finish()), "how the cells are cut into shards leaves no trace in the ledger");
    }

    [Test]
    public void Collect_ShardIsMissing_NamesItAndWritesNothing()
    {
        using var sweep = new SmallSweep();
        sweep.Compute(sweep.Manifest.Shards[0]);
        sweep.Compute(sweep.Manifest.Shards[2]);
        var collected = SweepCollection.Collect(sweep.Manifest);
        Assert.Multiple(() =>
        {
            Assert.That(collected.Missing, Is.EqualTo(new[] { sweep.Manifest.Shards[1] }));
            Assert.That(File.Exists(sweep.Manifest.Folder.Ledger), Is.False);
        });
    }

    [Test]
    public void Collect_FileIsTruncated_NamesItAndItIsComputedAgain()
    {
        using var sweep = new SmallSweep();
        var expected = sweep.Finish();
        var path = sweep.Manifest.Folder.Finished(sweep.Manifest.Shards[1]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        File.Delete(sweep.Manifest.Folder.Ledger);
        var collected = SweepCollection.Collect(sweep.Manifest);
        Assert.Multiple(() =>
        {
            Assert.That(collected.Damaged, Has.Length.EqualTo(1).And.All.StartsWith(path + ":1: "));
            Assert.That(collected.Missing, Is.EqualTo(new[] { sweep.Manifest.Shards[1] }));
            Assert.That(File.Exists(sweep.Manifest.Folder.Ledger), Is.False);
        });
        Assert.That(sweep.Finish(), Is.EqualTo(expected));
    }

    [Test]
    public void Collect_CellsThatRefuteTheClaim_AreNamed()
    {
        using var sweep = new SmallSweep(factor: 1000);
        sweep.Finish();
        Assert.That(SweepCollection.Collect(sweep.Manifest).Violated.Select(cell => cell.Id), Is.EqualTo(sweep.Manifest.Shards.SelectMany(sweep.Manifest.Cells).Select(cell => cell.Id)));
    }

    [Test]
    public void Run_OnAnyNumberOfWorkers_CountsEveryCellAndGivesTheSameLedger()
    {
        using var sweep = new SmallSweep(cells: 24, shards: 12);
        var expected = sweep.Finish();
        foreach (var workers in new[] { 1, 3 })
        {
            Directory.Delete(sweep.Manifest.Folder.Results, recursive: true);
            var told = new Told();
            new LocalEngine(workers).Run(sweep.Manifest, told, CancellationToken.None);
            SweepCollection.Collect(sweep.Manifest);
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllBytes(sweep.Manifest.Folder.Ledger), Is.EqualTo(expected));
                Assert.That(told.Last, Is.EqualTo(new SweepProgress(Waiting: 0, Running: 0, Cells: 24)));
            });
        }
    }

    private sealed class Told : IProgress<SweepProgress>
    {
        public SweepProgress Last { get; private set; }

        public void Report(SweepProgress value) => Last = value;
    }
}
