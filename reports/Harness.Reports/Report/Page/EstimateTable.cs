using Harness.Claims;

namespace Harness.Reports.Report.Page;

/// <summary>The fitted constants, exponents and rates of a claim with their intervals, and how loose its bound is.</summary>
internal static class EstimateTable
{
    /// <summary>Writes the table, or nothing where nothing was fitted.</summary>
    public static Html Of(ClaimPage page)
    {
        // Where there is one finding, "on" would say the same in every row.
        var isSingle = page.Outcome.Findings.Length == 1;
        var rows = page.Outcome.Findings.SelectMany(finding => Rows(finding, isSingle)).ToArray();
        return rows.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <h4>Fitted numbers</h4>
            <div class="wide"><table class="estimates">
            <thead><tr><th scope="col">Number</th><th scope="col">Value</th><th scope="col">Interval</th>{(isSingle ? Html.Empty : Html.Of($"<th scope=\"col\">On</th>"))}</tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            """);
    }

    private static IEnumerable<Html> Rows(Finding finding, bool isSingle)
    {
        var decision = finding.Decision;
        foreach (var estimate in decision.Estimates.Where(e => !decision.LooseExponents.Contains(e)))
        {
            yield return Row(MathText.ToHtml(estimate.Name), estimate, isSingle ? null : finding.On);
        }

        if (decision.Looseness is { } factor)
        {
            yield return Row(Html.Text("looseness, median factor"), new("looseness", factor, factor, factor), isSingle ? null : finding.On);
        }

        if (decision.Tightness is { } tightness)
        {
            yield return Row(Html.Text("relative radius of the enclosures, median and largest"), new("radius", tightness.Median, tightness.Median, tightness.Largest), isSingle ? null : finding.On);
        }

        foreach (var exponent in decision.LooseExponents)
        {
            yield return Row(Html.Of($"left over: {MathText.ToHtml(exponent.Name)}"), exponent, isSingle ? null : finding.On);
        }
    }

    private static Html Row(Html name, Estimate estimate, string? on)
    {
        var interval = estimate.Lower == estimate.Upper || double.IsNaN(estimate.Lower) || double.IsNaN(estimate.Upper) ? "" : $"{ReadableNumber.Of(estimate.Lower)} to {ReadableNumber.Of(estimate.Upper)}";
        return Html.Of($"<tr><th scope=\"row\">{name}</th><td>{ReadableNumber.Of(estimate.Value)}</td><td>{interval}</td>{(on is null ? Html.Empty : Html.Of($"<td>{on}</td>"))}</tr>");
    }
}
