namespace Harness.Reports.Report.Figures;

/// <summary>One of several claims, depths or widths in a panel. Each has a shape, a colour and a dash of its own, so that none depends on its colour.</summary>
internal enum SeriesStyle
{
    /// <summary>Discs and a solid line.</summary>
    First,

    /// <summary>Open squares and a dashed line.</summary>
    Second,

    /// <summary>Diamonds and a dotted line.</summary>
    Third,

    /// <summary>Triangles and a line of dashes and dots.</summary>
    Fourth,

    /// <summary>A grey line of dots; where there are five, their marks would hide each other.</summary>
    Fifth,
}

/// <summary>How the series of a panel look: marks for what was measured, a line for what is predicted.</summary>
internal static class SeriesMark
{
    /// <summary>Half the width of the triangle, in the drawing's units: its area is near that of the other marks.</summary>
    private const double HalfWidth = 4.6;

    /// <summary>The class of a style in the style sheet.</summary>
    public static string Class(SeriesStyle style) => style switch
    {
        SeriesStyle.First => "series-1",
        SeriesStyle.Second => "series-2",
        SeriesStyle.Third => "series-3",
        SeriesStyle.Fourth => "series-4",
        _ => "series-5",
    };

    /// <summary>The classes of the line of what is predicted.</summary>
    public static string Line(SeriesStyle style) => "predicted " + Class(style);

    /// <summary>The classes of a curve of means.</summary>
    public static string Mean(SeriesStyle style) => "mean " + Class(style);

    /// <summary>The outline around a centre, as SVG path data.</summary>
    public static string Path(SeriesStyle style, double x, double y) => style switch
    {
        SeriesStyle.First => Marker.Path(MarkerKind.HeldOut, x, y),
        SeriesStyle.Second => Marker.Path(MarkerKind.Calibration, x, y),
        SeriesStyle.Third => Marker.Path(MarkerKind.Data, x, y),
        _ => Html.Of($"M{x} {y - HalfWidth}l{HalfWidth} {HalfWidth * 1.7}h{-2 * HalfWidth}z").ToString(),
    };

    /// <summary>Marks on their line.</summary>
    public static LegendEntry Legend(SeriesStyle style, string text) => new(
        Html.Of($"<path class=\"{Line(style)}\" d=\"M1 6h22\"/><path class=\"dot {Class(style)}\" d=\"{Path(style, 12, 6)}\"/>"), text);
}
