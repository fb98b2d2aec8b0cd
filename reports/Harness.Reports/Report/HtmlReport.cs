using Harness.Reports.Files;
using Harness.Reports.Report.Page;

namespace Harness.Reports.Report;

/// <summary>
/// The report: one HTML file that holds everything it shows, reads in light, dark and print, and asks no network for anything.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report, or leaves what was at <paramref name="path"/> untouched.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="path">Where to write it; its folder is created when it is missing.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void Write(ReportModel model, string path) => HtmlPage.Write(ToHtml(model), path);

    /// <summary>The report as text.</summary>
    /// <param name="model">What to show.</param>
    public static string ToHtml(ReportModel model) => HtmlPage.Of("Harness report", "summary", Html.Of(
        $"""
        {Overview.Of(model)}
        {AtAGlance.Of(model)}
        {FilterBar.Of(model)}
        {SummaryTable.Of(model)}
        {TheorySection.Of(model)}
        {WidthSection.Of(model)}
        {FigureSection.All(model).Select(section => section.ToHtml())}
        {HistorySection.Of(model)}
        {TightnessTable.Of(model)}
        {KillTable.Of(model)}
        {CoverageSection.Of(model)}
        {(model.Data is { } data ? DataSection.Of(data) : Html.Empty)}
        <section id="claims" aria-labelledby="claims-heading">
        <h2 id="claims-heading">Claims</h2>
        {model.Claims.Select(page => ClaimSection.Of(model, page))}
        </section>
        """));
}
