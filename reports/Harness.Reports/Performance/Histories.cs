using System.Collections.Immutable;
using Harness.Claims;
using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>The series that are kept of a project: times, bytes and operations of benchmarks, and how much room its verdicts have.</summary>
public static class Histories
{
    /// <summary>Three series a benchmark and machine: median time, bytes, and counted operations where they are counted. The last two are left out while they never change.</summary>
    public static IReadOnlyList<Series> OfBenchmarks(IEnumerable<PerformanceLine> lines)
    {
        var series = new List<Series>();
        foreach (var group in lines.GroupBy(line => (line.Benchmark, line.Machine)).OrderBy(group => group.Key.Benchmark, StringComparer.Ordinal))
        {
            PerformanceLine[] runs = [.. group.OrderBy(line => line.Started)];
            Series Of(string unit, Func<PerformanceLine, double> value) =>
                new(group.Key.Benchmark, unit, group.Key.Machine, [.. runs.Select(line => new SeriesPoint(line.Started, line.Commit, value(line)))]);
            series.Add(Of("ns", line => line.Result.Median));
            if (runs.DistinctBy(line => line.BytesAllocated).Count() > 1)
            {
                series.Add(Of("bytes", line => line.BytesAllocated));
            }

            PerformanceLine[] counted = [.. runs.Where(line => line.MultiplyAdds is not null)];
            if (counted.DistinctBy(line => line.MultiplyAdds).Count() > 1)
            {
                series.Add(new(group.Key.Benchmark, "multiply-adds", "", [.. counted.Select(line => new SeriesPoint(line.Started, line.Commit, line.MultiplyAdds!.Value))]));
            }
        }

        return series;
    }

    /// <summary>Two series a claim and profile over the runs of <c>verify</c>: its looseness, and the largest relative radius of its observations; each where the claim has one.</summary>
    /// <param name="folders">Folders of runs. One that is unfinished has no verdicts and adds nothing.</param>
    /// <exception cref="LedgerException">A ledger is damaged.</exception>
    public static IReadOnlyList<Series> OfVerdicts(IEnumerable<string> folders)
    {
        var points = new Dictionary<(string Name, string Unit), ImmutableArray<SeriesPoint>.Builder>();
        foreach (var (folder, started) in folders.Select(folder => (folder, RunHistory.Read(folder).Started)).Where(run => run.Item2 is not null).OrderBy(run => run.Item2))
        {
            using var queries = LedgerQueries.Open(folder);
            var (profile, commit) = (queries.Identity.Profile, queries.Identity.Commit);
            foreach (var verdict in queries.Verdicts().Where(verdict => verdict is { Kind: "finding", Variant: 0, On: RunIdentity.Generated }))
            {
                Add(points, Name(verdict, profile), "looseness", verdict.Looseness, started!.Value, commit);
                Add(points, Name(verdict, profile), "largest radius", verdict.LargestRadius, started.Value, commit);
            }
        }

        return [.. points.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).Select(pair => new Series(pair.Key.Name, pair.Key.Unit, "", pair.Value.ToImmutable()))];
    }

    private static string Name(RecordedVerdict verdict, Profile profile) => FormattableString.Invariant($"{verdict.Claim} ({profile.ToString().ToLowerInvariant()})");

    private static void Add(Dictionary<(string Name, string Unit), ImmutableArray<SeriesPoint>.Builder> points, string name, string unit, double? value, DateTimeOffset when, string commit)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return;
        }

        if (!points.TryGetValue((name, unit), out var builder))
        {
            points.Add((name, unit), builder = ImmutableArray.CreateBuilder<SeriesPoint>());
        }

        builder.Add(new(when, commit, number));
    }
}
