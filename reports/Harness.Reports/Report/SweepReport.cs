using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using Harness.Reports.Files;
using Harness.Reports.Ledger;
using Harness.Reports.Report.Figures;
using Harness.Reports.Report.Page;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report;

/// <summary>The maps of a sweep as a page, finished or not: one HTML file in the manner of <see cref="HtmlReport"/>, and what it draws as CSV.</summary>
public static class SweepReport
{
    /// <summary>Reads what the sweep has and writes <see cref="SweepFolder.Report"/> and <see cref="SweepFolder.Maps"/>, each whole or not at all.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="figures">A folder for every map as SVG, or null.</param>
    /// <returns>What is missing.</returns>
    /// <exception cref="SweepException">No cell was computed yet.</exception>
    /// <exception cref="LedgerException">The manifest is damaged.</exception>
    /// <exception cref="DataFileException">A file cannot be written.</exception>
    public static ReportedSweep Write(SweepManifest manifest, string? figures)
    {
        var results = SweepResults.Read(manifest);
        if (results.Trials.Count == 0)
        {
            throw new SweepException($"{manifest.Folder.Manifest}: no cell was computed yet, so there is nothing to draw. Begin with: harness sweep run {manifest.Folder.Manifest}");
        }

        ImmutableArray<PanelMap> maps = [.. manifest.Panels.Select(panel => PanelMap.Of(manifest, panel, results))];
        ImmutableArray<SweepPanelPage> panels = [.. maps.Select((map, k) => SweepPanelPage.Of(map, k + 1, manifest.Folder.Manifest))];
        AtomicFile.WriteText(manifest.Folder.Maps, Table(maps));
        HtmlPage.Write(ToHtml(manifest, results, panels), manifest.Folder.Report);
        if (figures is not null)
        {
            Directory.CreateDirectory(figures);
            foreach (var (panel, (name, figure), k) in panels.SelectMany(panel => panel.Figures.Select((named, k) => (panel, named, k))))
            {
                AtomicFile.WriteText(Path.Combine(figures, panel.Figures.Length == 1 ? $"{panel.Id}.svg" : string.Create(CultureInfo.InvariantCulture, $"{panel.Id}-{k + 1}.svg")), FigureSvg.Of($"{panel.Map.Panel.Name}{(name.Length > 0 ? $", {name}" : "")}", $"{manifest.Header.Title}: {panel.Map.Panel.Claim.Id}", figure));
            }
        }

        return new(manifest.Header.Cells - results.Trials.Count, results.Damaged);
    }

    private static string ToHtml(SweepManifest manifest, SweepResults results, ImmutableArray<SweepPanelPage> panels) => HtmlPage.Of(
        manifest.Header.Title, "summary", Html.Of($"{SweepOverview.Of(manifest, results)}{panels.Select(SweepPanelSection.Of)}"));

    /// <summary>One line a point: what the maps show, with every digit.</summary>
    private static string Table(ImmutableArray<PanelMap> maps)
    {
        string[] symbols = [.. maps.SelectMany(map => map.Points).SelectMany(point => point.At.Select(v => v.Key)).Distinct()];
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new() { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord((string[])["panel", "claim", .. symbols, "shows", "value", "lower", "upper", "trials", "cells"]);
            foreach (var map in maps)
            {
                foreach (var point in map.Points)
                {
                    csv.WriteRecord((string[])
                    [
                        map.Panel.Name, map.Panel.Claim.Id, .. symbols.Select(symbol => point.At.TryGet(symbol, out var value) ? Text(value) : ""), map.Panel.Quantity.ToString().ToLowerInvariant(),
                        .. point.Statistic is { } s ? [Text(s.Middle), Text(s.Lower), Text(s.Upper), s.Trials.ToString(CultureInfo.InvariantCulture)] : new[] { "", "", "", "0" }, string.Join(' ', point.Cells),
                    ]);
                }
            }
        }

        return text.ToString();
    }

    private static string Text(double number) => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>What a report of a sweep could not show.</summary>
/// <param name="Missing">Cells without results.</param>
/// <param name="Damaged">Messages about damaged files, whose cells are among the missing.</param>
public sealed record ReportedSweep(int Missing, ImmutableArray<string> Damaged);
