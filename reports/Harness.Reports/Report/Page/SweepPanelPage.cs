using System.Collections.Immutable;
using System.Globalization;
using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Reports.Report.Figures;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Page;

/// <summary>A panel of a sweep with what the page draws and says of it.</summary>
/// <param name="Map">The panel.</param>
/// <param name="Id">For links and file names: "panel-1".</param>
/// <param name="Manifest">The manifest, for replays.</param>
/// <param name="Boundaries">Of slices that show rates: where half of the trials succeed.</param>
/// <param name="Theorems">The widths that theorems ask for, with the exponent over the range that was swept; empty where the panel is not about them.</param>
/// <param name="Figures">One a slice, by name; empty where there are too many points to look at.</param>
internal sealed record SweepPanelPage(
    PanelMap Map, string Id, string Manifest, ImmutableArray<(string Slice, ImmutableArray<(double X, Transition? Y)> Columns, Boundary? Boundary)> Boundaries,
    ImmutableArray<(RequiredWidth Width, double Exponent)> Theorems, ImmutableArray<(string Slice, Figure Figure)> Figures)
{
    /// <summary>More cells in a drawing are smaller than a pixel, and more slices than anyone looks through.</summary>
    private const int MostDrawn = 10_000, MostSlices = 16;

    /// <summary>Fits and draws.</summary>
    public static SweepPanelPage Of(PanelMap map, int number, string manifest)
    {
        MapSlice[] slices = [.. map.Slices];
        var boundaries = slices.Where(_ => map.Panel.Quantity == PanelQuantity.Success && map.Swept.Length >= 2).Select(slice => (slice.Name, Columns: Columns(slice))).Select(slice => (slice.Name, slice.Columns, Boundary.Of(slice.Columns))).ToImmutableArray();
        var theorems = TheoremsOf(map);
        var isDrawn = map.Swept.Length > 0 && map.Points.Length <= MostDrawn && slices.Length <= MostSlices;
        var scale = map.Panel.Quantity == PanelQuantity.Success ? ColourScale.Rates(MapText.Label(map.Panel.Quantity))
            : ColourScale.Around(MapText.Label(map.Panel.Quantity), map.Points.Where(point => point.Statistic is not null).Select(point => point.Statistic!.Value.Middle));
        (double, string)? proved = theorems.IsEmpty ? null : (theorems[0].Exponent, $"{theorems[0].Width.Item} of {theorems[0].Width.Paper.Authors}");
        return new(
            map, string.Create(CultureInfo.InvariantCulture, $"panel-{number}"), manifest, boundaries, theorems,
            isDrawn ? [.. slices.Select((slice, k) => (slice.Name, map.Swept.Length == 1 ? SweepCurveFigure.Draw(slice, manifest) : SweepMapFigure.Draw(slice, scale, boundaries.ElementAtOrDefault(k).Item3, proved, manifest)))] : []);
    }

    private static ImmutableArray<(double X, Transition? Y)> Columns(MapSlice slice) =>
    [
        .. slice.Points.Where(point => point.Statistic is not null && point.At[slice.Map.Swept[1].Symbol] > 0).GroupBy(point => point.At[slice.Map.Swept[0].Symbol]).OrderBy(column => column.Key)
            .Select(column => (column.Key, column.DistinctBy(point => point.At[slice.Map.Swept[1].Symbol]).Count() < 2 ? null : Transition.Of([.. column.Select(point => (point.At[slice.Map.Swept[1].Symbol], point.Successes, point.Statistic!.Value.Trials))]))),
    ];

    /// <summary>Theorems say how wide the networks of this one claim have to be. The exponent is that of the whole range, logarithms included: log(W(x₂)/W(x₁))/log(x₂/x₁).</summary>
    private static ImmutableArray<(RequiredWidth Width, double Exponent)> TheoremsOf(PanelMap map)
    {
        if (map.Panel.Claim.Id != SuccessProbability.Claim.Id || map.Swept.Length < 2 || map.Swept[1].Symbol != nameof(Variables.m) || map.Swept[0].Symbol is not (nameof(Variables.n) or nameof(Variables.L) or nameof(Variables.δ)))
        {
            return [];
        }

        var (symbol, at) = (map.Swept[0].Symbol, map.Points[0].At);
        var (from, to) = (map.Swept[0].Values.Min(), map.Swept[0].Values.Max());
        return
        [
            .. RequiredWidths.All.Where(required => required.Width is not null).Select(required => (required, Math.Log(required.Width!(at.With(symbol, to)) / required.Width(at.With(symbol, from))) / Math.Log(to / from)))
                .Where(theorem => theorem.Item2 != 0), // a theorem on two layers says nothing of L
        ];
    }
}
