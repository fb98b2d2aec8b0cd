using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>The plot that shows a claim.</summary>
/// <param name="Main">The large panel.</param>
/// <param name="Panels">Small panels beside it: the same observations against one variable each.</param>
/// <param name="Legend">What the marks and lines stand for.</param>
/// <param name="Caption">What is seen, in words.</param>
internal sealed record Figure(Html Main, ImmutableArray<Html> Panels, ImmutableArray<LegendEntry> Legend, string Caption);

/// <summary>A mark and what it stands for.</summary>
/// <param name="Swatch">The mark as an SVG fragment in a box of 24 × 12.</param>
/// <param name="Text">What it stands for.</param>
internal sealed record LegendEntry(Html Swatch, string Text)
{
    /// <summary>A marker.</summary>
    public static LegendEntry Of(MarkerKind kind, string text) => new(Html.Of($"<path class=\"dot {Marker.Class(kind)}\" d=\"{Marker.Path(kind, 12, 6)}\"/>"), text);

    /// <summary>A line.</summary>
    public static LegendEntry Line(string style, string text) => new(Html.Of($"<path class=\"{style}\" d=\"M1 6h22\"/>"), text);

    /// <summary>A curve of means.</summary>
    public static LegendEntry Line(SeriesStyle style, string text) => Line(SeriesMark.Mean(style), text);

    /// <summary>A region.</summary>
    public static LegendEntry Region(string style, string text) => new(Html.Of($"<rect class=\"{style}\" x=\"2\" width=\"20\" height=\"12\"/>"), text);

    /// <summary>The entries as a list.</summary>
    public static Html List(IEnumerable<LegendEntry> entries) => Html.Of(
        $"<ul class=\"legend\">{entries.Select(entry => Html.Of($"<li><svg viewBox=\"0 0 24 12\" aria-hidden=\"true\">{entry.Swatch}</svg><span class=\"math\">{MathText.ToHtml(entry.Text)}</span></li>"))}</ul>");

    /// <summary>The ring around the trial that comes closest to violation.</summary>
    public static LegendEntry Ring { get; } = new(Html.Of($"<circle class=\"worst\" cx=\"12\" cy=\"6\" r=\"5\"/>"), "closest to violation");
}

/// <summary>An observation with what a figure has to know about it.</summary>
/// <param name="Trial">The observation.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="IsClosest">Whether it comes closest to violation among its sample.</param>
internal readonly record struct PlottedTrial(Observation Trial, MarkerKind Kind, bool IsClosest)
{
    /// <summary>All observations of a page, in order.</summary>
    public static ImmutableArray<PlottedTrial> Of(ClaimPage page) => [.. page.Samples.SelectMany(sample =>
    {
        var closest = Closeness.Closest(page.Claim, sample.Observations);
        return sample.Observations.Select(o => new PlottedTrial(o, Marker.KindOf(page.Claim, sample, o), ReferenceEquals(o, closest)));
    })];

    /// <summary>What is shown when the mark is pointed at.</summary>
    public string InWords => FormattableString.Invariant($"{Readable(Trial.Variables)} · cell {Trial.Cell}, trial {Trial.Trial} · observed {Readable(Trial.Value)} · against {Readable(Trial.Bound)}");

    /// <summary>The entries for the kinds that occur.</summary>
    public static IEnumerable<LegendEntry> Legend(IEnumerable<PlottedTrial> trials, string decides = "trial") =>
        trials.Select(t => t.Kind).Distinct().Order().Select(kind => LegendEntry.Of(kind, kind switch
        {
            MarkerKind.Calibration => "calibrates the constant",
            MarkerKind.Data => "on real data",
            _ => decides,
        }));

    private static string Readable(Variables variables) => string.Join(", ", variables.Select(v => $"{v.Key} = {ReadableNumber.Of(v.Value)}"));

    private static string Readable(Core.Enclosures.Ball ball) =>
        ReadableNumber.Of(ball.Midpoint) + (ball.Radius > 0 ? " ± " + ReadableNumber.Of(ball.Radius) : "");
}
