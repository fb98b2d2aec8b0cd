using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>A figure with its legend and caption.</summary>
internal static class FigureHtml
{
    /// <summary>Writes the figure.</summary>
    public static Html Of(Figure figure) => Html.Of(
        $"""
        <figure>
        <div class="main">{figure.Main}</div>
        {LegendEntry.List(figure.Legend)}
        <div class="panels">{figure.Panels}</div>
        <figcaption>{MathText.ToHtml(figure.Caption)}</figcaption>
        </figure>
        """);
}
