using Harness.Reports.Diagnoses;
using Harness.Reports.Report.Page;

namespace Harness.Reports.Report;

/// <summary>A diagnosis as a page: one HTML file, in the manner of <see cref="HtmlReport"/>.</summary>
public static class DiagnosisReport
{
    /// <summary>Writes the page, or leaves what was at <paramref name="path"/> untouched.</summary>
    /// <param name="diagnosis">What to show.</param>
    /// <param name="path">Where to write it; its folder is created when it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(Diagnosis diagnosis, string path) => HtmlPage.Write(ToHtml(diagnosis), path);

    /// <summary>The page as text.</summary>
    /// <param name="diagnosis">What to show.</param>
    public static string ToHtml(Diagnosis diagnosis) => HtmlPage.Of($"Diagnosis of {diagnosis.Data.Name}", "data", Html.Of(
        $"""
        {DiagnosisOverview.Of(diagnosis)}
        {DiagnosisSections.Of(diagnosis)}
        """));
}
