using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>Figure 1 of arXiv:2509.20294: span profiles of the learned spectrum at some times.</summary>
internal static class SpanProfileFigure
{
    /// <summary>2q of the large panel, the hardest of the paper's three.</summary>
    private const int Large = 4;

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [FlowSpan.Lowered];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var trials = model.Generated(FlowSpan.Lowered.Id);
        var byQ = trials.GroupBy(t => (int)t.Variables["2q"]).OrderBy(g => g.Key).Select(g => (TwiceQ: g.Key, Means: SeriesMean.Of(g))).Where(q => !q.Means.IsEmpty).ToArray();
        if (byQ.Length == 0)
        {
            return null;
        }

        var large = byQ.Any(q => q.TwiceQ == Large) ? Large : byQ[^1].TwiceQ;
        return new(
            Profiles(byQ.First(q => q.TwiceQ == large), PanelSize.Large),
            [.. byQ.Where(q => q.TwiceQ != large).Select(q => Profiles(q, PanelSize.Small)), OverTime(byQ)],
            [.. FlowSpan.Times.Select((t, i) => LegendEntry.Line((SeriesStyle)i, $"t = {ReadableNumber.Of(t)}"))],
            $"Mean span profile D(τ) = d†(τ) of the spectrum that gradient flow has learned at time t, over {ReadableNumber.Count(trials.Count(t => !t.Series.IsEmpty), "draw")} of the noise, by q. Last panel: d† at the noise level 10⁻⁴ over time, q rising from the lowest line to the highest. The paper’s Figure 1 has q = 1, 1.5 and 2, "
            + "one draw, and gradient descent in steps of 0.01; here the flow itself is taken. At t = 0 nothing is random, and the integers are the authors’.");
    }

    private static Html Profiles((int TwiceQ, ImmutableArray<SeriesMean> Means) q, PanelSize size)
    {
        var (levels, stride, name) = (SpanFigures.Levels, SpanFigures.Levels.Length + 1, $"q = {ReadableNumber.Of(q.TwiceQ / 2.0)}");
        var panel = new Panel(Axis.Logarithmic("τ", levels), Axis.Logarithmic($"D(τ), {name}", q.Means.Select(m => m.Mean)), size);
        for (var i = 0; i < FlowSpan.Times.Length; i++)
        {
            var (first, t) = ((i * stride) + 1, FlowSpan.Times[i]);
            panel.Means((SeriesStyle)i, [.. levels.Select((τ, k) => (τ, q.Means[first + k]))], (τ, mean) => $"{name}, t = {ReadableNumber.Of(t)}, τ = {ReadableNumber.Of(τ)}: D(τ) = {mean}");
        }

        return panel.ToSvg($"Span profiles at {FlowSpan.Times.Length} times, {name}");
    }

    private static Html OverTime((int TwiceQ, ImmutableArray<SeriesMean> Means)[] byQ)
    {
        var stride = SpanFigures.Levels.Length + 1;
        var panel = new Panel(Axis.Linear("t", FlowSpan.Times), Axis.Logarithmic("d†(10⁻⁴)", byQ.SelectMany(q => FlowSpan.Times.Select((_, i) => q.Means[i * stride].Mean))), PanelSize.Small);
        foreach (var q in byQ)
        {
            panel.Means(SeriesStyle.First, [.. FlowSpan.Times.Select((t, i) => (t, q.Means[i * stride]))], (t, mean) => $"q = {ReadableNumber.Of(q.TwiceQ / 2.0)}, t = {ReadableNumber.Of(t)}: d† = {mean}");
        }

        return panel.ToSvg("Effective span dimension over time, by q");
    }
}
