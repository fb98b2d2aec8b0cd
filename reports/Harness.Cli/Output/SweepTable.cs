using System.Globalization;
using Harness.Reports.Sweeps;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>What a sweep will cost.</summary>
internal static class SweepTable
{
    /// <summary>Writes the panels, the number of cells, the counted operations and the expected time.</summary>
    public static void WritePlan(IAnsiConsole console, SweepManifest manifest, int workers)
    {
        var header = manifest.Header;
        var table = new Table().Border(TableBorder.Simple).AddColumns("panel", "claim", "variables", "trials a cell");
        foreach (var panel in header.Panels)
        {
            table.AddRow(Markup.Escape(panel.Name), panel.Claim, Markup.Escape(string.Join(", ", panel.Axes.Select(Axis))), Text(panel.Trials));
        }

        console.MarkupLineInterpolated($"[bold]{header.Title}[/]");
        console.Write(table);
        var (total, longest) = (manifest.Expected(manifest.Cost), manifest.Expected(manifest.Shards.Max(shard => shard.Cost)));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{header.Cells} cells, {manifest.Cost:G3} counted multiply-adds, {manifest.Shards.Length} shards"));
        console.WriteLine($"expected: {Words.Of(total)} on one worker; {Words.Of(TimeSpan.FromSeconds(Math.Max(total.TotalSeconds / workers, longest.TotalSeconds)))} on {workers}; the longest shard {Words.Of(longest)}");
    }

    private static string Axis(SweepAxis axis) => axis.Values.Length == 1
        ? $"{axis.Symbol} = {Text(axis.Values[0])}"
        : $"{axis.Symbol} {Text(axis.Values.Min())}–{Text(axis.Values.Max())} ({axis.Values.Length})";

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
