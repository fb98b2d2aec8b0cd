using System.Text.RegularExpressions;
using Harness.Claims;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>Theory against practice: for every bound, the proved exponent beside the measured one with its interval, variable by variable.</summary>
internal static partial class TheorySection
{
    /// <summary>Writes the section, or nothing where no claim says anything of exponents.</summary>
    public static Html Of(ReportModel model)
    {
        ComparedBound[] bounds = [.. ComparedBound.Of(model)];
        return bounds.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="theory" data-group aria-labelledby="theory-heading">
            <h2 id="theory-heading">Theory against practice</h2>
            <p class="lead">{Summary(bounds)}</p>
            <p class="explained">Measured exponents are slopes of logarithms over the cells of the claim, all variables at once, with intervals at confidence {ReadableNumber.Of(1 - (2 * ErrorBudget.MissedViolation))}. The proved exponent is that of the claim’s own
            bound, fitted over the same cells in the same way; a logarithm in a bound therefore shows as the slope that it has over the range tried, and so does a sum of several terms. A bound from above permits exponents up to the proved one in a variable that
            grows, and down to it in one that falls (<i>δ</i>, <i>ω</i>, <i>ε</i>).</p>
            <figure class="theory">{bounds.GroupBy(b => (b.Page.Claim.Source.Paper, Theorem: Theorem(b.Page.Claim))).Select(theorem => Group(theorem.Key.Paper, theorem.Key.Theorem, theorem))}
            <ul class="legend">
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="interval" d="M1 3v6m0 -3H23m0 -3v6"/><path class="point held-out" d="{Marker.Path(MarkerKind.HeldOut, 12, 6)}"/></svg><span>measured, with its interval</span></li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="bound" d="M12 0v12"/></svg><span>proved</span></li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="forbidden" x="2" width="20" height="12"/></svg><span>not permitted</span></li>
            </ul></figure>
            <details><summary>The same as a table</summary>{Table(bounds)}</details>
            </section>
            """);
    }

    private static string Summary(ComparedBound[] bounds)
    {
        ComparedExponent[] all = [.. bounds.SelectMany(b => b.Exponents)];
        var (sharp, loose) = (all.Count(e => e.Lower <= e.Proved && e.Proved <= e.Upper), all.Count(e => e.Relation != Relation.Equal && e.Slack > 0 && (e.Proved < e.Lower || e.Proved > e.Upper)));
        var beyond = all.Count(ExponentText.IsBeyond);
        return $"{ReadableNumber.Count(all.Length, "exponent")} of {ReadableNumber.Count(bounds.Length, "statement")}: {sharp} {(sharp == 1 ? "is" : "are")} the proved one as far as can be told, {loose} {(loose == 1 ? "leaves" : "leave")} room below what is proved"
            + (beyond > 0 ? $", and {beyond} {(beyond == 1 ? "has its interval" : "have their intervals")} beyond it over the range tried, where lower-order terms and logarithms bend slopes; the verdicts say what that decides." : ".");
    }

    /// <summary>"Theorem 3" of "Theorem 3 (upper bound, layer by layer)".</summary>
    private static string Theorem(Claim claim) => Name().Match(claim.Source.Item).Value.Trim();

    private static Html Group(Paper paper, string theorem, IEnumerable<ComparedBound> bounds) => Html.Of(
        $"""
        <div data-group><h3 class="theorem">{theorem} <span class="authors">{paper.Authors}</span></h3>
        <div class="bounds">{bounds.Select(Bound)}</div></div>
        """);

    private static Html Bound(ComparedBound bound) => Html.Of(
        $"""
        <div class="compared" data-claim="{bound.Page.Claim.Id}"><p class="overline"><a href="#{bound.Page.Claim.Id}">{bound.Page.Claim.Id}</a></p>
        <p class="math quantity">{MathText.ToHtml(bound.Page.Claim.Quantity)}{Against(bound.Page.Claim)}</p>
        {ExponentPanel.Draw(bound.Exponents, $"Exponents of {bound.Page.Claim.Quantity}. {string.Join("; ", bound.Exponents.Select(ExponentPanel.InWords))}")}</div>
        """);

    private static Html Against(Claim claim) => claim.Against is "" or "1" ? Html.Empty : Html.Of($" <span class=\"against\">against {MathText.ToHtml(claim.Against)}</span>");

    private static Html Table(ComparedBound[] bounds) => Html.Of(
        $"""
        <div class="wide"><table class="estimates theory">
        <thead><tr><th scope="col">Item</th><th scope="col">Observed</th><th scope="col">Variable</th><th scope="col">Tried</th><th scope="col">Proved</th><th scope="col">Measured</th><th scope="col">Left over</th><th scope="col">Looseness</th></tr></thead>
        <tbody>{bounds.SelectMany(Rows)}</tbody>
        </table></div>
        """);

    private static IEnumerable<Html> Rows(ComparedBound bound) => bound.Exponents.Select((e, i) => Html.Of(
        $"""
        <tr data-claim="{bound.Page.Claim.Id}">
        <th scope="row"><a href="#{bound.Page.Claim.Id}">{bound.Page.Claim.Source.Item}</a></th>
        <td class="math">{MathText.ToHtml(bound.Page.Claim.Quantity)}</td>
        <td class="math">{MathText.ToHtml(e.Symbol)}</td>
        <td>{ReadableNumber.Of(e.From)} to {ReadableNumber.Of(e.To)}</td>
        <td>{ExponentText.Proved(e)}</td>
        <td>{ExponentText.Measured(e)}{(ExponentText.IsBeyond(e) ? ", beyond" : "")}</td>
        <td>{(e.Relation == Relation.Equal ? "" : ExponentText.Number(e.Slack, 2))}</td>
        <td>{(i == 0 && bound.Looseness is { } factor ? "× " + ReadableNumber.Of(factor) : "")}</td>
        </tr>
        """));

    [GeneratedRegex(@"^[^(,]*")]
    private static partial Regex Name();
}
