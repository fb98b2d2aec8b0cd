using System.Globalization;
using Harness.Reports.Report;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>What became of every mutant: killed or not, by which evidence, on how many trials, and in which cell it fails most. Survivors come first.</summary>
internal static class KillTable
{
    private const int MutantWidth = 42;

    /// <summary>Widths of the columns for fate, trials and cell.</summary>
    private static readonly int[] Narrow = [8, 6, 4];

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, ReportModel model)
    {
        Kill[] kills = [.. Kill.Of(model).OrderBy(k => k.Mutant.IsRefuted)];
        if (kills.Length == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("claim, and how it is broken").Width(MutantWidth))
            .AddColumn(new TableColumn("fate").Width(Narrow[0]))
            .AddColumn(new TableColumn("trials").RightAligned().Width(Narrow[1]))
            .AddColumn(new TableColumn("cell").RightAligned().Width(Narrow[2]))
            .AddColumn(new TableColumn("evidence").Width(TableWidth.Left(console, [MutantWidth, .. Narrow])));
        foreach (var (claim, mutant, worst) in kills.Select(k => (k.Claim, k.Mutant, k.Worst)))
        {
            table.AddRow(
                new Text($"{claim.Id}\n{mutant.Name}"),
                mutant.IsRefuted ? new Text("killed", new(Color.Green)) : new Text("SURVIVED", new(Color.Red)),
                new Text(mutant.Observations.Length.ToString(CultureInfo.InvariantCulture)),
                new Text(worst?.Cell.ToString(CultureInfo.InvariantCulture) ?? ""),
                new Text($"{claim.Procedure.Name}: {mutant.Decision.Because}"));
        }

        console.Write(table);
        var survivors = kills.Count(k => !k.Mutant.IsRefuted);
        console.WriteLine(survivors == 0 ? $"All {kills.Length} mutants were killed." : $"{survivors} of {kills.Length} mutants survived: their claims are undecided, for their checks have not shown that they can fail.");
        console.WriteLine();
    }
}
