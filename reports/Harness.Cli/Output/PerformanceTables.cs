using System.Globalization;
using Harness.Reports.Performance;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Tables of <c>harness perf</c>.</summary>
internal static class PerformanceTables
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The most points that a line of bars shows: the latest.</summary>
    private const int ShownPoints = 40;

    /// <summary>What a run measured.</summary>
    public static void WriteRun(IAnsiConsole console, IReadOnlyList<PerformanceLine> lines)
    {
        var table = Of("benchmark", "median", "bytes", "multiply-adds");
        foreach (var line in lines)
        {
            Add(table, line.Benchmark, Time(line.Result.Median), Whole(line.BytesAllocated), line.MultiplyAdds is { } count ? Whole(count) : "-");
        }

        console.Write(table);
    }

    /// <summary>Series with their changes.</summary>
    public static void WriteHistory(IAnsiConsole console, IReadOnlyList<Series> all)
    {
        var table = Of("series", "points", "latest", "course", "changes");
        foreach (var series in all)
        {
            Add(
                table,
                series.Unit is "ns" ? series.Name : $"{series.Name}: {series.Unit}",
                Whole(series.Points.Length),
                Value(series, series.Points[^1].Value),
                Course([.. series.Points.TakeLast(ShownPoints).Select(point => point.Value)]),
                series.Changes.IsEmpty ? "-" : string.Join("; ", series.Changes.Select(change => Words(series, change))));
        }

        console.Write(table);
        console.WriteLine($"A change is a place that ED-PELT proposes and a Mann-Whitney test confirms, at least {ChangePoints.LeastStretch} points on each side; of a claim's number over runs with one seed, any difference. 'Less room': nearer to where the claim fails.");
    }

    /// <summary>Two revisions.</summary>
    public static void WriteComparison(IAnsiConsole console, ComparedRevisions compared, double threshold, double level)
    {
        var share = level / Math.Max(1, compared.Benchmarks.Length);
        var table = Of("benchmark", "base", "head", "ratio", "noise", "p", "verdict");
        foreach (var one in compared.Benchmarks)
        {
            var verdict = one.Rounds.Decide(threshold, share) switch { TimeChange.Slower => "slower", TimeChange.Faster => "faster", _ => "no change found" };
            Add(
                table,
                one.Name,
                Time(one.Rounds.BaseNanoseconds),
                Time(one.Rounds.HeadNanoseconds),
                Text($"{one.Rounds.Ratio:0.000}"),
                Text($"{one.Rounds.NoiseFloor:0.000}"),
                Text($"{one.Rounds.LeastPValue:0.0E+0}"),
                one.HasMoreOperations ? $"{verdict}; more operations" : verdict);
        }

        console.Write(table);
        foreach (var name in compared.OnlyBase)
        {
            console.WriteLine($"only base has {name}");
        }

        foreach (var name in compared.OnlyHead)
        {
            console.WriteLine($"only head has {name}");
        }

        console.WriteLine(Text(
            $"Times are medians; ratio and noise are factors of head over base and of head over itself in {(compared.Benchmarks.IsEmpty ? 0 : compared.Benchmarks[0].Rounds.Count)} rounds. A change is told where p is at most {share:0.0E+0} ({level} over all) and the ratio beyond noise and {threshold}."));
    }

    private static string Words(Series series, ChangePoint change)
    {
        var (point, share) = (series.Points[change.Index], series.HasRatios && double.IsFinite(change.Ratio) ? Text($" ({100 * (change.Ratio - 1):+0;-0} %)") : "");
        return Text($"{point.ShortCommit} ({point.When:yyyy-MM-dd}): {Value(series, change.Before)} to {Value(series, change.After)}{share}{(series.HasLessRoom(change) ? ", less room" : "")}");
    }

    private static string Value(Series series, double value) => series.Unit is "ns" ? Time(value) : Text($"{value:G4}");

    private static string Course(double[] values)
    {
        var (least, greatest) = (values.Min(), values.Max());
        return string.Concat(values.Select(value => Bars[greatest > least ? (int)Math.Round((Bars.Length - 1) * (value - least) / (greatest - least)) : 0]));
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e9 => Text($"{nanoseconds / 1e9:G4} s"),
        >= 1e6 => Text($"{nanoseconds / 1e6:G4} ms"),
        >= 1e3 => Text($"{nanoseconds / 1e3:G4} µs"),
        _ => Text($"{nanoseconds:G4} ns"),
    };

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static Table Of(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        return table;
    }

    // Names of generic benchmarks have brackets, which are mark-up otherwise.
    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
