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
    public static void Write(ReportModel model, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.WriteText(path, ToHtml(model));
    }

    /// <summary>The report as text.</summary>
    /// <param name="model">What to show.</param>
    public static string ToHtml(ReportModel model) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>Harness report</title>
        <style>{Resource("report.css")}</style>
        </head>
        <body>
        <a class="skip" href="#summary">Skip to the summary</a>
        <main>
        {Overview.Of(model)}
        {AtAGlance.Of(model)}
        {FilterBar.Of(model)}
        {SummaryTable.Of(model)}
        {TheorySection.Of(model)}
        {WidthSection.Of(model)}
        {SpectraSection.Of(model)}
        {SpanSection.Of(model)}
        {TransferSection.Of(model)}
        {HistorySection.Of(model)}
        {TightnessTable.Of(model)}
        {KillTable.Of(model)}
        {CoverageSection.Of(model)}
        {(model.Data is { } data ? DataSection.Of(data) : Html.Empty)}
        <section id="claims" aria-labelledby="claims-heading">
        <h2 id="claims-heading">Claims</h2>
        {model.Claims.Select(page => ClaimSection.Of(model, page))}
        </section>
        </main>
        <script>{Resource("report.js")}</script>
        </body>
        </html>
        """).ToString();

    private static Html Resource(string name) => Html.Trusted(ReportResource.Read(name));
}
