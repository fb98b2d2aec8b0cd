using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spectra;

namespace Harness.Reports.Report.Figures;

/// <summary>Risk against the number of samples: stopped in time it falls at the best rate that there is, trained to the end it does not fall.</summary>
internal static class RiskFigure
{
    /// <summary>Names of the smoothness of the claims on early stopping, in their order.</summary>
    private static readonly ImmutableArray<string> Smoothness = ["s = 1/2", "s = 1", "s = 3/2", "s = 5/2"];

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [RegressionRate.Claim, Interpolation.Claim, .. EarlyStopping.Claims];

    /// <summary>Draws the figure of what there is of them; null for nothing.</summary>
    public static Figure? Draw(ReportModel model) => PanelView.ToFigure(
        PlottedLadder.View(
            PlottedLadder.Of(model, (RegressionRate.Claim, "stopped in time"), (Interpolation.Claim, "trained to the end")),
            "E‖f − f*‖²",
            "Regression of f* = √|x|, for which s = 1, on n noisy samples of the line with the tangent kernel of one hidden layer: the mean over the noise is exact, marks are medians over drawings of the inputs. Stopped at t = 32 n^{(d+1)/(s(d+1)+d)} the risk is predicted to fall like "
            + "n^{−s(d+1)/(s(d+1)+d)}, d = 1; trained until the samples are interpolated it is predicted not to fall like any power of n."),
        PlottedLadder.View(
            PlottedLadder.Of(model, [.. EarlyStopping.Claims.Zip(Smoothness)]),
            "E‖f_t − f*‖², sequence model",
            "In the sequence model with eigenvalues i⁻² the same exponent is computed for targets of smoothness s, at t = n^{(d+1)/(s(d+1)+d)}. Lines have the predicted slopes; their height is taken from the half with more samples."));
}
