namespace Harness.Reports.Sweeps;

/// <summary>Cuts a list of cells into shards of consecutive cells that cost about the same.</summary>
/// <remarks>
/// A shard ends with the cell that fills it, so it costs at most the wanted amount and one cell more; the cuts depend on the costs alone, so that a shard is the same whoever computes it and on however many workers.
/// </remarks>
internal static class ShardCuts
{
    /// <summary>The index of every shard's first cell.</summary>
    /// <param name="costs">Costs of the cells, positive.</param>
    /// <param name="wanted">Cost of a shard, positive.</param>
    public static int[] Of(ReadOnlySpan<double> costs, double wanted)
    {
        List<int> starts = [];
        var filled = double.PositiveInfinity;
        for (var k = 0; k < costs.Length; k++)
        {
            if (filled >= wanted)
            {
                starts.Add(k);
                filled = 0;
            }

            filled += costs[k];
        }

        return [.. starts];
    }
}
