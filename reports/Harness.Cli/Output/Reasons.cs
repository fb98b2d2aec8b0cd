using Harness.Claims;
using Harness.Reports.Runs;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Why each claim that does not hold does not: the deciding sentences, the mutants that survived, and lines that repeat the trials closest to violation.</summary>
internal static class Reasons
{
    /// <summary>Writes a paragraph for each claim that does not hold.</summary>
    public static void Write(IAnsiConsole console, VerificationRun run, IReadOnlyList<Outcome> outcomes, RunRequest request)
    {
        // Past the console, which would break lines that are there to be copied.
        var writer = console.Profile.Out.Writer;
        foreach (var (claim, outcome) in run.Claims.Zip(outcomes).Where(c => c.Second.Verdict != Verdict.Holds))
        {
            console.Write(new Text($"{outcome.Claim.Id} is {Words.Of(outcome.Verdict)}\n", VerdictTable.Style(outcome.Verdict)));
            writer.WriteLine($"  {outcome.Claim.Statement}");
            foreach (var (finding, arm) in outcome.Findings.Zip(claim.Arms).Where(f => f.First.Decision.Verdict != Verdict.Holds))
            {
                writer.WriteLine($"  on {finding.On}: {finding.Decision.Because}{More(finding.Decision)}");
                if (RunReport.ClosestToViolation(run, arm) is { } key)
                {
                    writer.WriteLine($"  {ShellLine.Of(["harness", "replay", key.ToString(), .. request.Assembly?.Summary.Arguments ?? [], .. arm.Data is null ? [] : request.Data!.Summary.Arguments])}");
                }
            }

            foreach (var mutant in outcome.Mutants.Where(m => !m.IsRefuted))
            {
                writer.WriteLine($"  the mutant \"{mutant.Name}\" survived: {mutant.Decision.Because}{More(mutant.Decision)}");
            }

            writer.WriteLine();
        }
    }

    private static string More(Decision decision) =>
        decision is { Verdict: Verdict.Undecided, TrialsNeeded: { } more } ? FormattableString.Invariant($" About {more} more trials a cell would decide it.") : "";
}
