using System.Collections.Immutable;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Figures;

/// <summary>The map of a panel over two variables: a cell a point, the boundary where half of the trials succeed, and curves with error bars beside it.</summary>
internal static class SweepMapFigure
{
    /// <summary>Labels on the vertical axis.</summary>
    private const int MostUp = 12;

    /// <summary>Curves beside the map.</summary>
    private const int MostCurves = 6;

    /// <summary>Draws a slice.</summary>
    /// <param name="slice">Two swept variables.</param>
    /// <param name="scale">The colours, the same for all slices of a panel.</param>
    /// <param name="boundary">Where half of the trials succeed; null where there is none.</param>
    /// <param name="proved">The exponent that a theorem's width has, and whose it is; null where no theorem says one.</param>
    /// <param name="manifest">The manifest, for replays.</param>
    public static Figure Draw(MapSlice slice, ColourScale scale, Boundary? boundary, (double Exponent, string Theorem)? proved, string manifest)
    {
        var (x, y) = (slice.Map.Swept[0], slice.Map.Swept[1]);
        var (across, up) = (new MapEdges(x.Values), new MapEdges(y.Values));
        var panel = new Panel(Axis.Swept(x.Symbol, across, MostAcross(across)), Axis.Swept(y.Symbol, up, MostUp), PanelSize.Map);
        foreach (var point in slice.Points)
        {
            var value = point.Statistic?.Middle ?? double.NaN;
            panel.Cell(
                across.Around(point.At[x.Symbol]), up.Around(point.At[y.Symbol]), scale.Of(value), double.IsNaN(value) ? "" : Short(slice.Map.Panel.Quantity, value), scale.IsDark(value), MapText.Of(point, manifest));
        }

        if (boundary is not null)
        {
            DrawBoundary(panel, boundary, proved, x.Symbol, y.Symbol);
        }

        return new(
            panel.ToSvg($"{MapText.Label(slice.Map.Panel.Quantity)} over {x.Symbol} and {y.Symbol}, {ReadableNumber.Count(slice.Points.Length, "point")}", scale.Bar(PanelSize.Map)),
            [.. Columns(slice, x, manifest)],
            [.. Legend(slice, boundary, proved, x.Symbol, y.Symbol)],
            $"Every cell is a point of the sweep; what its colour shows is {MapText.Explained(slice.Map.Panel)}. Small panels: columns of the map against {y.Symbol}, with these intervals. Point at a cell for its numbers and the line that replays it.");
    }

    /// <summary>Labels on the horizontal axis: as many of the longest as keep apart on a telephone, whose letters are ten units wide.</summary>
    private static int MostAcross(MapEdges across) =>
        Math.Max(2, (int)((PanelSize.Map.Width - PanelSize.Map.Left - PanelSize.Map.Right) / (6 + (10 * across.Values.Max(value => ReadableNumber.Of(value).Length)))));

    private static void DrawBoundary(Panel panel, Boundary boundary, (double Exponent, string Theorem)? proved, string x, string y)
    {
        panel.OnMap("isoline", [.. boundary.Columns.Select(column => (column.X, column.Y.At))]);

        // A power has no place left of zero, where the edge of a linear axis may be.
        var from = Math.Max(panel.X.From, boundary.Columns.Min(column => column.X) / 4);
        panel.OnMap("isoline fitted", Curve(from, panel.X.To, boundary.At));
        if (proved is { } p)
        {
            panel.OnMap("isoline theorem", Curve(from, panel.X.To, value => boundary.Centre.Y * Math.Pow(value / boundary.Centre.X, p.Exponent)));
        }

        foreach (var (at, transition) in boundary.Columns)
        {
            panel.Crossing(at, transition.At, Math.Max(transition.Lower, panel.Y.From / 2), Math.Min(transition.Upper, panel.Y.To * 2), $"{x} = {ReadableNumber.Of(at)}: half of the trials succeed at {y} = {InWords(transition)}");
        }
    }

    /// <summary>"64 (51 to 80)".</summary>
    public static string InWords(Transition transition) =>
        $"{ReadableNumber.Of(transition.At)} ({(transition.Lower > 0 ? ReadableNumber.Of(transition.Lower) : "no lower limit")} to {(double.IsFinite(transition.Upper) ? ReadableNumber.Of(transition.Upper) : "no upper limit")})";

    private static (double X, double Y)[] Curve(double from, double to, Func<double, double> of) =>
        [.. Enumerable.Range(0, 41).Select(k => from * Math.Pow(to / from, k / 40.0)).Select(value => (value, of(value)))];

    /// <summary>As short as a cell needs it: rates as whole per cents without a sign.</summary>
    private static string Short(PanelQuantity quantity, double value) => quantity == PanelQuantity.Success ? ReadableNumber.Of(Math.Round(100 * value)) : ReadableNumber.Of(double.Round(value, Digits(value)));

    /// <summary>Decimals that leave two significant digits.</summary>
    private static int Digits(double value) => value == 0 || !double.IsFinite(value) ? 0 : Math.Clamp(1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);

    private static IEnumerable<Html> Columns(MapSlice slice, SweepAxis x, string manifest)
    {
        ImmutableArray<double> values = [.. x.Values.Distinct().Order()];
        var chosen = values.Length <= MostCurves ? values : [.. Enumerable.Range(0, MostCurves).Select(k => values[k * (values.Length - 1) / (MostCurves - 1)])];
        return chosen.Select(value => SweepCurveFigure.Panel(slice.Map.Panel.Quantity, slice.Map.Swept[1], [.. slice.Points.Where(point => point.At[x.Symbol] == value)], PanelSize.Small, $", {x.Symbol} = {ReadableNumber.Of(value)}", manifest));
    }

    private static IEnumerable<LegendEntry> Legend(MapSlice slice, Boundary? boundary, (double Exponent, string Theorem)? proved, string x, string y)
    {
        if (boundary is not null)
        {
            yield return OnMap("isoline", "half of the trials succeed, with 95 % intervals");
            yield return OnMap("isoline fitted", $"{y} ~ {x}^{{{ExponentText.Number(boundary.Exponent, 2)}}}, fitted");
            if (proved is { } p)
            {
                yield return OnMap("isoline theorem", $"{x}^{{{ExponentText.Number(p.Exponent, 1)}}}, {p.Theorem}");
            }
        }

        if (slice.Points.Any(point => point.Statistic is null))
        {
            yield return LegendEntry.Region("cell blank", "not computed");
        }
    }

    private static LegendEntry OnMap(string style, string text) => new(
        Html.Of($"<rect width=\"24\" height=\"12\" fill=\"#21918c\"/><path class=\"casing\" d=\"M1 6h22\"/><path class=\"{style}\" d=\"M1 6h22\"/>"), text);
}
