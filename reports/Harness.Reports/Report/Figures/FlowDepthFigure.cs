using System.Collections.Immutable;
using System.Globalization;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>Figure 2 of arXiv:2509.20294: effective span and risk of principal components along the flow, by the number of inner layers.</summary>
internal static class FlowDepthFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [FlowSpan.Plateau];

    /// <summary>Draws the figure; null where its claim was not run, or followed no path.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var trials = model.Generated(FlowSpan.Plateau.Id);
        var byDepth = trials.GroupBy(t => (int)t.Variables["D"]).OrderBy(g => g.Key).Select(g => (Depth: g.Key, Trials: g.ToArray(), Means: SeriesMean.Of(g))).Where(d => !d.Means.IsEmpty).ToArray();
        if (byDepth.Length == 0)
        {
            return null;
        }

        var followed = trials.Count(t => !t.Series.IsEmpty);
        var main = Paths(byDepth.Select(d => (d.Depth, d.Means)), "d†(10⁻⁴)", 0, PanelSize.Large);
        foreach (var (depth, _, _) in byDepth)
        {
            main.Target(FlowSpan.PathTimes[^1], FlowSpan.AuthorsPlateau(depth));
        }

        return new(
            main.ToSvg("Effective span dimension over time, by the number of inner layers"),
            [Paths(byDepth.Select(d => (d.Depth, d.Means)), "risk of d† components", FlowSpan.PathTimes.Length, PanelSize.Small).ToSvg("Risk of d† principal components over time, by the number of inner layers")],
            [.. byDepth.Select((d, i) => LegendEntry.Line((SeriesStyle)i, $"D = {d.Depth}")), LegendEntry.Line("bound", "the authors’ plateau")],
            $"Mean over the {followed} trials that were followed, with standard errors: d† at the noise level of the learned spectrum, q = 2.5. Deeper flow starts later and ends lower. "
            + $"At the end, over all trials: {string.Join("; ", byDepth.Select(d => $"D = {d.Depth}: {SeriesMean.Of([.. d.Trials.Select(t => t.Value.Midpoint)])} (authors {FlowSpan.AuthorsPlateau(d.Depth).ToString(CultureInfo.InvariantCulture)})"))}. "
            + "The paper’s Figure 2 has 10⁶ steps of gradient descent of 0.01 on 20 draws; here the flow is integrated.");
    }

    private static Panel Paths(IEnumerable<(int Depth, ImmutableArray<SeriesMean> Means)> byDepth, string quantity, int offset, PanelSize size)
    {
        // The start, t = 0, has no place on a logarithmic axis; until the first time after it nothing has happened.
        (int Depth, (double T, SeriesMean Y)[] Path)[] paths = [.. byDepth.Select(d => (d.Depth, FlowSpan.PathTimes.Select((t, i) => (t, d.Means[offset + i])).Skip(1).ToArray()))];
        var panel = new Panel(Axis.Logarithmic("t", FlowSpan.PathTimes), Axis.Logarithmic(quantity, paths.SelectMany(p => p.Path).Select(p => p.Y.Mean)), size);
        foreach (var ((depth, path), style) in paths.Zip(Enum.GetValues<SeriesStyle>()))
        {
            panel.Means(style, path, (t, mean) => $"D = {depth}, t = {ReadableNumber.Of(t)}: {mean}");
        }

        return panel;
    }
}
