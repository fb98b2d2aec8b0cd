using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Harness.Perf;

/// <summary>A rate: the work that <see cref="ICountedWork"/> counts, over the median time. "-" where nothing is counted.</summary>
internal sealed class WorkColumn : IColumn
{
    private readonly Func<string> legend;
    private readonly Func<Work, bool> applies;
    private readonly Func<Work, Type, double, double> rate;
    private readonly string digits;

    /// <param name="name">Heading.</param>
    /// <param name="digits">Format of the number.</param>
    /// <param name="legend">What the number is.</param>
    /// <param name="applies">Whether the work has this rate.</param>
    /// <param name="rate">The rate, from the work, its type of number and the nanoseconds that it took.</param>
    private WorkColumn(string name, string digits, Func<string> legend, Func<Work, bool> applies, Func<Work, Type, double, double> rate)
    {
        (ColumnName, this.digits, this.legend, this.applies, this.rate) = (name, digits, legend, applies, rate);
    }

    /// <summary>Useful floating-point rate, that as a share of what the cores can do, and the rate at which operands pass.</summary>
    public static IColumn[] All { get; } =
    [
        new WorkColumn(
            "GF/s", "F1", () => "2 x counted multiply-adds / median time, in 10^9 per second",
            work => work.MultiplyAdds > 0, (work, _, time) => 2 * work.MultiplyAdds / time),
        new WorkColumn(
            "Of peak", "F2", () => $"GF/s over threads x multiply-add rate of one core, measured after these benchmarks: {MultiplyAddPeak.Describe()}",
            work => work.MultiplyAdds > 0, (work, type, time) => 2 * work.MultiplyAdds / time / (work.Threads * MultiplyAddPeak.Of(type))),
        new WorkColumn(
            "GB/s", "F1", () => "Bytes of the operands, each read once and, if it changes, written once / median time, in 10^9 per second",
            work => work.Bytes > 0, (work, _, time) => work.Bytes / time),
    ];

    public string Id => $"{nameof(WorkColumn)}.{ColumnName}";

    public string ColumnName { get; }

    public string Legend => legend();

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmarkCase => Work.Of(benchmarkCase) is { } work && applies(work));

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary[benchmarkCase]?.ResultStatistics?.Median is { } nanoseconds && Work.Of(benchmarkCase) is { } work && applies(work)
            ? rate(work, NumberType(benchmarkCase.Descriptor.Type), nanoseconds).ToString(digits, style.CultureInfo ?? CultureInfo.InvariantCulture)
            : "-";

    /// <summary>A suite computes in its type argument; those without one compute in double.</summary>
    private static Type NumberType(Type suite) => suite.GenericTypeArguments is [var type] ? type : typeof(double);
}
