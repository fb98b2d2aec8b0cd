using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Claims;
using Harness.Reports.Report;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The verdicts of a run as a table, one row a claim. Items and statements are what <c>list</c>, <c>explain</c> and the report are for.</summary>
internal static partial class VerdictTable
{
    /// <summary>Widths of the columns for looseness, mutants killed and seconds.</summary>
    private static readonly int[] Numbers = [9, 6, 5];

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, ReportModel model)
    {
        var ids = model.Claims.Max(page => page.Claim.Id.Length);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("claim").NoWrap())
            .AddColumn(new TableColumn("verdict (on instances)").Width(TableWidth.Left(console, [ids, .. Numbers])));
        table.AddColumns([.. new[] { "looseness", "killed", "s" }.Select((header, i) => new TableColumn(header).RightAligned().Width(Numbers[i]))]);
        foreach (var page in model.Claims)
        {
            table.AddRow(
                new Text(page.Claim.Id),
                VerdictCell(page),
                new Text(page.Outcome.Findings is [{ Decision.Looseness: { } factor }, ..] ? factor.ToString("G3", CultureInfo.InvariantCulture) + "×" : ""),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{page.Outcome.Mutants.Count(m => m.IsRefuted)}/{page.Outcome.Mutants.Length}")),
                new Text(page.Seconds.ToString("0.0", CultureInfo.InvariantCulture)));
        }

        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"What is statistical was decided at level {model.Run.FalseAlarmPerDecision:G2}: {model.Run.FalseAlarm:G2} over all decisions of the run."));
        console.WriteLine();
    }

    /// <summary>The colour of a verdict; its word always stands beside it.</summary>
    public static Style Style(Verdict verdict) => new(verdict switch
    {
        Verdict.Holds => Color.Green,
        Verdict.Violated => Color.Red,
        _ => Color.Yellow,
    });

    /// <summary>The verdict and the sense in which it was reached: it never says more than was seen.</summary>
    private static Text VerdictCell(ClaimPage page) => page.Verdict is { } verdict
        ? new($"{Words.Of(verdict)} ({SaidBelow().Replace(page.Outcome.Sense, "")}{(page.Claim.Status == ClaimStatus.Exploratory ? ", exploratory" : "")})", Style(verdict))
        : new("not run");

    /// <summary>The header says what is counted, and the level is that of the run and stands under the table once.</summary>
    [GeneratedRegex(@" instances?|, timed on this machine| \(level [^)]*\)")]
    private static partial Regex SaidBelow();
}
