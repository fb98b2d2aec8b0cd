using System.Collections.Immutable;
using Harness.Claims;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>Kernels and spectra: what theory predicts in numbers, beside what was measured, over several claims at once. A figure whose claims were not run is left out.</summary>
internal static class SpectraSection
{
    /// <summary>Writes the section, or nothing where none of its claims was run.</summary>
    public static Html Of(ReportModel model)
    {
        Html[] topics =
        [
            .. Topic(model, "Eigenvalues of tangent kernels", SpectrumFigure.Draw(model), SpectrumFigure.Claims),
            .. Topic(model, "Kernels and their limits", KernelDistanceFigure.Draw(model), KernelDistanceFigure.Claims),
            .. Topic(model, "Training, predicted and run", PredictedTrainingFigure.Draw(model), PredictedTrainingFigure.Claims),
            .. Topic(model, "Stopping in time", RiskFigure.Draw(model), RiskFigure.Claims),
        ];
        return topics.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="spectra" aria-labelledby="spectra-heading">
            <h2 id="spectra-heading">Kernels and spectra</h2>
            <p class="explained">Marks are measured, lines predicted. Every figure sets several claims side by side; what decides each of them, and every single trial, stands under the claim.</p>
            <div class="topics">{topics}</div>
            </section>
            """);
    }

    private static IEnumerable<Html> Topic(ReportModel model, string title, Figure? figure, ImmutableArray<Claim> claims) => figure is null ? [] :
    [
        Html.Of(
            $"""
            <div class="topic">
            <h3>{title}</h3>
            {FigureHtml.Of(figure)}
            <ul class="drawn">{claims.Select(model.PageOf).OfType<ClaimPage>().Select(page => Html.Of($"<li><a href=\"#{page.Claim.Id}\">{page.Claim.Id}</a> {VerdictText.Badge(page.Verdict)}</li>"))}</ul>
            </div>
            """),
    ];
}
