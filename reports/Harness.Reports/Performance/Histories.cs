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

    /// <summary>The runs that came to their end in a folder: itself, or those right below it.</summary>
    public static IEnumerable<string> RunsIn(string folder) =>
        File.Exists(LedgerFolder.Verdicts(folder)) ? [folder]
        : Directory.Exists(folder) ? Directory.GetDirectories(folder).Where(run => File.Exists(LedgerFolder.Verdicts(run))).Order(StringComparer.Ordinal)
        : [];

    /// <summary>
    /// The numbers of every claim and profile over the runs of <c>verify</c> on generated instances, each where the claim has it: looseness, which must not fall below 1; largest relative radius of its
    /// observations; fitted constant; and measured exponents, with the proved ones and the claim's margin as what is permitted.
    /// </summary>
    /// <remarks>
    /// Runs with the same seed differ in nothing but the program (<see cref="Series.IsReproducible"/>), unless the claim is on times. What is permitted is that of the latest run.
    /// </remarks>
    /// <param name="folders">Folders of runs. One that is unfinished has no verdicts and adds nothing.</param>
    /// <param name="leftOut">Told why a run is left out whose ledger is damaged or of another version.</param>
    public static IReadOnlyList<Series> OfVerdicts(IEnumerable<string> folders, Action<string> leftOut)
    {
        var numbers = new List<(string Name, RecordedNumber Number, DateTimeOffset When, RunIdentity Run)>();
        foreach (var folder in folders)
        {
            try
            {
                var (reader, history) = (LedgerReader.Open(folder), RunHistory.Read(folder));
                if (history.Started is { } started)
                {
                    numbers.AddRange(
                    [
                        .. from verdict in reader.Verdicts()
                           where verdict.Line is { Kind: "finding", On: RunIdentity.Generated }
                           from number in RecordedNumber.Of(verdict.Line, verdict.IsTimed ? history.Machines : "")
                           select (FormattableString.Invariant($"{verdict.Line.Claim} ({reader.Identity.Profile.ToString().ToLowerInvariant()})"), number, started, reader.Identity),
                    ]);
                }
            }
            catch (LedgerException exception)
            {
                leftOut(exception.Message);
            }
        }

        return
        [
            .. from entry in numbers.OrderBy(n => n.When)
               group entry by (entry.Name, entry.Number.Unit, entry.Number.Machine) into series
               orderby series.Key.Name, series.Key.Unit
               let latest = series.Last().Number
               select new Series(series.Key.Name, series.Key.Unit, series.Key.Machine, [.. series.Select(entry => new SeriesPoint(entry.When, entry.Run.Commit, entry.Number.Value))])
               {
                   Claim = latest.Claim,
                   Permitted = latest.Permitted,
                   HasRatios = latest.HasRatios,
                   IsReproducible = latest.Machine.Length == 0 && series.Select(entry => entry.Run.Seed).Distinct().Count() == 1,
               },
        ];
    }

    /// <summary>A number of a verdict that is followed.</summary>
    private sealed record RecordedNumber(string Claim, string Unit, string Machine, double Value, PermittedRange Permitted, bool HasRatios)
    {
        public static IEnumerable<RecordedNumber> Of(VerdictLine line, string machine)
        {
            RecordedNumber Number(string unit, double value, PermittedRange permitted, bool hasRatios = true) => new(line.Claim, unit, machine, value, permitted, hasRatios);
            return new[]
            {
                Number("looseness", line.Looseness ?? double.NaN, PermittedRange.Anything with { Least = 1 }),
                Number("largest radius", line.LargestRadius ?? double.NaN, PermittedRange.Anything),
            }
            .Concat(line.Estimates.Where(estimate => estimate.Name is "C" or "c").Select(constant => Number($"constant {constant.Name}", constant.Value, PermittedRange.Anything)))
            .Concat(line.Exponents.Select(exponent => Number($"exponent in {exponent.Symbol}", exponent.Measured, RangeOf(exponent), hasRatios: false)))
            .Where(number => double.IsFinite(number.Value));
        }

        private static PermittedRange RangeOf(ComparedExponent exponent) => new(
            exponent.Relation == Relation.AtMost ? double.NegativeInfinity : exponent.Proved - exponent.Margin,
            exponent.Relation == Relation.AtLeast ? double.PositiveInfinity : exponent.Proved + exponent.Margin);
    }
}
