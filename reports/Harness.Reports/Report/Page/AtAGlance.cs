using Harness.Claims;
using MathNet.Numerics.Statistics;

namespace Harness.Reports.Report.Page;

/// <summary>The run in one row a paper: what was checked, what came out, in which sense, and where the bounds are loose.</summary>
internal static class AtAGlance
{
    /// <summary>Writes the section, or nothing for a single claim.</summary>
    public static Html Of(ReportModel model) => model.Claims.Length < 2 ? Html.Empty : Html.Of(
        $"""
        <section id="glance" aria-labelledby="glance-heading">
        <h2 id="glance-heading">At a glance</h2>
        <div class="wide"><table class="estimates glance">
        <thead><tr><th scope="col">Paper</th><th scope="col">Claims</th><th scope="col">Certified</th><th scope="col">Statistical</th><th scope="col">Median looseness</th><th scope="col">Loosest bound</th></tr></thead>
        <tbody>{model.Claims.GroupBy(c => c.Claim.Source.Paper).Select(paper => Row(paper.Key, [.. paper]))}</tbody>
        </table></div>
        <p class="explained">Certified: rigorous radii decided every trial, so that no rounding can overturn the verdict. Statistical: a test at a stated level had a part in it; of a certified bound with a hidden constant, in its drift alone. Looseness: the factor between bound and observation, 1 where the bound is attained.</p>
        </section>
        """);

    private static Html Row(Paper paper, ClaimPage[] pages)
    {
        ClaimPage[] decided = [.. pages.Where(p => p.Verdict is not null)];
        var factors = decided.Select(p => (Page: p, Factor: SummaryTable.LoosenessOf(p))).Where(f => f.Factor is { } factor && double.IsFinite(factor)).Select(f => (f.Page, Factor: f.Factor!.Value)).ToArray();
        return Html.Of(
            $"""
            <tr>
            <th scope="row"><a href="{FilterBar.OfPaper(paper.Key)}">{paper.Authors}</a></th>
            <td class="verdicts">{Verdicts(pages)}</td>
            <td>{decided.Count(p => p.Outcome.IsCertified)} of {decided.Length}</td>
            <td>{decided.Count(p => p.Outcome.Findings.Any(f => f.Decision.Level is not null))} of {decided.Length}</td>
            <td>{(factors.Length == 0 ? "" : "× " + ReadableNumber.Of(factors.Select(f => f.Factor).Median()))}</td>
            <td>{(factors.Length == 0 ? Html.Empty : Loosest(factors.MaxBy(f => f.Factor)))}</td>
            </tr>
            """);
    }

    private static Html Loosest((ClaimPage Page, double Factor) bound) =>
        Html.Of($"× {ReadableNumber.Of(bound.Factor)}, <a href=\"#{bound.Page.Claim.Id}\">{bound.Page.Claim.Source.Item}</a>");

    private static IEnumerable<Html> Verdicts(ClaimPage[] pages) => pages.GroupBy(p => p.Verdict)
        .OrderBy(group => group.Key is null).ThenBy(group => group.Key)
        .Select(group => Html.Of($"<span>{group.Count()} {VerdictText.Badge(group.Key)}</span> "));
}
