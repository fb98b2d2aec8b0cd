using Harness.Claims;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>One claim in full, in the order in which a theorem is read: statement, source, hypotheses, what was seen, what it means, how it was broken.</summary>
internal static class ClaimSection
{
    /// <summary>Writes the section; its anchor is the claim's id.</summary>
    public static Html Of(ReportModel model, ClaimPage page)
    {
        var claim = page.Claim;
        return Html.Of(
            $"""
            <article class="claim" id="{claim.Id}" aria-labelledby="{claim.Id}.heading" data-claim="{claim.Id}" data-paper="{claim.Source.Paper.Key}" data-procedure="{claim.Procedure.Name}" data-verdict="{VerdictText.Of(page.Verdict)}">
            <p class="overline">{claim.Source.Paper.Authors} · <a href="#{claim.Id}">{claim.Id}</a></p>
            <h3 id="{claim.Id}.heading">{claim.Source.Item} {VerdictText.Badge(page.Verdict)}</h3>
            <p class="statement math">{MathText.ToHtml(claim.Statement)}</p>
            {Status(claim)}
            <div class="evidence">
            <div class="findings">
            {page.Outcome.Findings.Select(finding => Finding(page, finding))}
            {EstimateTable.Of(page)}
            </div>
            {Plot(page)}
            <dl class="meaning">
            <div><dt>Source</dt><dd>{Source(claim.Source)}</dd></div>
            <div><dt>Given</dt><dd>{MathText.ToHtml(claim.Experiment.Hypotheses)}</dd></div>
            <div><dt>Observed</dt><dd><span class="math">{MathText.ToHtml(claim.Quantity)}</span>, against <span class="math">{MathText.ToHtml(claim.Against)}</span></dd></div>
            <div><dt>Decided by</dt><dd><strong>{claim.Procedure.Name}</strong>. {MathText.ToHtml(claim.Procedure.InWords)}</dd></div>
            <div><dt>Took</dt><dd>{Overview.Duration(page.Seconds)}</dd></div>
            </dl>
            </div>
            {Mutants(page)}
            {Replay(model, page)}
            </article>
            """);
    }

    private static Html Status(Claim claim) => claim.Status == ClaimStatus.Gating ? Html.Empty : Html.Of(
        $"<p class=\"status\"><strong>{(claim.Status == ClaimStatus.Exploratory ? "Exploratory, fails no build." : "Not run.")}</strong> {claim.Reason}</p>");

    private static Html Source(Source source)
    {
        var provenance = source.Provenance switch
        {
            Provenance.Stated => Html.Text("stated there"),
            Provenance.Derived => Html.Of($"derived: docs/derivations.md, “{source.Derivation}”"),
            _ => Html.Text("wording unconfirmed"),
        };
        return Html.Of($"{source.Paper.Authors}, {source.Item} ({source.Paper.Identifier}); {provenance}");
    }

    private static Html Finding(ClaimPage page, Finding finding)
    {
        var more = finding.Decision.TrialsNeeded is { } needed ? Html.Of($" About {ReadableNumber.Count(needed, "more trial")} a cell would decide.") : Html.Empty;
        return Html.Of(
            $"""
            <div class="finding">
            <p>{VerdictText.Badge(finding.Decision.Verdict)} on <strong>{VerdictText.On(finding.On)}</strong>: {VerdictText.Sense(page.Outcome.SenseOf(finding))}</p>
            <p class="because">{MathText.ToHtml(finding.Decision.Because)}{more}</p>
            <p class="scope">Tried: {MathText.ToHtml(finding.Scope)}.</p>
            </div>
            """);
    }

    private static Html Plot(ClaimPage page) => ClaimFigure.Of(page) is { } figure ? FigureHtml.Of(figure) : Html.Empty;

    private static Html Mutants(ClaimPage page) => page.Outcome.Mutants.IsEmpty ? Html.Empty : Html.Of(
        $"""
        <h4>Broken on purpose</h4>
        <ul class="mutants">{page.Outcome.Mutants.Select(mutant => Html.Of(
            $"<li><span class=\"badge {(mutant.IsRefuted ? "holds" : "violated")}\">{(mutant.IsRefuted ? "refuted" : "survived")}</span> <strong>{MathText.ToHtml(mutant.Name)}</strong>: {MathText.ToHtml(mutant.Decision.Because)}</li>"))}</ul>
        """);

    private static Html Replay(ReportModel model, ClaimPage page)
    {
        var lines = page.Samples
            .Select(sample => (Sample: sample, Trial: Closeness.Closest(page.Claim, sample.Observations)))
            .Where(entry => entry.Trial is not null)
            .Select(entry => Html.Of(
                $"""
                <li>on {VerdictText.On(entry.Sample.On)}, cell {entry.Trial!.Cell}, trial {entry.Trial.Trial}:
                <span class="replay"><code>{ReplayLine.Of(model, page, entry.Sample, entry.Trial)}</code><button type="button" class="copy" hidden>Copy</button></span></li>
                """))
            .ToArray();
        return lines.Length == 0 ? Html.Empty : Html.Of($"<h4>Repeat the trial that comes closest to violation</h4><ul class=\"replays\">{lines}</ul>");
    }
}
