using Harness.Reports.Files;

namespace Harness.Reports.Report;

/// <summary>A page that is one file: it holds everything it shows, reads in light, dark and print, and asks no network for anything.</summary>
internal static class HtmlPage
{
    /// <summary>The page as text.</summary>
    /// <param name="title">Of the page.</param>
    /// <param name="summary">Id of the part that readers who hear the page want first.</param>
    /// <param name="content">What stands between the borders.</param>
    public static string Of(string title, string summary, Html content) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>{title}</title>
        <style>{Resource("report.css")}</style>
        </head>
        <body>
        <a class="skip" href="#{summary}">Skip to the summary</a>
        <main>
        {content}
        </main>
        <script>{Resource("report.js")}</script>
        </body>
        </html>
        """).ToString();

    /// <summary>Writes a page, or leaves what was at <paramref name="path"/> untouched.</summary>
    /// <param name="page">The text.</param>
    /// <param name="path">Where to write it; its folder is created when it is missing.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void Write(string page, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.WriteText(path, page);
    }

    private static Html Resource(string name) => Html.Trusted(ReportResource.Read(name));
}
