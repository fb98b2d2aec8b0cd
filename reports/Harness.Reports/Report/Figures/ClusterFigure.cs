using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Transfer;

namespace Harness.Reports.Report.Figures;

/// <summary>Sources that share a bias: joined into a cluster before they are tested, and each by itself.</summary>
internal static class ClusterFigure
{
    private const string Bias = "δ/t";

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [ClusteredSources.Claim];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        if (model.PageOf(ClusteredSources.Claim) is not { } page)
        {
            return null;
        }

        // The first mutant tests every source by itself, on the same cells.
        var (joined, alone) = (Cells(page.Generated), page.Outcome.Mutants.IsEmpty ? [] : Cells(page.Outcome.Mutants[0].Observations));
        var all = joined.Concat(alone).ToArray();
        var panel = new Panel(Axis.Linear(Bias, all.Select(c => c.X)), Axis.Logarithmic("(n_0 + N) · risk, over its bound", all.Select(c => c.Y.Mean).Append(1)), PanelSize.Large);
        panel.Region("forbidden", [(panel.X.From, 1), (panel.X.To, 1), (panel.X.To, double.MaxValue), (panel.X.From, double.MaxValue)]);
        panel.Level("bound", 1);
        foreach (var (kind, name, cells) in new[] { (MarkerKind.Calibration, "each by itself", alone), (MarkerKind.HeldOut, "clustered", joined) })
        {
            foreach (var c in cells)
            {
                panel.Point(kind, c.X, c.Y.Mean, $"{name} · K = {ReadableNumber.Of(c.At["K"])}, N = {ReadableNumber.Of(c.At["N/n₀"])} n₀, δ = {ReadableNumber.Of(c.X)} t: {c.Y} of the bound");
            }
        }

        return new(
            panel.ToSvg("Risk of clustering over its bound against the bias that all sources share"),
            [],
            [
                LegendEntry.Of(MarkerKind.HeldOut, "clustered, a cell"), .. alone.Length > 0 ? new[] { LegendEntry.Of(MarkerKind.Calibration, "the mutant: each source tested by itself") } : [],
                LegendEntry.Line("bound", "1 + κ r_c(τ) and what failed links cost"), LegendEntry.Region("forbidden", "where the claim would fail"),
            ],
            "Sources of one size that share a bias δ, in units of the threshold t at which one of them is told from the target. Their cluster is one large source, which shows a bias that none of them shows by itself.");
    }

    private static (double X, SeriesMean Y, Variables At)[] Cells(IEnumerable<Observation> trials) =>
        [.. trials.GroupBy(t => t.Cell).OrderBy(g => g.Key).Select(g => (g.First().Variables[Bias], SeriesMean.Of([.. g.Select(t => t.Value.Midpoint / t.Bound.Midpoint)]), g.First().Variables))];
}
