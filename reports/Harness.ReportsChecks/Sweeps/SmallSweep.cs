using Harness.Claims;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Files;
using Harness.ReportsChecks.Runs;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>A planned sweep of cells that all cost the same, in a folder of its own; its trials are counted.</summary>
internal sealed class SmallSweep : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int trials;

    /// <summary>Plans it.</summary>
    /// <param name="cells">Number of cells, each one seed.</param>
    /// <param name="shards">Number of shards, a divisor of the number of cells.</param>
    /// <param name="factor">Above 1 the claim is false.</param>
    public SmallSweep(int cells = 6, int shards = 3, double factor = 1)
    {
        Claim = SyntheticClaims.AtMostOne("s.counted", factor, before: _ => Interlocked.Increment(ref trials));
        var planned = Spec(Claim, cells).Cells().ToList();
        SweepManifest.Write(folder["manifest.jsonl"], Spec(Claim, cells), planned, 1 / planned[0].Cost, TimeSpan.FromSeconds(cells / shards));
        Manifest = SweepManifest.Open(folder["manifest.jsonl"], [Claim]);
    }

    public Claim Claim { get; }

    public SweepManifest Manifest { get; }

    /// <summary>Trials made so far.</summary>
    public int Trials => trials;

    /// <summary>The cells of one claim under many seeds, two trials each.</summary>
    public static SweepSpec Spec(Claim claim, int seeds) => new("Small", Profile.Gate, [.. Enumerable.Range(1, seeds).Select(k => (ulong)k)], Budget: null, [new("only", claim, 2, [new("m", [16])])]);

    /// <summary>Computes a shard.</summary>
    public IReadOnlyList<SweepCell> Compute(Shard shard) => new ShardWorker(Manifest).Run(shard, new Progress<int>(), CancellationToken.None);

    /// <summary>Computes all shards and collects them.</summary>
    /// <returns>The ledger.</returns>
    public byte[] Finish()
    {
        foreach (var shard in Manifest.Shards)
        {
            Compute(shard);
        }

        SweepCollection.Collect(Manifest);
        return File.ReadAllBytes(Manifest.Folder.Ledger);
    }

    public void Dispose() => folder.Dispose();
}
