using FsCheck;
using FsCheck.Fluent;
using Harness.Reports.Sweeps;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>Shards are consecutive, cover every cell once, and cost what was wanted and one cell at most.</summary>
public sealed class ShardCutsTests
{
    [Test]
    public void Of_AnyCosts_CoversThemInShardsOfTheWantedCost()
    {
        var costs = Gen.Choose(1, 1000).Select(k => k / 8.0).ArrayOf();
        var wanted = Gen.Choose(1, 4000).Select(k => k / 8.0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(costs.Zip(wanted).ToArbitrary(), drawn =>
        {
            var (cells, limit) = drawn;
            var starts = ShardCuts.Of(cells, limit);
            var shards = starts.Zip(starts.Skip(1).Append(cells.Length), (from, to) => cells[from..to]).ToList();
            return shards.SelectMany(shard => shard).SequenceEqual(cells)
                && shards.TrueForAll(shard => shard.Length > 0 && shard[..^1].Sum() < limit)
                && shards.SkipLast(1).All(shard => shard.Sum() >= limit);
        }));
    }

    [Test]
    public void Of_NoCells_IsNoShards() => Assert.That(ShardCuts.Of([], 1), Is.Empty);
}
