using System.Globalization;
using Harness.Claims;
using Harness.Reports.Report;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Theory against practice: the measured exponent of every variable with its interval, and what was proved in brackets; one row a claim.</summary>
internal static class TheoryTable
{
    private const int LoosenessWidth = 9;

    /// <summary>Writes the table, or nothing where no claim says anything of exponents.</summary>
    public static void Write(IAnsiConsole console, ReportModel model)
    {
        ComparedBound[] bounds = [.. ComparedBound.Of(model)];
        if (bounds.Length == 0)
        {
            return;
        }

        var ids = bounds.Max(bound => bound.Page.Claim.Id.Length);
        var width = TableWidth.Left(console, ids, LoosenessWidth);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("theory against practice").NoWrap())
            .AddColumn(new TableColumn("exponents: measured (proved)").Width(width))
            .AddColumn(new TableColumn("looseness").RightAligned().Width(LoosenessWidth));
        foreach (var (page, exponents, looseness) in bounds)
        {
            table.AddRow(
                new Text(page.Claim.Id),
                new Text(TableWidth.Lines(exponents.Select(Cell), width)),
                new Text(looseness is { } factor ? factor.ToString("G3", CultureInfo.InvariantCulture) + "×" : ""));
        }

        console.Write(table);
        console.WriteLine(FormattableString.Invariant($"Proved: the exponent of the claim's own bound over the cells tried. Intervals have confidence {1 - (2 * ErrorBudget.MissedViolation)}."));
        console.WriteLine("!: the interval lies beyond what is proved, over this range; lower-order terms and logarithms bend slopes.");
        console.WriteLine();
    }

    private static string Cell(ComparedExponent e) => $"{e.Symbol} {ExponentText.Measured(e)} ({ExponentText.Proved(e)}){(ExponentText.IsBeyond(e) ? "!" : "")}";
}
