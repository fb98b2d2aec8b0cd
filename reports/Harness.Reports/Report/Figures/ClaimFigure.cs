namespace Harness.Reports.Report.Figures;

/// <summary>The figure that shows a claim as its procedure decides it.</summary>
internal static class ClaimFigure
{
    /// <summary>Draws the figure, or returns null where nothing was observed.</summary>
    public static Figure? Of(ClaimPage page) => page.Samples.All(s => s.Observations.IsEmpty) ? null : ProcedureReading.Of(page.Claim.Procedure).Kind switch
    {
        EvidenceKind.Rate => TrajectoryFigure.Draw(page),
        EvidenceKind.Exponent => PowerLawFigure.Draw(page),
        EvidenceKind.Cost => CostFigure.Draw(page),
        EvidenceKind.Residual => ResidualFigure.Draw(page),
        EvidenceKind.Frequency => CellFigure.DrawFrequencies(page),
        EvidenceKind.Mean => CellFigure.DrawMeans(page),
        EvidenceKind.Comparison when page.Claim.Experiment.Domain.Ladder is { } symbol => TrainingFigure.Draw(page) ?? CurveFigure.Draw(page, symbol),
        _ => TrainingFigure.Draw(page) ?? BoundFigure.Draw(page),
    };
}
