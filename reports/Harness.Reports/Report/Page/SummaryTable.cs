using Harness.Claims;

namespace Harness.Reports.Report.Page;

/// <summary>All claims at a glance, one table a paper.</summary>
internal static class SummaryTable
{
    /// <summary>Writes the section.</summary>
    public static Html Of(ReportModel model) => Html.Of(
        $"""
        <section id="summary" aria-labelledby="summary-heading">
        <h2 id="summary-heading">Summary</h2>
        {model.Claims.GroupBy(c => c.Claim.Source.Paper).Select(paper => Table(paper.Key, paper))}
        </section>
        """);

    private static Html Table(Paper paper, IEnumerable<ClaimPage> pages) => Html.Of(
        $"""
        <table class="summary" data-group>
        <caption><strong>{paper.Authors}</strong>, <cite>{paper.Title}</cite>, {Identifier(paper)}{Reach(paper)}</caption>
        <thead><tr><th scope="col">Item</th><th scope="col">Statement</th><th scope="col">Verdict</th><th scope="col">Sense</th><th scope="col">Looseness</th><th scope="col">Mutants refuted</th></tr></thead>
        <tbody>{pages.Select(Row)}</tbody>
        </table>
        """);

    private static Html Reach(Paper paper) => paper.Reach is { } reach ? Html.Of($"<p class=\"reach\">{reach}</p>") : Html.Empty;

    private static Html Row(ClaimPage page) => Html.Of(
        $"""
        <tr data-claim="{page.Claim.Id}">
        <th scope="row"><a href="#{page.Claim.Id}">{page.Claim.Source.Item}</a><span class="id">{page.Claim.Id}</span></th>
        <td class="math" data-label="Statement">{MathText.ToHtml(page.Claim.Statement)}</td>
        <td data-label="Verdict">{VerdictText.Badge(page.Verdict)}{StatusNote(page.Claim)}</td>
        <td data-label="Sense">{VerdictText.Sense(page.Outcome.Sense)}</td>
        <td data-label="Looseness">{Looseness(page)}</td>
        <td data-label="Mutants refuted">{(page.Verdict is null ? "" : $"{page.Outcome.Mutants.Count(m => m.IsRefuted)} of {page.Outcome.Mutants.Length}")}</td>
        </tr>
        """);

    private static Html StatusNote(Claim claim) =>
        claim.Status == ClaimStatus.Gating ? Html.Empty : Html.Of($"<span class=\"note\">{(claim.Status == ClaimStatus.Exploratory ? "exploratory" : "refused")}</span>");

    /// <summary>The looseness that is told of a claim: on generated instances where there is one, otherwise on data.</summary>
    public static double? LoosenessOf(ClaimPage page) => page.Outcome.Findings.Select(f => f.Decision.Looseness).FirstOrDefault(l => l is not null);

    private static string Looseness(ClaimPage page) => LoosenessOf(page) is { } factor ? "× " + ReadableNumber.Of(factor) : "";

    private static Html Identifier(Paper paper) => paper.Identifier.StartsWith("arXiv:", StringComparison.Ordinal)
        ? Html.Of($"<a href=\"https://arxiv.org/abs/{paper.Identifier["arXiv:".Length..]}\">{paper.Identifier}</a>")
        : Html.Text(paper.Identifier);
}
