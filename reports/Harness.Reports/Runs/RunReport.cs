using Harness.Claims;
using Harness.Reports.Ledger;
using Harness.Reports.Report;

namespace Harness.Reports.Runs;

/// <summary>What is told of a run, while its observations are in memory: its report, and where to look first.</summary>
public static class RunReport
{
    /// <summary>The report of a run: every claim of the plan, the refused ones without a verdict.</summary>
    /// <param name="run">The run with its observations.</param>
    /// <param name="outcomes">Its outcomes.</param>
    /// <param name="history">The sessions that worked on it; at least one.</param>
    /// <param name="data">What the samples are like, or null where there are none.</param>
    /// <param name="assembly">Where claims beside the catalogue's came from, or null where there are none.</param>
    public static ReportModel Model(VerificationRun run, IReadOnlyList<Outcome> outcomes, RunHistory history, DataSummary? data, AssemblySummary? assembly)
    {
        var pages = run.Claims.Zip(outcomes, (claim, outcome) => Page(claim, outcome, history)).ToDictionary(page => page.Claim);
        return new(Header(run, history), [.. run.Plan.Claims.Select(claim => pages.GetValueOrDefault(claim) ?? new ClaimPage(new(claim, [], []), [], 0))], data) { Assembly = assembly };
    }

    /// <summary>The trial of an arm that comes closest to violating the claim, or null where nothing was observed.</summary>
    public static ReplayKey? ClosestToViolation(VerificationRun run, Arm arm) => Closeness.Closest(arm.Claim, arm.Observations) is { } trial
        ? new(arm.Claim.Id, run.Plan.Profile, arm.Variant, arm.Data?.Name, trial.Cell, trial.Trial, run.Plan.Seed)
        : null;

    private static RunHeader Header(VerificationRun run, RunHistory history) => new(
        run.Plan.Profile,
        run.Plan.Seed,
        history.Sessions[0].Provenance.Build.Commit,
        history.Machines,
        history.Sessions[0].Provenance.Started,
        history.Seconds,
        ErrorBudget.FalseViolation,
        run.FalseAlarm);

    private static ClaimPage Page(ClaimRun run, Outcome outcome, RunHistory history) => new(
        outcome,
        [.. run.Arms.Where(arm => arm.Variant == 0).Select(arm => new Sample(arm.On, [.. arm.Observations]))],
        history.SecondsOf(run.Claim.Id));
}
