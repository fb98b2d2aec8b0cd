using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Claims.Catalogue.PiecewiseAffineNetworks;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Catalogue.TwoLayers;

namespace Harness.Reports.Report.Figures;

/// <summary>How kernel matrices come to their limits: those of finite networks as the width grows, those of samples as the sample grows.</summary>
internal static class KernelDistanceFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } =
        [KernelLimit.Claim, KernelConcentration.Rate, GramLimit.Rate, FiniteWidth.Claim, SampledGram.Mean, SampledGram.Eigenvalues];

    /// <summary>Draws the figure of what there is of them; null for nothing.</summary>
    public static Figure? Draw(ReportModel model) => PanelView.ToFigure(
        PlottedLadder.View(
            PlottedLadder.Of(
                model,
                (KernelLimit.Claim, "deep, relative"),
                (KernelConcentration.Rate, "two layers"),
                (GramLimit.Rate, "two layers with biases, leaky"),
                (FiniteWidth.Claim, "deep with biases, relative")),
            "‖K_m − K^∞‖_F",
            "Marks are distances between the tangent kernel’s matrix at width m and its closed form at infinite width, in the Frobenius norm: medians over the trials of a width, whiskers over the middle half of them. Lines have the predicted slope; theory leaves their height open, "
            + "so it is taken from the wider half of the widths."),
        PlottedPrediction.View(
            [
                .. Cells(model, SampledGram.Mean, SeriesStyle.First, "E‖T_n − T‖²", "E‖T_n − T‖², on its exact value"),
                .. Cells(model, SampledGram.Eigenvalues, SeriesStyle.Second, "Σ_j (λ̂_j − λ_j)²", "Σ_j (λ̂_j − λ_j)², below ‖T_n − T‖²"),
            ],
            values => Axis.Logarithmic("n", values),
            "squared distance",
            "For Gram matrices K/n of n samples, T_n, and their integral operator T the constant is exact: (E k(X, X)² − Σ_j λ_j²)/n, averaged over the laws that were drawn; the squared differences of the eigenvalues have to stay below the squared distance of their own sample."));

    /// <summary>Means over the trials of a cell beside the means of what they are held against.</summary>
    private static IEnumerable<PlottedPrediction> Cells(ReportModel model, Claim claim, SeriesStyle style, string name, string meaning) => model.PageOf(claim) is not { } page
        ? []
        : [new(style, name, meaning, [.. page.Generated.GroupBy(o => o.Variables.n).OrderBy(cell => cell.Key).Select(cell => (cell.Key, cell.Average(o => o.Value.Midpoint), cell.Average(o => o.Bound.Midpoint)))])];
}
