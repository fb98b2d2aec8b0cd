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

    /// <summary>"certified on 240 instances", with numbers as a reader wants them.</summary>
    public static string Sense(string sense) => ReadableNumber.InText(sense);

    /// <summary>"generated instances" or "digits.csv".</summary>
    public static string On(string on) => on == Sample.Generated ? "generated instances" : on;
}
