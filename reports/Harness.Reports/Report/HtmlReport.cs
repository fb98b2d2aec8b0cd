using System.Text;
using Harness.Reports.Report.Page;

namespace Harness.Reports.Report;

/// <summary>
/// The report: one HTML file that holds everything it shows, reads in light, dark and print, and asks no network for anything.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report, or leaves what was at <paramref name="path"/> untouched.</summary>
    /// <remarks>The file is written beside its place and moved there when it is complete, so nobody ever reads half a report.</remarks>
    /// <param name="model">What to show.</param>
    /// <param name="path">Where to write it; its folder is created when it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(ReportModel model, string path)
    {
        var target = Path.GetFullPath(path);
        var unfinished = $"{target}.{Path.GetRandomFileName()}.unfinished";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            File.WriteAllText(unfinished, ToHtml(model), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
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
        {SummaryTable.Of(model)}
        {TheorySection.Of(model)}
        {WidthSection.Of(model)}
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

    private static Html Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(typeof(HtmlReport), name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly; it must be an embedded resource.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Html.Trusted(reader.ReadToEnd());
    }
}
