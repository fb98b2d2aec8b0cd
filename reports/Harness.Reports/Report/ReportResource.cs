using System.Text;

namespace Harness.Reports.Report;

/// <summary>The style sheet and the script of the report, which are part of the assembly.</summary>
internal static class ReportResource
{
    /// <summary>The text of a resource.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(ReportResource).Assembly.GetManifestResourceStream(typeof(ReportResource), name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly; it must be an embedded resource.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
