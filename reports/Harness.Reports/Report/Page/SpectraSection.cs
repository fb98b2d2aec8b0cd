using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>Kernels and spectra: what theory predicts in numbers, beside what was measured, over several claims at once.</summary>
internal static class SpectraSection
{
    /// <summary>The section; a figure whose claims were not run is left out.</summary>
    public static FigureSection Of(ReportModel model) => new(
        "spectra",
        "Kernels and spectra",
        Html.Of($"Marks are measured, lines predicted. Every figure sets several claims side by side; what decides each of them, and every single trial, stands under the claim."),
        [
            .. new[]
            {
                SharedFigure.Of(model, "spectra.eigenvalues", "Eigenvalues of tangent kernels", SpectrumFigure.Draw(model), SpectrumFigure.Claims),
                SharedFigure.Of(model, "spectra.limits", "Kernels and their limits", KernelDistanceFigure.Draw(model), KernelDistanceFigure.Claims),
                SharedFigure.Of(model, "spectra.training", "Training, predicted and run", PredictedTrainingFigure.Draw(model), PredictedTrainingFigure.Claims),
                SharedFigure.Of(model, "spectra.stopping", "Stopping in time", RiskFigure.Draw(model), RiskFigure.Claims),
            }.OfType<SharedFigure>(),
        ]);
}
