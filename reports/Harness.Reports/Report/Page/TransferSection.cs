using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>What it costs not to know the biases of the sources: the phase transition, the estimators against the bound of two points, the growth with the number of sources, and structure that helps.</summary>
internal static class TransferSection
{
    /// <summary>The section; a figure whose claims were not run is left out.</summary>
    public static FigureSection Of(ReportModel model) => new(
        "transfer",
        "Transfer from several sources",
        Html.Of(
            $"""
            Cost of adaptation: the largest ratio of an estimator’s risk to that of an oracle that knows the biases. The problem is that of Chakraborty and Maity (<a href="https://arxiv.org/abs/2605.09471">arXiv:2605.09471</a>) in its Gaussian form; bounds and figures are this project’s own, since
            the abstract alone was at hand.
            """),
        [
            .. new[]
            {
                SharedFigure.Of(model, "transfer.transition", "Phase transition with two sources", PhaseTransitionFigure.Draw(model), PhaseTransitionFigure.Claims),
                SharedFigure.Of(model, "transfer.two-points", "Estimators against the bound of two points", TwoPointFigure.Draw(model), TwoPointFigure.Claims),
                SharedFigure.Of(model, "transfer.sources", "Growth with the number of sources", SourceGrowthFigure.Draw(model), SourceGrowthFigure.Claims),
                SharedFigure.Of(model, "transfer.cluster", "Sources in one cluster", ClusterFigure.Draw(model), ClusterFigure.Claims),
            }.OfType<SharedFigure>(),
        ]);
}
