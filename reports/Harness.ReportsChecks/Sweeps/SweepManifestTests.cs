using Harness.Claims;
using Harness.Reports.Files;
using Harness.Reports.Ledger;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Files;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>A manifest comes back as it was written, and a damaged one is refused with its place.</summary>
public sealed class SweepManifestTests
{
    [Test]
    public void Open_WhatWasWritten_HasTheSameCellsInTheSameOrder()
    {
        using var sweep = new SmallSweep(cells: 6, shards: 3);
        Assert.Multiple(() =>
        {
            Assert.That(sweep.Manifest.Shards.Select(shard => (shard.First, shard.Cells)), Is.EqualTo(new[] { (0, 2), (2, 2), (4, 2) }));
            Assert.That(sweep.Manifest.Shards.SelectMany(sweep.Manifest.Cells).Select(cell => cell.Id), Is.EqualTo(SmallSweep.Spec(sweep.Claim, 6).Cells().Select(cell => cell.Id)));
            Assert.That(sweep.Manifest.Expected(sweep.Manifest.Cost), Is.EqualTo(TimeSpan.FromSeconds(6)));
        });
    }

    [Test]
    public void Write_OverAnotherSweep_IsRefused()
    {
        using var sweep = new SmallSweep();
        var spec = SmallSweep.Spec(sweep.Claim, 2);
        Assert.That(() => SweepManifest.Write(sweep.Manifest.Folder.Manifest, spec, [.. spec.Cells()], 1, TimeSpan.FromSeconds(1)), Throws.InstanceOf<SweepException>().With.Message.Contains("there is a manifest already"));
    }

    [Test]
    public void Write_ShardsCannotBeWritten_LeavesNoManifest()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["manifest.shards.jsonl"]);
        var spec = SmallSweep.Spec(SyntheticClaims.AtMostOne("s.claim"), 2);
        Assert.That(() => SweepManifest.Write(folder["manifest.jsonl"], spec, [.. spec.Cells()], 1, TimeSpan.FromSeconds(1)), Throws.InstanceOf<DataFileException>());
        Assert.That(folder.Names, Is.EqualTo(new[] { "manifest.shards.jsonl" }));
    }

    [Test]
    public void Open_ClaimThatChanged_IsRefused()
    {
        using var sweep = new SmallSweep();
        Assert.Multiple(() =>
        {
            Assert.That(() => SweepManifest.Open(sweep.Manifest.Folder.Manifest, [SyntheticClaims.AtMostOne("s.counted", width: 128)]), Throws.InstanceOf<SweepException>().With.Message.Contains("a claim was changed"));
            Assert.That(() => SweepManifest.Open(sweep.Manifest.Folder.Manifest, []), Throws.InstanceOf<SweepException>().With.Message.Contains("there is no claim 's.counted'"));
        });
    }

    [Test]
    public void Cells_OfALineThatWasChanged_AreRefusedWithTheLine()
    {
        using var sweep = new SmallSweep();
        var path = sweep.Manifest.Folder.Manifest;
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"seed\":4,", "\"seed\":9,", StringComparison.Ordinal));
        Assert.That(() => sweep.Manifest.Cells(sweep.Manifest.Shards[1]), Throws.InstanceOf<LedgerException>().With.Message.StartsWith(path + ":5: "));
    }

    [Test]
    public void Open_CutAtAnyByte_NeverGivesOtherCells()
    {
        using var sweep = new SmallSweep();
        var path = sweep.Manifest.Folder.Manifest;
        var expected = sweep.Manifest.Shards.SelectMany(sweep.Manifest.Cells).Select(cell => cell.Id).ToList();
        foreach (var file in new[] { path, sweep.Manifest.Folder.Shards })
        {
            var whole = File.ReadAllBytes(file);
            for (var length = 0; length < whole.Length; length++)
            {
                File.WriteAllBytes(file, whole[..length]);
                Assert.That(() => Ids(path, sweep.Claim).SequenceEqual(expected), Throws.InstanceOf<SweepException>().Or.InstanceOf<LedgerException>(), $"{file} cut at {length}");
            }

            File.WriteAllBytes(file, whole);
        }
    }

    private static List<string> Ids(string path, Claim claim)
    {
        var manifest = SweepManifest.Open(path, [claim]);
        return [.. manifest.Shards.SelectMany(manifest.Cells).Select(cell => cell.Id)];
    }
}
