using Harness.Claims;
using Harness.Reports.Report;

namespace Harness.Reports.Runs;

/// <summary>What the report shows of a run.</summary>
public static class RunReport
{
    /// <summary>The report of a run: every claim of the plan, the refused ones without a verdict.</summary>
    /// <param name="header">What was run, where and when.</param>
    /// <param name="run">The run with its observations.</param>
    /// <param name="outcomes">Its outcomes.</param>
    /// <param name="data">What the samples are like, or null where there are none.</param>
    public static ReportModel Model(RunHeader header, VerificationRun run, IReadOnlyList<Outcome> outcomes, DataSummary? data)
    {
        var pages = run.Claims.Zip(outcomes, Page).ToDictionary(page => page.Claim);
        return new(header, [.. run.Plan.Claims.Select(claim => pages.GetValueOrDefault(claim) ?? new ClaimPage(new(claim, [], []), [], 0))], data);
    }

    /// <summary>The trial of an arm that comes closest to violating the claim, or null where nothing was observed.</summary>
    public static ReplayKey? ClosestToViolation(VerificationRun run, Arm arm) => Closeness.Closest(arm.Claim, arm.Observations) is { } trial
        ? new(arm.Claim.Id, run.Plan.Profile, arm.Variant, arm.Data?.Name, trial.Cell, trial.Trial, run.Plan.Seed)
        : null;

    private static ClaimPage Page(ClaimRun run, Outcome outcome) => new(
        outcome,
        [.. run.Arms.Where(arm => arm.Variant == 0).Select(arm => new Sample(arm.On, [.. arm.Observations]))],
        run.Elapsed.TotalSeconds);
}
