using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>A figure with its legend and caption.</summary>
internal static class FigureHtml
{
    /// <summary>Writes the figure.</summary>
    public static Html Of(Figure figure)
    {
        var legend = figure.Legend.Select(entry => Html.Of($"<li><svg viewBox=\"0 0 24 12\" aria-hidden=\"true\">{entry.Swatch}</svg><span class=\"math\">{MathText.ToHtml(entry.Text)}</span></li>"));
        return Html.Of(
            $"""
            <figure>
            <div class="main">{figure.Main}</div>
            <ul class="legend">{legend}</ul>
            <div class="panels">{figure.Panels}</div>
            <figcaption>{MathText.ToHtml(figure.Caption)}</figcaption>
            </figure>
            """);
    }
}
