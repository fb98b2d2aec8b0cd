using System.Globalization;
using Harness.Claims;
using Harness.Reports.Report;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The verdicts of a run as a table, one row a claim.</summary>
internal static class VerdictTable
{
    /// <summary>Below this width the columns that <c>list</c> and the report have as well are left out, so that no id is broken.</summary>
    private const int FullWidth = 150;

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, ReportModel model)
    {
        var isFull = console.Profile.Width >= FullWidth;
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("claim").NoWrap());
        string[] left = isFull ? ["item", "procedure", "verdict", "tried on"] : ["verdict"];
        table.AddColumns([.. left.Select(header => new TableColumn(header)), .. new[] { "looseness", "mutants", "s" }.Select(header => new TableColumn(header).RightAligned())]);
        foreach (var page in model.Claims)
        {
            var claim = page.Claim;
            Text[] words = isFull ? [new(claim.Source.Item), new(claim.Procedure.Name), VerdictCell(page, Sense(page)), new(TriedOn(page))] : [VerdictCell(page, "")];
            table.AddRow(
            [
                new Text(claim.Id),
                .. words,
                new Text(page.Outcome.Findings is [{ Decision.Looseness: { } factor }, ..] ? factor.ToString("G3", CultureInfo.InvariantCulture) + "×" : ""),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{page.Outcome.Mutants.Count(m => m.IsRefuted)}/{page.Outcome.Mutants.Length}")),
                new Text(page.Seconds.ToString("0.0", CultureInfo.InvariantCulture)),
            ]);
        }

        console.Write(table);
    }

    /// <summary>The colour of a verdict; its word always stands beside it.</summary>
    public static Style Style(Verdict verdict) => new(verdict switch
    {
        Verdict.Holds => Color.Green,
        Verdict.Violated => Color.Red,
        _ => Color.Yellow,
    });

    private static Text VerdictCell(ClaimPage page, string sense) => page.Verdict is { } verdict
        ? new(Words.Of(verdict) + sense, Style(verdict))
        : new("not run");

    /// <summary>The sense in which the verdict was reached: it never says more than was seen.</summary>
    private static string Sense(ClaimPage page)
    {
        var status = page.Claim.Status == ClaimStatus.Exploratory ? ", exploratory" : "";
        return $" ({page.Outcome.Sense}{status})";
    }

    private static string TriedOn(ClaimPage page) =>
        string.Join(", ", page.Samples.Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Observations.Length} {sample.On}")));
}
