using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Harness.Perf;

/// <summary>
/// Useful floating-point rate: two operations for every multiply-add that <see cref="ICountedWork"/> counts, over the median time. "-" where the number of multiply-adds depends on
/// the data, as in an iteration that runs until it converges.
/// </summary>
internal sealed class MultiplyAddRateColumn : IColumn
{
    public string Id => nameof(MultiplyAddRateColumn);

    public string ColumnName => "GF/s";

    public string Legend => "2 x counted multiply-adds / median time, in 10^9 per second";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        var nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Median;
        return nanoseconds is { } median && CountedWork(benchmarkCase) is { } work
            ? (2 * work.MultiplyAdds / median).ToString("F1", style.CultureInfo ?? CultureInfo.InvariantCulture)
            : "-";
    }

    /// <summary>The suite at the case's parameters, without its set-up: it ran in another process.</summary>
    private static ICountedWork? CountedWork(BenchmarkCase benchmarkCase)
    {
        var type = benchmarkCase.Descriptor.Type;
        if (!type.IsAssignableTo(typeof(ICountedWork)))
        {
            return null;
        }

        var suite = Activator.CreateInstance(type)!;
        foreach (var parameter in benchmarkCase.Parameters.Items)
        {
            type.GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        }

        return (ICountedWork)suite;
    }
}
