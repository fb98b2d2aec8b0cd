using Harness.Reports.Performance;

namespace Harness.Cli.Output;

/// <summary>A series for programs.</summary>
internal sealed record SeriesJson(string Name, string Unit, string? Machine, string? Claim, double? Least, double? Greatest, IEnumerable<PointJson> Points, IEnumerable<ChangeJson> Changes)
{
    public static SeriesJson Of(Series series) => new(
        series.Name,
        series.Unit,
        series.Machine.Length == 0 ? null : series.Machine,
        series.Claim,
        VerifiedClaimJson.Finite(series.Permitted.Least),
        VerifiedClaimJson.Finite(series.Permitted.Greatest),
        series.Points.Select(point => new PointJson(point.When, point.Commit, point.Value)),
        series.Changes.Select(change => new ChangeJson(change.Index, change.Before, change.After, series.HasRatios ? VerifiedClaimJson.Finite(change.Ratio) : null, series.HasLessRoom(change))));
}

/// <summary>A point of a series.</summary>
internal sealed record PointJson(DateTimeOffset When, string Commit, double Value);

/// <summary>A change of level.</summary>
internal sealed record ChangeJson(int Index, double Before, double After, double? Ratio, bool LessRoom);
