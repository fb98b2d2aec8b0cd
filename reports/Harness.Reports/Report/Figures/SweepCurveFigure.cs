using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Figures;

/// <summary>The numbers of a sweep along one variable, with error bars.</summary>
internal static class SweepCurveFigure
{
    /// <summary>The figure of a panel with one swept variable.</summary>
    public static Figure Draw(MapSlice slice, string manifest) => new(
        Panel(slice.Map.Panel.Quantity, slice.Map.Swept[0], slice.Points, PanelSize.Large, "", manifest),
        [],
        [LegendEntry.Of(MarkerKind.HeldOut, MapText.Label(slice.Map.Panel.Quantity))],
        $"Every mark is a point of the sweep: {MapText.Explained(slice.Map.Panel)}. Point at a mark for its numbers and the line that replays it.");

    /// <summary>One panel.</summary>
    /// <param name="quantity">What is shown.</param>
    /// <param name="along">The variable.</param>
    /// <param name="points">The points; those that were not computed are left out.</param>
    /// <param name="size">Of the panel.</param>
    /// <param name="where">What is added to the name of the numbers: ", n = 4".</param>
    /// <param name="manifest">The manifest, for replays.</param>
    public static Html Panel(PanelQuantity quantity, SweepAxis along, IReadOnlyCollection<MapPoint> points, PanelSize size, string where, string manifest)
    {
        (double X, PointStatistic Y, MapPoint Point)[] places = [.. points.Where(point => point.Statistic is not null).Select(point => (point.At[along.Symbol], point.Statistic!.Value, point)).OrderBy(place => place.Item1)];
        double[] shown = [.. places.SelectMany(place => place.Y.HasInterval ? [place.Y.Middle, place.Y.Lower, place.Y.Upper] : new[] { place.Y.Middle })];
        var label = MapText.Label(quantity) + where;
        var panel = new Panel(
            new MapEdges(along.Values).IsLogarithmic ? Axis.Logarithmic(along.Symbol, along.Values) : Axis.Linear(along.Symbol, along.Values),
            quantity == PanelQuantity.Success ? Axis.Between(label, isLogarithmic: false, -0.06, 1.06) : Axis.Suited(label, shown),
            size);
        panel.Line("trajectory", places.Select(place => (place.X, place.Y.Middle)));
        foreach (var (x, y, point) in places)
        {
            if (y.HasInterval)
            {
                panel.Interval(MarkerKind.HeldOut, x, y.Lower, y.Upper);
            }

            panel.Point(MarkerKind.HeldOut, x, y.Middle, MapText.Of(point, manifest));
        }

        return panel.ToSvg($"{label} against {along.Symbol}, {ReadableNumber.Count(places.Length, "point")}");
    }
}
