using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Transfer;
using Harness.Reports.Transfer;

namespace Harness.Reports.Report.Figures;

/// <summary>The cost of adaptation against the number of sources of one size.</summary>
internal static class SourceGrowthFigure
{
    /// <summary>n/n₀ of the claim.</summary>
    private const double Size = 100;

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [CostOfSources.NumberOfSources];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var byNumber = model.Generated(CostOfSources.NumberOfSources.Id).GroupBy(t => t.Variables["K"]).OrderBy(g => g.Key).Select(g => (K: g.Key, Cost: SeriesMean.Of([.. g.Select(t => t.Value.Midpoint)]))).ToArray();
        if (byNumber.Length == 0)
        {
            return null;
        }

        (double X, double Y)[] lower = [.. byNumber.Select(k => (k.K, TransferStudy.TwoPointConstant * (1 + (k.K / 2 * Size))))], upper = [.. byNumber.Select(k => (k.K, 1 + (k.K * Size)))];
        var panel = new Panel(Axis.Logarithmic("K", byNumber.Select(k => k.K)), Axis.Logarithmic("cost", lower.Concat(upper).Select(p => p.Y)), PanelSize.Large);
        panel.Region("forbidden", [.. lower, (lower[^1].X, double.Epsilon), (lower[0].X, double.Epsilon)]);
        panel.Line("bound", lower);
        panel.Line("required dotted", upper);
        panel.Means(SeriesStyle.First, byNumber, (k, cost) => $"K = {ReadableNumber.Of(k)}: {cost}");
        return new(
            panel.ToSvg("Cost of adaptation against the number of sources"),
            [],
            [
                LegendEntry.Line(SeriesStyle.First, "Bayes rule of two blocs"), LegendEntry.Line("bound", "at least, for any estimator: 0.4795(1 + Kn/(2n_0))"), LegendEntry.Region("forbidden", "out of reach"),
                LegendEntry.Line("required dotted", "the target alone: at most 1 + Kn/n_0"),
            ],
            "K sources of size 100 n_0 in two blocs at distance 2.456/√n_0, the target at either: twice as many sources, twice the cost. The Bayes rule of the two configurations all but attains the bound.");
    }
}
