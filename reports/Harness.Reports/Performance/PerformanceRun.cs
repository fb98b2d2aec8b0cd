using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>What <c>harness perf</c> does, without a console.</summary>
public static class PerformanceRun
{
    /// <summary>The file with the globs of the benchmarks that are followed.</summary>
    public const string Tracked = "tracked.txt";

    /// <summary>The file with the globs of the benchmarks that must not allocate.</summary>
    public const string ZeroAllocation = "zero-allocation.txt";

    /// <summary>Builds the benchmarks of a checkout and runs them as the project configures them: each in a process of its own.</summary>
    /// <returns>One line a benchmark.</returns>
    public static async Task<IReadOnlyList<PerformanceLine>> MeasureAsync(Checkout checkout, IReadOnlyList<string> globs, CancellationToken cancellation)
    {
        var started = DateTimeOffset.UtcNow;
        var (commit, isModified) = await checkout.RevisionAsync(cancellation).ConfigureAwait(false);
        await checkout.BuildAsync(cancellation).ConfigureAwait(false);
        var results = await checkout.RunAsync(globs, [], cancellation).ConfigureAwait(false);
        var machine = SessionProvenance.Capture(threads: 1).Machine;
        return [.. results.Select(result => PerformanceLine.Of(result, started, commit, isModified, machine))];
    }

    /// <summary>Compares two revisions, or a revision with the working tree.</summary>
    /// <param name="checkout">The project.</param>
    /// <param name="baseline">A revision.</param>
    /// <param name="head">Another, or null for the working tree as it stands.</param>
    /// <param name="globs">Which benchmarks.</param>
    /// <param name="rounds">Rounds of three turns.</param>
    /// <param name="progress">Told the number of finished turns.</param>
    /// <param name="cancellation">Ends it; the worktrees are removed.</param>
    public static async Task<ComparedRevisions> CompareAsync(
        Checkout checkout, string baseline, string? head, IReadOnlyList<string> globs, int rounds, IProgress<int> progress, CancellationToken cancellation)
    {
        var commits = (Base: await checkout.CommitAsync(baseline, cancellation).ConfigureAwait(false), Head: head is null ? null : await checkout.CommitAsync(head, cancellation).ConfigureAwait(false));
        await using var before = await checkout.CheckOutAsync(commits.Base, cancellation).ConfigureAwait(false);
        await before.Checkout.BuildAsync(cancellation).ConfigureAwait(false);
        if (commits.Head is null)
        {
            await checkout.BuildAsync(cancellation).ConfigureAwait(false);
            return await Comparison.RunAsync(before.Checkout, checkout, globs, rounds, progress, cancellation).ConfigureAwait(false);
        }

        await using var after = await checkout.CheckOutAsync(commits.Head, cancellation).ConfigureAwait(false);
        await after.Checkout.BuildAsync(cancellation).ConfigureAwait(false);
        return await Comparison.RunAsync(before.Checkout, after.Checkout, globs, rounds, progress, cancellation).ConfigureAwait(false);
    }
}
