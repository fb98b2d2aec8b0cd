using Harness.Claims;

namespace Harness.Reports.Report.Page;

/// <summary>Verdicts, and the sense in which they were reached, in words. A verdict never says more than was seen.</summary>
internal static class VerdictText
{
    /// <summary>"holds", "violated", "undecided", or "not run" where there is no evidence.</summary>
    public static string Of(Verdict? verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Violated => "violated",
        Verdict.Undecided => "undecided",
        _ => "not run",
    };

    /// <summary>The verdict as a badge, told apart by sign and word as well as by colour.</summary>
    public static Html Badge(Verdict? verdict)
    {
        var (style, sign) = verdict switch
        {
            Verdict.Holds => ("holds", "✓"),
            Verdict.Violated => ("violated", "✗"),
            Verdict.Undecided => ("undecided", "?"),
            _ => ("not-run", "–"),
        };
        return Html.Of($"<span class=\"badge {style}\"><span aria-hidden=\"true\">{sign}</span> {Of(verdict)}</span>");
    }

    /// <summary>The sense of one decision: rigorous for what was tried, or statistical with its level; a time is that of the run's machine.</summary>
    public static string Sense(Claim claim, Decision decision, int trials, RunHeader run) =>
        decision.IsCertified ? $"certified on {ReadableNumber.Count(trials, "instance")}"
        : decision.Verdict == Verdict.Undecided ? $"not decided by {ReadableNumber.Count(trials, "instance")}"
        : $"{Kind(claim)} on {ReadableNumber.Count(trials, "instance")}, level {ReadableNumber.Of(run.FalseAlarmPerDecision)}";

    /// <summary>The sense of a claim's verdict over all its findings.</summary>
    public static string Sense(ClaimPage page, RunHeader run)
    {
        if (page.Verdict is null)
        {
            return "";
        }

        var trials = page.Samples.Sum(s => s.Observations.Length);
        return page.Outcome.IsCertified ? $"certified on {ReadableNumber.Count(trials, "instance")}"
            : page.Verdict == Verdict.Undecided ? $"not decided by {ReadableNumber.Count(trials, "instance")}"
            : $"{Kind(page.Claim)} on {ReadableNumber.Count(trials, "instance")}, level {ReadableNumber.Of(run.FalseAlarmPerDecision)}";
    }

    private static string Kind(Claim claim) => claim.IsTimed ? "statistical, timed on this machine," : "statistical";

    /// <summary>"generated instances" or "digits.csv".</summary>
    public static string On(string on) => on == Sample.Generated ? "generated instances" : on;
}
