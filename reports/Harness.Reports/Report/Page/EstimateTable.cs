using Harness.Claims;

namespace Harness.Reports.Report.Page;

/// <summary>The fitted constants, exponents and rates of a claim with their intervals, and how loose its bound is.</summary>
internal static class EstimateTable
{
    /// <summary>Writes the table, or nothing where nothing was fitted.</summary>
    public static Html Of(ClaimPage page)
    {
        var rows = page.Outcome.Findings.SelectMany(finding => Rows(finding)).ToArray();
        return rows.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <h4>Fitted numbers</h4>
            <div class="wide"><table class="estimates">
            <thead><tr><th scope="col">Number</th><th scope="col">Value</th><th scope="col">Interval</th><th scope="col">On</th></tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            """);
    }

    private static IEnumerable<Html> Rows(Finding finding)
    {
        var decision = finding.Decision;
        foreach (var estimate in decision.Estimates)
        {
            yield return Row(MathText.ToHtml(estimate.Name), estimate, finding.On);
        }

        if (decision.Looseness is { } factor)
        {
            yield return Row(Html.Text("looseness: bound over observation, median"), new("looseness", factor, factor, factor), finding.On);
        }

        // Where the procedure reports the slopes it tested as estimates, they are the left-over exponents already.
        foreach (var exponent in decision.LooseExponents.Where(e => !decision.Estimates.Contains(e)))
        {
            yield return Row(Html.Of($"left-over exponent: {MathText.ToHtml(exponent.Name)}"), exponent, finding.On);
        }
    }

    private static Html Row(Html name, Estimate estimate, string on)
    {
        var interval = estimate.Lower == estimate.Upper ? "" : $"{ReadableNumber.Of(estimate.Lower)} to {ReadableNumber.Of(estimate.Upper)}";
        return Html.Of($"<tr><th scope=\"row\">{name}</th><td>{ReadableNumber.Of(estimate.Value)}</td><td>{interval}</td><td>{VerdictText.On(on)}</td></tr>");
    }
}
