using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Sweeps;

/// <summary>What can be decided on a cell alone: whether it refutes its claim.</summary>
/// <remarks>
/// A claim on hidden constants or exponents is decided on many cells, which no single task has; an exploratory claim refutes nothing. The level is that of one decision out of all cells, so that a true claim is
/// called violated anywhere in the sweep with a chance of at most <see cref="ErrorBudget.FalseViolation"/>.
/// </remarks>
internal static class CellVerdict
{
    /// <summary>The cells that refute their claims. Computing them again would find the same.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="cells">Some of its cells.</param>
    /// <param name="results">Their results, in the same order.</param>
    public static ImmutableArray<SweepCell> Violated(SweepManifest manifest, IReadOnlyList<SweepCell> cells, IReadOnlyList<ResultLine> results)
    {
        var level = ErrorBudget.PerDecision(manifest.Header.Cells);
        return [.. cells.Zip(results).Where(pair => IsViolated(pair.First, pair.Second, level)).Select(pair => pair.First)];
    }

    private static bool IsViolated(SweepCell cell, ResultLine result, double level) =>
        cell.Claim.Status == ClaimStatus.Gating && !cell.Claim.Procedure.Calibrates && cell.Claim.Experiment.Domain.Ladder is null
        && cell.Claim.Procedure.Decide(new Evidence([], [.. result.Trials.Select((trial, k) => trial.Numbered(k))], []), level).Verdict == Verdict.Violated;
}
