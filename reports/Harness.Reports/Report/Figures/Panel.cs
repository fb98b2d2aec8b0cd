namespace Harness.Reports.Report.Figures;

/// <summary>
/// One pair of axes with what is drawn between them, as inline SVG.
/// </summary>
/// <remarks>
/// Everything is styled by the page's style sheet, so that one drawing serves light, dark and print; text stays text and markers carry their values.
/// The area between the axes is an <c>svg</c> element of its own: it clips what is drawn in it without ids that would have to be unique in the page.
/// </remarks>
internal sealed class Panel(Axis x, Axis y, PanelSize size)
{
    /// <summary>Mean width of a letter and distance of lines, in units of the label's size; there is no layout that could measure them, so it is that of a wide font.</summary>
    private const double LetterWidth = 0.58, LineHeight = 1.15;

    /// <summary>How far a mark reaches from its centre; less than the air that axes leave in a small panel, so that marks stand where their values are.</summary>
    private const double MarkReach = 5;

    private readonly List<Html> drawn = [];

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; } = x;

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; } = y;

    private double Width => size.Width - size.Left - size.Right;

    private double Height => size.Height - size.Top - size.Bottom;

    /// <summary>A line through points of the plane.</summary>
    public void Line(string style, IEnumerable<(double X, double Y)> points) => drawn.Add(Html.Of($"<polyline class=\"{style}\" points=\"{Coordinates(points)}\"/>"));

    /// <summary>A trajectory; its values are shown when it is pointed at.</summary>
    public void Curve(string style, IEnumerable<(double X, double Y)> points, string values) =>
        drawn.Add(Html.Of($"<polyline class=\"{style}\" points=\"{Coordinates(points)}\"><title>{values}</title></polyline>"));

    /// <summary>A filled region with corners in the plane.</summary>
    public void Region(string style, IEnumerable<(double X, double Y)> corners) => drawn.Add(Html.Of($"<polygon class=\"{style}\" points=\"{Coordinates(corners)}\"/>"));

    /// <summary>A line at one height.</summary>
    public void Level(string style, double height) => Line(style, [(X.From, height), (X.To, height)]);

    /// <summary>An observation; its values are shown when it is pointed at.</summary>
    public void Point(MarkerKind kind, double px, double py, string values) =>
        drawn.Add(Html.Of($"<path class=\"point {Marker.Class(kind)}\" d=\"{Marker.Path(kind, Inside(Across(px), Width), Inside(Down(py), Height))}\"><title>{values}</title></path>"));

    /// <summary>A mark of one of several series; its values are shown when it is pointed at.</summary>
    public void Mark(SeriesStyle style, double px, double py, string values) =>
        drawn.Add(Html.Of($"<path class=\"point {SeriesMark.Class(style)}\" d=\"{SeriesMark.Path(style, Inside(Across(px), Width), Inside(Down(py), Height))}\"><title>{values}</title></path>"));

    /// <summary>A mean along a curve: the curve, the standard errors where they are wide enough to be seen, and the values of a place when it is pointed at.</summary>
    public void Means(SeriesStyle style, IReadOnlyList<(double X, SeriesMean Y)> places, Func<double, SeriesMean, string> values)
    {
        Line(SeriesMark.Mean(style), places.Select(p => (p.X, p.Y.Mean)));
        foreach (var (px, y) in places)
        {
            var error = Math.Abs(Down(y.Mean - y.StandardError) - Down(y.Mean)) > 1 ? Html.Of($"<path class=\"{SeriesMark.Mean(style)} bar\" d=\"M{Across(px)} {Down(y.Mean - y.StandardError)}V{Down(y.Mean + y.StandardError)}\"/>") : Html.Empty;
            drawn.Add(Html.Of($"{error}<circle class=\"hit\" cx=\"{Across(px)}\" cy=\"{Down(y.Mean)}\" r=\"7\"><title>{values(px, y)}</title></circle>"));
        }
    }

    /// <summary>The same marks without values, for small panels that repeat the observations of a large one: one element however many they are.</summary>
    public void Dots(MarkerKind kind, IEnumerable<(double X, double Y)> points)
    {
        var outlines = points.Select(p => Marker.Path(kind, Inside(Across(p.X), Width), Inside(Down(p.Y), Height)));
        drawn.Add(Html.Of($"<path class=\"dot {Marker.Class(kind)}\" d=\"{string.Concat(outlines)}\"/>"));
    }

    /// <summary>A cell of a map; its values are shown when it is pointed at.</summary>
    /// <param name="across">Its edges on the horizontal axis.</param>
    /// <param name="up">Its edges on the vertical axis.</param>
    /// <param name="fill">Its colour; null for a cell that was not computed.</param>
    /// <param name="text">What is written in it; empty for nothing.</param>
    /// <param name="isDark">Whether the colour is dark.</param>
    /// <param name="values">Its values.</param>
    public void Cell((double From, double To) across, (double From, double To) up, string? fill, string text, bool isDark, string values)
    {
        var (left, right, top, bottom) = (Across(across.From), Across(across.To), Down(up.To), Down(up.From));
        var style = fill is null ? "cell blank" : "cell";
        drawn.Add(Html.Of($"<rect class=\"{style}\" x=\"{left}\" y=\"{top}\" width=\"{right - left}\" height=\"{bottom - top}\" fill=\"{fill ?? "none"}\"><title>{values}</title></rect>"));

        // Letters are ten units wide at most, on a telephone.
        if (text.Length > 0 && right - left > 4 + (10 * text.Length) && bottom - top > 19)
        {
            drawn.Add(Html.Of($"<text class=\"note {(isDark ? "on-dark" : "on-light")}\" text-anchor=\"middle\" x=\"{(left + right) / 2}\" y=\"{((top + bottom) / 2) + 4.5}\">{text}</text>"));
        }
    }

    /// <summary>A place on a map with its vertical interval, seen on every colour; its values are shown when it is pointed at.</summary>
    public void Crossing(double px, double py, double lower, double upper, string values)
    {
        var whisker = Html.Of($"M{Across(px)} {Down(lower)}V{Down(upper)}");
        drawn.Add(Html.Of($"<path class=\"casing\" d=\"{whisker}\"/><path class=\"isoline\" d=\"{whisker}\"/><circle class=\"crossing\" cx=\"{Across(px)}\" cy=\"{Down(py)}\" r=\"4\"><title>{values}</title></circle>"));
    }

    /// <summary>A line on a map, seen on every colour.</summary>
    public void OnMap(string style, IReadOnlyList<(double X, double Y)> points)
    {
        Line("casing", points);
        Line(style, points);
    }

    /// <summary>A ring around an observation.</summary>
    public void Ring(double px, double py) => drawn.Add(Html.Of($"<circle class=\"worst\" cx=\"{Inside(Across(px), Width)}\" cy=\"{Inside(Down(py), Height)}\" r=\"8\"/>"));

    /// <summary>A vertical interval.</summary>
    public void Interval(MarkerKind kind, double px, double lower, double upper) => Interval(Marker.Class(kind), px, lower, upper);

    /// <summary>The vertical interval of a mark of one of several series.</summary>
    public void Whisker(SeriesStyle style, double px, double lower, double upper) => Interval(SeriesMark.Class(style), px, lower, upper);

    /// <summary>A short horizontal line at one place.</summary>
    public void Target(double px, double py) => drawn.Add(Html.Of($"<path class=\"bound\" d=\"M{Across(px) - 6} {Down(py)}h12\"/>"));

    /// <summary>The panel as one SVG element.</summary>
    /// <param name="inWords">What it shows, for those who do not see it.</param>
    public Html ToSvg(string inWords) => ToSvg(inWords, Html.Empty);

    /// <summary>The panel with something beside it, in the margin.</summary>
    /// <param name="inWords">What it shows, for those who do not see it.</param>
    /// <param name="beside">What stands there, in the coordinates of the whole drawing.</param>
    public Html ToSvg(string inWords, Html beside)
    {
        // Above the axis rather than turned beside it: formulas are read, and a turned one costs width that a telephone does not have. What takes more than a line grows upwards.
        var heading = MathText.Lines(Y.Label, (int)((size.Width - 8) / (LetterWidth * size.Label)));
        var above = (heading.Length - 1) * LineHeight * size.Label;
        var label = heading.Select((line, i) => Html.Of($"<text class=\"label\" x=\"4\" y=\"{size.Label + 1 - above + (i * LineHeight * size.Label)}\">{MathText.ToSvg(line)}</text>"));
        return Html.Of(
            $"<svg class=\"panel\" role=\"img\" aria-label=\"{inWords}\" viewBox=\"0 {-above} {size.Width} {size.Height + above}\">{Horizontal()}{Vertical()}{label}<svg x=\"{size.Left}\" y=\"{size.Top}\" width=\"{Width}\" height=\"{Height}\">{drawn}</svg>{beside}</svg>");
    }

    private void Interval(string style, double px, double lower, double upper) =>
        drawn.Add(Html.Of($"<path class=\"interval {style}\" d=\"M{Across(px) - 3} {Down(lower)}h6m-3 0V{Down(upper)}m-3 0h6\"/>"));

    private Html Horizontal()
    {
        var bottom = size.Height - size.Bottom;
        var ticks = X.Ticks.Select(tick => Html.Of(
            $"<path class=\"{(tick.Label is null ? "tick" : "grid")}\" d=\"M{size.Left + Across(tick.Value)} {(tick.Label is null ? bottom - 4 : size.Top)}V{bottom}\"/>{Label(tick, size.Left + Across(tick.Value), bottom + size.Text + 3, "middle")}"));
        return Html.Of(
            $"{ticks}<path class=\"axis\" d=\"M{size.Left} {bottom}h{Width}\"/><text class=\"label\" text-anchor=\"middle\" x=\"{size.Left + (Width / 2)}\" y=\"{size.Height - 5}\">{MathText.ToSvg(X.Label)}</text>");
    }

    private Html Vertical()
    {
        var ticks = Y.Ticks.Select(tick => Html.Of(
            $"<path class=\"{(tick.Label is null ? "tick" : "grid")}\" d=\"M{size.Left} {size.Top + Down(tick.Value)}h{(tick.Label is null ? 4 : Width)}\"/>{Label(tick, size.Left - 5, size.Top + Down(tick.Value) + (size.Text * 0.35), "end")}"));
        return Html.Of($"{ticks}<path class=\"axis\" d=\"M{size.Left} {size.Top}v{Height}\"/>");
    }

    private static Html Label(Tick tick, double px, double py, string anchor) =>
        tick.Label is null ? Html.Empty : Html.Of($"<text text-anchor=\"{anchor}\" x=\"{px}\" y=\"{py}\">{tick.Label}</text>");

    private Html Coordinates(IEnumerable<(double X, double Y)> points) => Html.Join(points.Select(p => Html.Of($"{Across(p.X)},{Down(p.Y)} ")));

    /// <summary>A marker that has no place on its axis stands at the edge, where it can be seen; the figure says how many do.</summary>
    private static double Inside(double coordinate, double length) => Math.Clamp(coordinate, MarkReach, length - MarkReach);

    private double Across(double value) => X.Position(value) * Width;

    private double Down(double value) => (1 - Y.Position(value)) * Height;
}

/// <summary>Outer size, margins, height of text and of labels where they are largest (the style sheet makes up for a small screen) of a panel, in units that are pixels on a wide screen.</summary>
internal sealed record PanelSize(double Width, double Height, double Left, double Top, double Right, double Bottom, double Text, double Label)
{
    /// <summary>The figure of a claim.</summary>
    public static PanelSize Large { get; } = new(500, 350, 62, 34, 20, 48, 13, 19);

    /// <summary>A map, with its scale of colours in the right margin.</summary>
    public static PanelSize Map { get; } = new(500, 350, 62, 34, 92, 48, 13, 19);

    /// <summary>One of several beside it.</summary>
    public static PanelSize Small { get; } = new(270, 190, 56, 32, 18, 44, 13, 14);
}
