using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>The figures of the paper on the effective span dimension, drawn from what the claims on it observed.</summary>
internal static class SpanSection
{
    /// <summary>The section; a figure whose claims were not run is left out.</summary>
    public static FigureSection Of(ReportModel model) => new(
        "span",
        "Effective span dimension",
        Html.Of(
            $"""
            How many leading coordinates of a spectrum a signal needs under noise: <span class="math">{MathText.ToHtml("d†(σ²) = min{k ≥ 1 : Σ_{i>k} θ_i² ≤ kσ²}")}</span>, coordinates by falling eigenvalue. The figures of Huang, Li, Li and Lin
            (<a href="https://arxiv.org/abs/2509.20294">arXiv:2509.20294</a>), from the observations of the claims below.
            """),
        [
            .. new[]
            {
                SharedFigure.Of(model, "span.profiles", "Span profiles along the flow (Figure 1)", SpanProfileFigure.Draw(model), SpanProfileFigure.Claims),
                SharedFigure.Of(model, "span.depth", "Depth (Figure 2)", FlowDepthFigure.Draw(model), FlowDepthFigure.Claims),
                SharedFigure.Of(model, "span.design", "A design seen through other representations (Figure 3)", DesignPathFigure.Draw(model), DesignPathFigure.Claims),
                SharedFigure.Of(model, "span.components", "Kernel principal components (Figure 4)", KernelComponentsFigure.Draw(model), KernelComponentsFigure.Claims),
                SharedFigure.Of(model, "span.training", "A deep linear network in training (Figure 5)", DeepLinearFigure.Draw(model), DeepLinearFigure.Claims),
                SharedFigure.Of(model, "span.scaling", "Power laws, and the oracle between d†σ² and 2d†σ²", SpanScalingFigure.Draw(model), SpanScalingFigure.Claims),
            }.OfType<SharedFigure>(),
        ]);
}
