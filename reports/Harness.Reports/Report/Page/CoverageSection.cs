using Harness.Claims;
using Harness.Claims.Catalogue;

namespace Harness.Reports.Report.Page;

/// <summary>Which statements of the papers the catalogue answers, and which it does not: nothing is passed over in silence.</summary>
internal static class CoverageSection
{
    /// <summary>Writes the section, or nothing where no claim of the catalogue was asked for: a run of claims of one's own says nothing of its papers.</summary>
    public static Html Of(ReportModel model)
    {
        var entries = Entries.Coverage;
        var run = model.Claims.ToDictionary(c => c.Claim.Id);
        return !entries.Any(entry => entry.Claims.Any(claim => run.ContainsKey(claim.Id))) ? Html.Empty : Html.Of(
            $"""
            <section id="coverage" aria-labelledby="coverage-heading">
            <h2 id="coverage-heading">Coverage</h2>
            <p>{Counts(entries)}. An exploratory statement is measured and fails no build; a refused one is not tried.</p>
            <details><summary>Every entry with what answers it</summary>
            <div class="wide"><table class="estimates">
            <thead><tr><th scope="col">Entry</th><th scope="col">Statement</th><th scope="col">Status</th><th scope="col">Answered by</th></tr></thead>
            <tbody>{entries.Select(entry => Row(entry, run))}</tbody>
            </table></div>
            </details>
            </section>
            """);
    }

    private static string Counts(IReadOnlyList<EntryCoverage> entries) =>
        $"Of {ReadableNumber.Count(entries.Count, "statement")} in the list, "
        + string.Join(", ", entries.GroupBy(e => e.Status).OrderBy(g => g.Key).Select(g => g.Key switch
        {
            ClaimStatus.Gating => $"{g.Count()} are decided by claims that gate",
            ClaimStatus.Exploratory => $"{g.Count()} by exploratory claims alone",
            _ => $"{g.Count()} refused",
        }));

    private static Html Row(EntryCoverage covered, Dictionary<string, ClaimPage> run) => Html.Of(
        $"""
        <tr id="entry-{covered.Entry.Id}">
        <th scope="row">{covered.Entry.Id}<span class="id">{covered.Entry.Item}, {covered.Entry.Paper.Key}</span></th>
        <td class="math">{MathText.ToHtml(covered.Entry.Statement)}</td>
        <td>{covered.Status switch { ClaimStatus.Gating => "gating", ClaimStatus.Exploratory => "exploratory", _ => "refused" }}</td>
        <td>{covered.Claims.Select(claim => Answer(claim, run))}{Refused(covered.Refusal)}</td>
        </tr>
        """);

    /// <summary>A claim with its verdict; without a link where this run left it out.</summary>
    private static Html Answer(Claim claim, Dictionary<string, ClaimPage> run) => run.TryGetValue(claim.Id, out var page)
        ? Html.Of($"<div><a href=\"#{claim.Id}\">{claim.Id}</a> {VerdictText.Badge(page.Verdict)}</div>")
        : Html.Of($"<div>{claim.Id} (not in this run)</div>");

    private static Html Refused(Refusal? refusal) => refusal is null ? Html.Empty : Html.Of($"<div>Refused: {MathText.ToHtml(refusal.Statement)}. {MathText.ToHtml(refusal.Reason)}</div>");
}
