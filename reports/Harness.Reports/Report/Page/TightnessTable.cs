namespace Harness.Reports.Report.Page;

/// <summary>How tight the certificates are: an enclosure of infinite radius would be sound and useless.</summary>
internal static class TightnessTable
{
    /// <summary>Writes the section, or nothing where no claim was enclosed.</summary>
    public static Html Of(ReportModel model)
    {
        var rows = model.Claims.SelectMany(page => page.Outcome.Findings.Where(f => f.Decision.Tightness is not null).Select(finding => Html.Of(
            $"""
            <tr data-claim="{page.Claim.Id}">
            <th scope="row"><a href="#{page.Claim.Id}">{page.Claim.Source.Item}</a></th>
            <td class="math">{MathText.ToHtml(page.Claim.Quantity)}</td>
            <td>{VerdictText.On(finding.On)}</td>
            <td>{ReadableNumber.Of(finding.Decision.Tightness!.Median)}</td>
            <td>{ReadableNumber.Of(finding.Decision.Tightness.Largest)}</td>
            </tr>
            """))).ToArray();
        return rows.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="tightness" data-group aria-labelledby="tightness-heading">
            <h2 id="tightness-heading">Tightness of certificates</h2>
            <p>Radius over midpoint of what was observed, where every instance is enclosed: how far rounding can be from what was computed.</p>
            <div class="wide"><table class="estimates">
            <thead><tr><th scope="col">Item</th><th scope="col">Observed</th><th scope="col">On</th><th scope="col">Median</th><th scope="col">Largest</th></tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            </section>
            """);
    }
}
