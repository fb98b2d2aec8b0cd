using Harness.Reports.Ledger;
using Harness.Reports.Sweeps;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>Wherever a task is stopped, the shard ends with the same bytes, and no finished cell is computed again.</summary>
public sealed class ShardWorkerTests
{
    [Test]
    public void Run_PartCutAtAnyByte_EndsWithTheSameBytesAndRepeatsOnlyWhatWasLost()
    {
        using var sweep = new SmallSweep(cells: 2, shards: 1);
        var (shard, folder) = (sweep.Manifest.Shards[0], sweep.Manifest.Folder);
        sweep.Compute(shard);
        var whole = File.ReadAllBytes(folder.Finished(shard));
        for (var length = 0; length <= whole.Length; length++)
        {
            File.Delete(folder.Finished(shard));
            File.WriteAllBytes(folder.NewPart(shard), whole[..length]);
            var before = sweep.Trials;
            sweep.Compute(shard);
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllBytes(folder.Finished(shard)), Is.EqualTo(whole), $"cut at {length}");
                Assert.That(folder.Unfinished(shard), Is.Empty, $"cut at {length}");
                Assert.That(sweep.Trials - before, Is.EqualTo(2 * Math.Max(0, 2 - whole[..length].Count(b => b == (byte)'\n'))), $"cut at {length}");
            });
        }
    }

    [Test]
    public void Run_FinishedShard_ComputesNothing()
    {
        using var sweep = new SmallSweep();
        sweep.Compute(sweep.Manifest.Shards[0]);
        var before = sweep.Trials;
        sweep.Compute(sweep.Manifest.Shards[0]);
        Assert.That(sweep.Trials, Is.EqualTo(before));
    }

    [Test]
    public void Run_PartOfAnotherShard_IsNoResult()
    {
        using var sweep = new SmallSweep(cells: 4, shards: 2);
        var (first, second, folder) = (sweep.Manifest.Shards[0], sweep.Manifest.Shards[1], sweep.Manifest.Folder);
        sweep.Compute(first);
        File.Copy(folder.Finished(first), folder.NewPart(second));
        var before = sweep.Trials;
        sweep.Compute(second);
        Assert.That(sweep.Trials - before, Is.EqualTo(4));
    }

    [Test]
    public void Run_DamagedFinishedFile_IsSetAsideAndComputedAgain()
    {
        using var sweep = new SmallSweep();
        var (shard, folder) = (sweep.Manifest.Shards[0], sweep.Manifest.Folder);
        sweep.Compute(shard);
        var whole = File.ReadAllBytes(folder.Finished(shard));
        File.WriteAllBytes(folder.Finished(shard), whole[..^40]);
        sweep.Compute(shard);
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(folder.Finished(shard)), Is.EqualTo(whole));
            Assert.That(File.ReadAllBytes(folder.Finished(shard) + ".damaged"), Is.EqualTo(whole[..^40]));
        });
    }

    [Test]
    public void Read_AnyByteChangedAddedOrMissing_IsDamaged()
    {
        using var sweep = new SmallSweep();
        var (shard, folder) = (sweep.Manifest.Shards[0], sweep.Manifest.Folder);
        sweep.Compute(shard);
        var (whole, cells) = (File.ReadAllBytes(folder.Finished(shard)), sweep.Manifest.Cells(shard));
        Assert.Multiple(() =>
        {
            for (var k = 0; k < whole.Length; k++)
            {
                foreach (var flipped in new byte[] { 0x01, 0x80 })
                {
                    AssertDamaged([.. whole[..k], (byte)(whole[k] ^ flipped), .. whole[(k + 1)..]], $"byte {k} changed by {flipped}");
                }

                AssertDamaged(whole[..k], $"cut at {k}");
            }

            AssertDamaged([.. whole, (byte)'\n'], "an empty line more");
            AssertDamaged([.. whole, .. whole], "twice");
        });

        void AssertDamaged(byte[] bytes, string how)
        {
            File.WriteAllBytes(folder.Finished(shard), bytes);
            Assert.That(() => ShardFile.Read(folder, shard, cells), Throws.InstanceOf<LedgerException>(), how);
        }
    }

    [Test]
    public void Run_TwoTasksOnOneShardAtOnce_LeaveOneFileWithTheSameBytes()
    {
        using var sweep = new SmallSweep(cells: 20, shards: 1);
        var (shard, folder) = (sweep.Manifest.Shards[0], sweep.Manifest.Folder);
        sweep.Compute(shard);
        var whole = File.ReadAllBytes(folder.Finished(shard));
        for (var time = 0; time < 20; time++)
        {
            File.Delete(folder.Finished(shard));
            Parallel.Invoke(() => sweep.Compute(shard), () => sweep.Compute(shard), () => sweep.Compute(shard));
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllBytes(folder.Finished(shard)), Is.EqualTo(whole));
                Assert.That(folder.Unfinished(shard), Is.Empty);
            });
        }
    }

    [Test]
    public void Run_Cancelled_KeepsWhatIsFinished()
    {
        using var sweep = new SmallSweep(cells: 6, shards: 1);
        using var stop = new CancellationTokenSource();
        var shard = sweep.Manifest.Shards[0];
        Assert.That(() => new ShardWorker(sweep.Manifest).Run(shard, new After(4, stop.Cancel), stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var before = sweep.Trials;
        sweep.Compute(shard);
        Assert.That(sweep.Trials - before, Is.EqualTo(4), "two trials of each of the two cells that were left");
    }

    [Test]
    public void Run_CellsThatRefuteTheClaim_AreNamedAndNotComputedAgain()
    {
        using var sweep = new SmallSweep(cells: 6, shards: 1, factor: 1000);
        var shard = sweep.Manifest.Shards[0];
        Assert.That(sweep.Compute(shard), Has.Count.EqualTo(6));
        var before = sweep.Trials;
        Assert.That(sweep.Compute(shard), Has.Count.EqualTo(6));
        Assert.That(sweep.Trials, Is.EqualTo(before));
    }

    /// <summary>Does something once so many cells are finished.</summary>
    private sealed class After(int cells, Action act) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == cells)
            {
                act();
            }
        }
    }
}
