using System.Globalization;
using Harness.Claims;

namespace Harness.Reports.Report.Page;

/// <summary>The top of the page: what was run, what came out, and what needs attention, in words.</summary>
internal static class Overview
{
    /// <summary>Writes the header.</summary>
    public static Html Of(ReportModel model)
    {
        var run = model.Run;
        return Html.Of(
            $"""
            <header class="overview">
            <p class="overline">Harness · theorems as executable claims</p>
            <h1>{Headline(model)}</h1>
            <p class="lead">{WhatWasRun(model)}</p>
            <ul class="counts">{Counts(model)}</ul>
            <dl class="provenance">
            <div><dt>Profile</dt><dd>{Name(run.Profile)}</dd></div>
            <div><dt>Seed</dt><dd>{run.Seed.ToString(CultureInfo.InvariantCulture)}</dd></div>
            <div><dt>Commit</dt><dd><code>{run.Commit}</code></dd></div>
            {Assembly(model.Assembly)}
            <div><dt>Machine</dt><dd>{run.Machine}</dd></div>
            <div><dt>Started</dt><dd><time datetime="{run.Started.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}Z">{run.Started.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC</time></dd></div>
            <div><dt>Duration</dt><dd>{Duration(run.Seconds)}</dd></div>
            </dl>
            <nav class="contents" aria-label="Contents" hidden></nav>
            </header>
            {Attention(model)}
            """);
    }

    /// <summary>"3.2 s", "2 min 40 s".</summary>
    internal static string Duration(double seconds) => seconds < 60
        ? $"{ReadableNumber.Of(seconds)} s"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):0} s");

    private static string Headline(ReportModel model)
    {
        var (gating, violated, undecided) = (Gating(model), Gating(model, Verdict.Violated), Gating(model, Verdict.Undecided));
        var parts = new List<string>();
        if (violated > 0)
        {
            parts.Add($"{violated} of {ReadableNumber.Count(gating, "claim")} {(violated == 1 ? "is" : "are")} violated");
        }

        if (undecided > 0)
        {
            parts.Add(violated > 0 ? $"{undecided} undecided" : $"{undecided} of {ReadableNumber.Count(gating, "claim")} {(undecided == 1 ? "is" : "are")} undecided");
        }

        return parts.Count > 0 ? string.Join(", ", parts)
            : gating == 0 ? "No claim was decided"
            : gating == 1 ? "The claim holds on everything that was tried"
            : $"All {gating} claims hold on everything that was tried";
    }

    /// <summary>Claims of the user are no part of the commit.</summary>
    private static Html Assembly(AssemblySummary? assembly) => assembly is null ? Html.Empty
        : Html.Of($"<div><dt>Own claims</dt><dd>{assembly.Name}, SHA-256 <code>{assembly.Sha256}</code></dd></div>");

    private static Html WhatWasRun(ReportModel model)
    {
        var tried = model.Claims.Where(c => c.Verdict is not null).ToArray();
        var papers = tried.Select(c => c.Claim.Source.Paper).Distinct().Count();
        var instances = tried.Sum(c => c.Samples.Sum(s => s.Observations.Length));
        var exploratory = tried.Count(c => c.Claim.Status != ClaimStatus.Gating);
        var ungated = exploratory == 0 ? "" : $", {exploratory} of them exploratory, which {(exploratory == 1 ? "gates" : "gate")} nothing,";
        var data = model.Data is { } set ? $", or drawn from {set.Name} ({ReadableNumber.Count(set.Rows, "row")})" : "";
        return Html.Of(
            $"{ReadableNumber.Count(tried.Length, "claim")} from {ReadableNumber.Count(papers, "paper")}{ungated} {(tried.Length == 1 ? "was" : "were")} tried on {ReadableNumber.Count(instances, "instance")}, constructed to satisfy each claim's stated domain, never filtered{data}. Each claim was also broken on purpose, and had to be refuted then. If every claim is true, a run like this one reports a violation with probability at most {ReadableNumber.Of(model.Run.FalseAlarm)}.");
    }

    private static IEnumerable<Html> Counts(ReportModel model) => new Verdict?[] { Verdict.Holds, Verdict.Violated, Verdict.Undecided, null }
        .Select(verdict => (verdict, Count: model.Claims.Count(c => c.Verdict == verdict)))
        .Where(entry => entry.Count > 0)
        .Select(entry => Html.Of($"<li><strong>{entry.Count}</strong> {VerdictText.Badge(entry.verdict)}</li>"));

    private static Html Attention(ReportModel model)
    {
        var items = model.Claims
            .Where(c => c.Verdict is Verdict.Violated or Verdict.Undecided)
            .OrderBy(c => c.Claim.Status != ClaimStatus.Gating)
            .ThenBy(c => c.Verdict != Verdict.Violated)
            .Select(c => Html.Of($"<li>{VerdictText.Badge(c.Verdict)} <a href=\"#{c.Claim.Id}\">{c.Claim.Source.Item}</a>: {Reason(c)}</li>"))
            .ToArray();
        return items.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section class="attention" aria-labelledby="attention">
            <h2 id="attention">What needs attention</h2>
            <ul>{items}</ul>
            </section>
            """);
    }

    private static Html Reason(ClaimPage page)
    {
        var finding = page.Outcome.Findings.FirstOrDefault(f => f.Decision.Verdict == page.Verdict);
        var survivor = page.Outcome.Mutants.FirstOrDefault(m => !m.IsRefuted);
        var because = finding is not null ? Html.Of($"on {VerdictText.On(finding.On)}: {MathText.ToHtml(finding.Decision.Because)}")
            : Html.Of($"broken on purpose (“{survivor?.Name}”) it was not refuted, so the check has not shown that it can fail. {survivor?.Decision.Because}");
        return page.Claim.Status == ClaimStatus.Exploratory ? Html.Of($"{because} <em>Exploratory: fails no build.</em>") : because;
    }

    private static int Gating(ReportModel model, Verdict? verdict = null) =>
        model.Claims.Count(c => c.Claim.Status == ClaimStatus.Gating && c.Verdict is not null && (verdict is null || c.Verdict == verdict));

    private static string Name(Profile profile) => profile switch
    {
        Profile.Gate => "gate",
        Profile.Standard => "standard",
        _ => "thorough",
    };
}
