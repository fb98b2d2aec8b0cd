using System.Text;
using Harness.Reports.Exports;
using Harness.ReportsChecks.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Exports;

/// <summary>A run in Markdown.</summary>
public sealed class MarkdownSummaryTests
{
    [Test]
    public void Of_RunWithTrouble_SaysWhatAndWhyBeforeTheTable()
    {
        var text = MarkdownSummary.Of(SyntheticReport.WithTrouble());
        var (violated, undecided, table) = (text.IndexOf("**violated** `azls.gradient-lower-bound`", StringComparison.Ordinal), text.IndexOf("**undecided**", StringComparison.Ordinal), text.IndexOf("| claim |", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("1 violated, 1 undecided"));
            Assert.That(violated, Is.Positive.And.LessThan(undecided));
            Assert.That(undecided, Is.LessThan(table));
        });
    }

    [Test]
    public void Of_EveryClaim_IsOneRowOfAsManyCells()
    {
        var model = SyntheticReport.WithTrouble();
        string[] rows = [.. MarkdownSummary.Of(model).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.That(rows, Has.Length.EqualTo(model.Claims.Length));

        // A bar in a statement is escaped, so every row has the six cells of the header.
        Assert.That(rows.Select(row => row.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|')), Is.All.EqualTo(7));
    }

    [Test]
    public void Of_ManyClaims_StaysBelowTheLimitAndSaysWhatIsLeftOut()
    {
        var model = SyntheticReport.AllHold();
        var many = model with { Claims = [.. Enumerable.Repeat(model.Claims, 3000).SelectMany(pages => pages)] };
        var text = MarkdownSummary.Of(many);
        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownSummary.MostBytes));
        var rows = text.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.That(text, Does.Contain($"{many.Claims.Length - rows} more claims are in the report."));
    }
}
