using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>Figure 4 of arXiv:2509.20294: kernel principal components under spectra that move away from the signal.</summary>
internal static class KernelComponentsFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [KernelComponents.Claim];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var byα = model.Generated(KernelComponents.Claim.Id).GroupBy(t => t.Variables["α"]).OrderBy(g => g.Key)
            .Select(g => (α: g.Key, Span: g.First().Variables["d†"], Upper: g.First().Bound.Midpoint, Error: SeriesMean.Of([.. g.Select(t => t.Value.Midpoint)]), Trials: g.Count())).ToArray();
        if (byα.Length == 0)
        {
            return null;
        }

        double Lower(double span) => (span - 1) / KernelComponents.Samples;
        var panel = new Panel(Axis.Linear("α", byα.Select(a => a.α)), Axis.Linear("‖f̂ − f‖²", byα.SelectMany(a => new[] { a.Upper, Lower(a.Span), a.Error.Mean })), PanelSize.Large);
        panel.Line("bound", byα.Select(a => (a.α, a.Upper)));
        panel.Line("required dotted", byα.Select(a => (a.α, Lower(a.Span))));
        panel.Means(SeriesStyle.First, [.. byα.Select(a => (a.α, a.Error))], (α, mean) => $"α = {ReadableNumber.Of(α)}: error {mean}");
        var spans = new Panel(Axis.Linear("α", byα.Select(a => a.α)), Axis.Linear("d†", byα.Select(a => a.Span)), PanelSize.Small);
        spans.Means(SeriesStyle.Second, [.. byα.Select(a => (a.α, new SeriesMean(a.Span, 0)))], (α, span) => $"α = {ReadableNumber.Of(α)}: d† = {span}");
        return new(
            panel.ToSvg("Error of kernel principal components and its bounds against α"),
            [spans.ToSvg("Effective span dimension against α")],
            [LegendEntry.Line(SeriesStyle.First, "‖f̂ − f‖² of d† components"), LegendEntry.Line("bound", "2d†σ²"), LegendEntry.Line("required dotted", "(d† − 1)σ_0²/n"), LegendEntry.Line(SeriesStyle.Second, "d†")],
            $"Mean over {ReadableNumber.Count(byα[0].Trials, "trial")} of 8 draws of inputs and noise, between the bounds of Proposition C.4; d† does not depend on the draw. The paper’s Figure 4 has eleven α from 0 to 30, 10 draws and the best number of components; here the components are the d† that the bound is about.");
    }
}
