using System.Collections.Immutable;

namespace Harness.Reports.Performance;

/// <summary>Two revisions' benchmarks, run in turns on this machine.</summary>
public static class Comparison
{
    /// <summary>
    /// What each turn asks of BenchmarkDotNet: everything in one process, so that a turn takes seconds and nothing is compiled between turns; a median of three
    /// iterations, since it is the rounds that are the sample.
    /// </summary>
    private static readonly string[] Short = ["--inProcess", "--warmupCount", "1", "--iterationCount", "3", "--iterationTime", "100"];

    /// <summary>Runs the rounds.</summary>
    /// <param name="baseline">One built checkout.</param>
    /// <param name="head">The other.</param>
    /// <param name="globs">Which benchmarks.</param>
    /// <param name="rounds">How many rounds, of three turns each.</param>
    /// <param name="progress">Told after every turn how many are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The benchmarks that both have, and what only one has.</returns>
    internal static async Task<ComparedRevisions> RunAsync(
        Checkout baseline, Checkout head, IReadOnlyList<string> globs, int rounds, IProgress<int> progress, CancellationToken cancellation)
    {
        Checkout[] contenders = [baseline, head, head];
        var compared = new Dictionary<string, PairedRounds>(StringComparer.Ordinal);
        var last = new IReadOnlyDictionary<string, BenchmarkResult>[contenders.Length];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var who = (round + turn) % contenders.Length;
                last[who] = (await contenders[who].RunAsync(globs, Short, cancellation).ConfigureAwait(false)).ToDictionary(result => result.Benchmark, StringComparer.Ordinal);
                progress.Report((contenders.Length * round) + turn + 1);
            }

            foreach (var name in last[0].Keys.Intersect(last[1].Keys).Intersect(last[2].Keys))
            {
                if (!compared.TryGetValue(name, out var paired))
                {
                    compared.Add(name, paired = new());
                }

                paired.Add(last[0][name].Median, last[1][name].Median, last[2][name].Median);
            }
        }

        return new(
            [.. compared.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new ComparedBenchmark(pair.Key, pair.Value, last[0][pair.Key], last[1][pair.Key]))],
            [.. last[0].Keys.Except(last[1].Keys).Order(StringComparer.Ordinal)],
            [.. last[1].Keys.Except(last[0].Keys).Order(StringComparer.Ordinal)]);
    }
}

/// <summary>What a comparison found.</summary>
/// <param name="Benchmarks">Of both revisions, by name.</param>
/// <param name="OnlyBase">Benchmarks that head no longer has.</param>
/// <param name="OnlyHead">Benchmarks that base did not have.</param>
public sealed record ComparedRevisions(ImmutableArray<ComparedBenchmark> Benchmarks, ImmutableArray<string> OnlyBase, ImmutableArray<string> OnlyHead);

/// <summary>One benchmark at two revisions.</summary>
/// <param name="Name">Name with parameters.</param>
/// <param name="Rounds">Its times.</param>
/// <param name="Base">Its last result at base.</param>
/// <param name="Head">Its last result at head.</param>
public sealed record ComparedBenchmark(string Name, PairedRounds Rounds, BenchmarkResult Base, BenchmarkResult Head)
{
    /// <summary>Whether head counts more multiply-adds; false where one of the two counts none.</summary>
    public bool HasMoreOperations => Head.MultiplyAdds > Base.MultiplyAdds;
}
