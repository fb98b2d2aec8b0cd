using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Reports.Report;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep report</c>: the maps of a sweep as a page, finished or not.</summary>
internal static class SweepReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var manifest = SweepOptions.Manifest();
        var figures = new Option<string?>("--figures")
        {
            Description = "Write every map too, as SVG. Default folder: figures in the sweep's.", HelpName = "FOLDER", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new ExemplifiedCommand(
            "report",
            "Draw the maps of a sweep, with the boundary of phase diagrams beside the theorems': a page, and what it shows as CSV. A sweep that is not finished is drawn as far as it is.",
            ("harness sweep report sweep-out/phase-diagram/manifest.jsonl", "report.html and maps.csv beside the manifest; 'sweep run' writes them too"),
            ("harness sweep report sweep-out/phase-diagram/manifest.jsonl --figures", "and figures/panel-1.svg, … for a paper"))
        {
            manifest, figures,
        };
        command.SetAction(parsed =>
        {
            var sweep = SweepManifest.Open(parsed.GetRequiredValue(manifest), Catalogue.All);
            var folder = parsed.GetResult(figures) is null ? null : parsed.GetValue(figures) ?? Path.Combine(sweep.Folder.Root, "figures");
            return File.Exists(folder) ? throw new UsageException($"{folder} is a file; name a folder for the figures.") : Report(sweep, folder, ExitCode.Holds);
        });
        return command;
    }

    /// <summary>Writes the page, and says what it lacks.</summary>
    /// <returns><paramref name="code"/>.</returns>
    public static int Report(SweepManifest sweep, string? figures, int code)
    {
        var reported = SweepReport.Write(sweep, figures);
        foreach (var message in reported.Damaged)
        {
            Console.Error.WriteLine($"harness: {message} Its cells count as missing.");
        }

        if (reported.Missing > 0)
        {
            Console.Error.WriteLine($"harness: {reported.Missing} of {sweep.Header.Cells} cells are missing. Continue with: harness sweep run {sweep.Folder.Manifest}");
        }

        if (figures is not null)
        {
            Console.Out.WriteLine(Path.GetFullPath(figures));
        }

        Console.Out.WriteLine(sweep.Folder.Report);
        return code;
    }
}
