using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>A panel of a sweep with what was observed at its points.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="Swept">Its swept variables, the horizontal one first, the vertical one next, then those that tell slices apart.</param>
/// <param name="Points">Its points in the order of the manifest.</param>
internal sealed record PanelMap(SweepPanel Panel, ImmutableArray<SweepAxis> Swept, ImmutableArray<MapPoint> Points)
{
    /// <summary>Points without a trial.</summary>
    public int Missing => Points.Count(point => point.Statistic is null);

    /// <summary>The slices: maps, or curves of one variable, at fixed values of the variables beyond the second.</summary>
    public IEnumerable<MapSlice> Slices => Points.GroupBy(point => string.Join(", ", Swept.Skip(2).Select(axis => FormattableString.Invariant($"{axis.Symbol} = {point.At[axis.Symbol]:G4}"))))
        .Select(slice => new MapSlice(this, slice.Key, [.. slice]));

    /// <summary>Puts what was observed at the points of a panel; trials under all seeds together.</summary>
    public static PanelMap Of(SweepManifest manifest, SweepPanel panel, SweepResults results)
    {
        // The width stands upright wherever it is swept, as phase diagrams have it; else the second variable does.
        SweepAxis[] swept = [.. panel.Swept];
        var upright = Array.Find(swept, axis => axis.Symbol == nameof(Variables.m)) ?? swept.ElementAtOrDefault(1);
        var order = swept.OrderBy(axis => swept.Length < 2 || (axis != upright && axis == swept.First(other => other != upright)) ? 0 : axis == upright ? 1 : 2);
        return new(panel, [.. order], [.. panel.Points().Select(point => MapPoint.Of(manifest, panel, point, results))]);
    }
}

/// <summary>A map of two variables, or a curve of one.</summary>
/// <param name="Map">The panel.</param>
/// <param name="Name">Where the other variables are: "L = 2"; empty where there are no others.</param>
/// <param name="Points">Its points.</param>
internal sealed record MapSlice(PanelMap Map, string Name, ImmutableArray<MapPoint> Points);

/// <summary>A point of a panel.</summary>
/// <param name="At">All variables.</param>
/// <param name="Cells">Ids of its cells, one a seed.</param>
/// <param name="Statistic">The trials of those that were computed; null where none was.</param>
internal sealed record MapPoint(Variables At, ImmutableArray<string> Cells, PointStatistic? Statistic)
{
    /// <summary>Successes among the trials of a panel that shows rates.</summary>
    public int Successes => Statistic is { } s ? (int)Math.Round(s.Middle * s.Trials) : 0;

    /// <summary>Collects the trials of a point.</summary>
    public static MapPoint Of(SweepManifest manifest, SweepPanel panel, Variables at, SweepResults results)
    {
        ImmutableArray<string> cells = [.. manifest.Header.Seeds.Select(seed => SweepCell.Of(panel.Claim, at, manifest.Header.Profile, seed, panel.Trials).Id)];
        double[] trials = [.. cells.SelectMany(cell => results.Trials.GetValueOrDefault(cell, [])).Select(trial => trial.Of(panel.Quantity))];
        return new(at, cells, trials.Length == 0 ? null : PointStatistic.Of(panel.Quantity, trials));
    }
}
