using System.Globalization;
using Harness.Claims;
using Harness.Reports.Runs;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The verdicts of a run as a table, one row a claim.</summary>
internal static class VerdictTable
{
    /// <summary>Below this width the columns that <c>list</c> and the report have as well are left out, so that no id is broken.</summary>
    private const int FullWidth = 150;

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ClaimRun> claims, IReadOnlyList<Outcome> outcomes)
    {
        var isFull = console.Profile.Width >= FullWidth;
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("claim").NoWrap());
        string[] left = isFull ? ["item", "procedure", "verdict", "tried on"] : ["verdict"];
        table.AddColumns([.. left.Select(header => new TableColumn(header)), .. new[] { "looseness", "mutants", "s" }.Select(header => new TableColumn(header).RightAligned())]);
        foreach (var (run, outcome) in claims.Zip(outcomes))
        {
            var claim = outcome.Claim;
            var verdict = new Text(isFull ? Sense(outcome) : Words.Of(outcome.Verdict), Style(outcome.Verdict));
            Text[] words = isFull ? [new(claim.Source.Item), new(claim.Procedure.Name), verdict, new(TriedOn(run))] : [verdict];
            table.AddRow(
            [
                new Text(claim.Id),
                .. words,
                new Text(outcome.Findings[0].Decision.Looseness is { } factor ? factor.ToString("G3", CultureInfo.InvariantCulture) + "×" : ""),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{outcome.Mutants.Count(m => m.IsRefuted)}/{outcome.Mutants.Length}")),
                new Text(run.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
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

    /// <summary>The verdict in the sense in which it was reached: a verdict never says more than was seen.</summary>
    private static string Sense(Outcome outcome)
    {
        var sense = outcome.IsCertified ? "certified" : "statistical";
        var status = outcome.Claim.Status == ClaimStatus.Exploratory ? ", exploratory" : "";
        return $"{Words.Of(outcome.Verdict)} ({sense}{status})";
    }

    private static string TriedOn(ClaimRun run) => string.Join(
        ", ", run.Arms.Where(arm => arm.Variant == 0).Select(arm => string.Create(CultureInfo.InvariantCulture, $"{arm.Observations.Count} {arm.On}")));
}
