using System.Globalization;
using Harness.Cli.Output;
using Harness.Reports.Diagnoses;
using Harness.Reports.Files;
using Harness.Reports.Report;

namespace Harness.Cli;

/// <summary>What <c>diagnose</c> is asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The column to predict, or null for the default.</param>
/// <param name="Rows">The most rows to draw from it.</param>
/// <param name="Settings">The network, and how far to train it.</param>
/// <param name="Format">How the result is printed.</param>
/// <param name="Page">The page to write, or null for a new one.</param>
internal sealed record DiagnoseRequest(string Path, string? Label, int Rows, DiagnosisSettings Settings, OutputFormat Format, string? Page);

/// <summary>Diagnoses samples from a file, prints the result, and writes it as a page.</summary>
internal static class Diagnose
{
    /// <summary>Runs to the end, or until cancelled; a diagnosis that is cancelled or refused writes nothing.</summary>
    /// <returns>An <see cref="ExitCode"/>: a diagnosis is no verdict, so it is 0.</returns>
    public static int Run(DiagnoseRequest request, CancellationToken cancellation)
    {
        if (request.Page is { } chosen && Directory.Exists(chosen))
        {
            throw new UsageException($"--out {chosen}: is a folder; name a file in it, such as {Path.Combine(chosen, "diagnosis.html")}.");
        }

        var rows = DelimitedFile.Sample(request.Path, request.Rows, request.Settings.Seed, request.Label);
        var diagnosis = WorkProgress.Show(progress => DiagnosisRun.Of(rows, request.Settings, progress, cancellation));
        var page = Path.GetFullPath(request.Page ?? Path.Combine(
            RunFolder.Home, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-diagnosis-{Path.GetFileNameWithoutExtension(request.Path)}.html")));
        DiagnosisReport.Write(diagnosis, page);
        if (request.Format == OutputFormat.Json)
        {
            Console.Out.WriteLine(Json.Text(diagnosis));
            Console.Error.WriteLine(page);
        }
        else
        {
            DiagnosisTables.Write(Terminal.Out, diagnosis);
            Console.Out.WriteLine(page);
        }

        return ExitCode.Holds;
    }
}
