using Harness.Reports.Performance;

namespace Harness.Cli.Output;

/// <summary>A series for programs.</summary>
internal sealed record SeriesJson(string Name, string Unit, string? Machine, IEnumerable<SeriesPoint> Points, IEnumerable<ChangePoint> Changes)
{
    public static SeriesJson Of(Series series) => new(series.Name, series.Unit, series.Machine.Length == 0 ? null : series.Machine, series.Points, series.Changes);
}
