using System.Globalization;
using System.Text;
using Harness.Claims;
using Harness.Reports.Report;

namespace Harness.Reports.Exports;

/// <summary>A run in Markdown, for the summary page of a build: what came out, what needs attention and why, then one line a claim.</summary>
public static class MarkdownSummary
{
    /// <summary>Build servers cut or refuse longer ones (GitHub: 1 MiB a step).</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>The summary, in at most <see cref="MostBytes"/> of UTF-8; lines that would not fit are counted instead.</summary>
    public static string Of(ReportModel model)
    {
        var text = new StringBuilder();
        ClaimPage[] gating = [.. model.Claims.Where(page => page.Claim.Status == ClaimStatus.Gating)];
        int Count(Verdict? verdict) => gating.Count(page => page.Verdict == verdict);
        Line(text, $"## Harness: {Count(Verdict.Holds)} of {gating.Length} gating claims hold, {Count(Verdict.Violated)} violated, {Count(Verdict.Undecided)} undecided");
        Line(text, $"");
        Line(text, $"Profile {model.Run.Profile.ToString().ToLowerInvariant()}, seed {model.Run.Seed}, commit {Escaped(model.Run.Commit)}, {model.Run.Seconds:0} s on {Escaped(model.Run.Machine)}. If every claim is true, a run reports a violation with probability at most {model.Run.FalseAlarm:0.0E+0}.");
        foreach (var page in model.Claims.Where(page => page.Verdict is Verdict.Violated or Verdict.Undecided).OrderBy(page => page.Verdict != Verdict.Violated))
        {
            Line(text, $"");
            Line(text, $"- **{Word(page.Verdict)}** `{page.Claim.Id}` ({Escaped(page.Claim.Source.Item)}): {Escaped(Reason(page))}");
        }

        Line(text, $"");
        Line(text, $"| claim | item | verdict | sense | looseness | mutants |");
        Line(text, $"| --- | --- | --- | --- | ---: | ---: |");
        var (bytes, left) = (Encoding.UTF8.GetByteCount(text.ToString()), 0);
        foreach (var page in model.Claims)
        {
            var row = Row(page);
            bytes += Encoding.UTF8.GetByteCount(row) + 1;
            if (bytes > MostBytes - 200)
            {
                left++;
                continue;
            }

            text.Append(row).Append('\n');
        }

        if (left > 0)
        {
            Line(text, $"");
            Line(text, $"{left} more claims are in the report.");
        }

        return text.ToString();
    }

    /// <summary>Why a claim does not hold: its worst finding's reason, or the mutants that survived.</summary>
    internal static string Reason(ClaimPage page) =>
        page.Outcome.Findings.FirstOrDefault(finding => finding.Decision.Verdict == page.Verdict && finding.Decision.Verdict != Verdict.Holds) is { } worst
            ? $"on {worst.On}: {worst.Decision.Because}"
            : $"a mutant survived: {string.Join(", ", page.Outcome.Mutants.Where(mutant => !mutant.IsRefuted).Select(mutant => mutant.Name))}";

    private static string Row(ClaimPage page)
    {
        var looseness = page.Outcome.Findings is [{ Decision.Looseness: { } factor }, ..] ? factor.ToString("G3", CultureInfo.InvariantCulture) : "";
        var exploratory = page.Claim.Status == ClaimStatus.Exploratory ? ", exploratory" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{page.Claim.Id}` | {Escaped(page.Claim.Source.Item)} | {Word(page.Verdict)} | {Escaped(page.Outcome.Sense + exploratory)} | {looseness} | {page.Outcome.Mutants.Count(mutant => mutant.IsRefuted)}/{page.Outcome.Mutants.Length} |");
    }

    private static string Word(Verdict? verdict) => verdict?.ToString().ToLowerInvariant() ?? "not run";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Text that Markdown takes as text, also in a cell of a table.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings(" "))
        {
            escaped.Append(@"\`*_{}[]<>#|~".Contains(letter, StringComparison.Ordinal) ? "\\" : "").Append(letter);
        }

        return escaped.ToString();
    }
}
