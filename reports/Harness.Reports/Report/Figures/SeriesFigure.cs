using System.Globalization;
using Harness.Reports.Performance;

namespace Harness.Reports.Report.Figures;

/// <summary>A number followed over runs: every run a mark, the level of every stretch a line, and a broken line where the level changes.</summary>
internal static class SeriesFigure
{
    /// <summary>Draws the panel.</summary>
    /// <param name="series">At least one point.</param>
    public static Html Draw(Series series)
    {
        var (unit, scale) = Scale(series);
        double[] values = [.. series.Points.Select(point => point.Value / scale)];
        var (least, greatest) = (series.Permitted.Least / scale, series.Permitted.Greatest / scale);
        double[] shown = [.. values, .. new[] { least, greatest }.Where(double.IsFinite)];
        var runs = Axis.Linear("run", Enumerable.Range(1, values.Length).Select(i => (double)i));
        var panel = new Panel(runs, series.HasRatios ? Axis.Suited(unit, shown) : Axis.Linear(unit, shown), PanelSize.Small);
        Forbid(panel, least, panel.Y.From);
        Forbid(panel, greatest, panel.Y.To);
        int[] ends = [0, .. series.Changes.Select(change => change.Index), values.Length];
        foreach (var (change, end) in series.Changes.Zip(ends.Skip(1)))
        {
            panel.Line("fit", [(end + 0.5, panel.Y.From), (end + 0.5, panel.Y.To)]);
        }

        for (var stretch = 0; stretch + 1 < ends.Length; stretch++)
        {
            // Of a reproducible series the stretches are single levels; of another one the levels are the medians that were compared.
            var level = stretch > 0 ? series.Changes[stretch - 1].After : series.Changes.IsEmpty ? double.NaN : series.Changes[0].Before;
            if (double.IsFinite(level))
            {
                panel.Line("bound", [(ends[stretch] + 0.6, level / scale), (ends[stretch + 1] + 0.4, level / scale)]);
            }
        }

        foreach (var (i, point) in series.Points.Index())
        {
            panel.Point(MarkerKind.HeldOut, i + 1, values[i], InWords(point, values[i], unit));
        }

        return panel.ToSvg($"{series.Name}, {series.Unit}, over {ReadableNumber.Count(values.Length, "run")}, {ReadableNumber.Count(series.Changes.Length, "change")}");
    }

    /// <summary>The course alone, without axes, for a row of a table.</summary>
    public static Html Course(Series series)
    {
        const double Width = 120, Height = 20;
        double[] values = [.. series.Points.Select(point => point.Value)];
        var (low, high) = (values.Min(), values.Max());
        var places = values.Select((value, i) => Html.Of(
            $"{(values.Length == 1 ? Width / 2 : 2 + ((Width - 4) * i / (values.Length - 1)))},{(high > low ? 2 + ((Height - 4) * (high - value) / (high - low)) : Height / 2)} "));
        return Html.Of($"<svg class=\"course\" viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\"><polyline class=\"trajectory closest\" points=\"{places}\"/></svg>");
    }

    /// <summary>A value of a series with its unit, as a reader wants it.</summary>
    public static string Value(Series series, double value)
    {
        var (unit, scale) = Scale(series);
        return ReadableNumber.Of(value / scale) + (series.Claim is null ? " " + unit : "");
    }

    private static string InWords(SeriesPoint point, double value, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{point.When.UtcDateTime:yyyy-MM-dd HH:mm} UTC · {point.ShortCommit} · {unit} {ReadableNumber.Of(value)}");

    private static void Forbid(Panel panel, double limit, double edge)
    {
        if (double.IsFinite(limit))
        {
            panel.Region("forbidden", [(panel.X.From, limit), (panel.X.To, limit), (panel.X.To, edge), (panel.X.From, edge)]);
        }
    }

    /// <summary>Times in the unit that leaves the fewest digits.</summary>
    private static (string Unit, double Scale) Scale(Series series) => series.Unit is not "ns" ? (series.Unit, 1) : series.Points.Max(point => point.Value) switch
    {
        >= 1e9 => ("s", 1e9),
        >= 1e6 => ("ms", 1e6),
        >= 1e3 => ("µs", 1e3),
        _ => ("ns", 1),
    };
}
