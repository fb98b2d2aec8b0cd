using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides an exact equality: the value is a residual whose true value is zero, and its radius bounds the rounding of its computation.
/// </summary>
/// <remarks>
/// Holds iff the ball of every residual contains zero; violated if one does not, and then with certainty, because the radius is a proven
/// bound. A residual without a proven radius decides nothing. More trials never help an undecided identity; a radius does. The bound of
/// the observation is not read.
/// </remarks>
public sealed class Identity : IDecisionProcedure
{
    private Identity()
    {
    }

    /// <summary>The residual is zero.</summary>
    public static Identity Residual { get; } = new();

    /// <inheritdoc/>
    public string Name => "identity";

    /// <inheritdoc/>
    public string InWords => "Both sides are equal: their computed difference must not exceed a proven bound on its own rounding error, in every trial. A difference beyond it refutes the claim with certainty.";

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <inheritdoc/>
    public bool Settles(Observation observation) => observation.Value.IsRigorous;

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        // Tightness of the check where it can be seen: how many times the residual would fit into its permitted rounding.
        double[] factors = [.. all.Where(o => o.Value.IsRigorous && o.Value.Midpoint != 0).Select(o => o.Value.Radius / Math.Abs(o.Value.Midpoint))];
        double? looseness = factors.Length == 0 ? null : factors.Median();

        if (all.FirstOrDefault(o => o.Value.IsRigorous && Math.Abs(o.Value.Midpoint) > o.Value.Radius) is { } broken)
        {
            return new(Verdict.Violated, FormattableString.Invariant($"The residual {broken.Value} at {broken.Variables} (cell {broken.Cell}, trial {broken.Trial}) exceeds its rounding.")) { IsCertified = true, Looseness = looseness };
        }

        return all.FirstOrDefault(o => !o.Value.IsRigorous) is { } untracked
            ? new(Verdict.Undecided, FormattableString.Invariant($"The residual {untracked.Value} at {untracked.Variables} (cell {untracked.Cell}, trial {untracked.Trial}) has no finite bound on its rounding.")) { Looseness = looseness }
            : new(Verdict.Holds, FormattableString.Invariant($"All {all.Length} residuals are within their rounding.")) { IsCertified = true, Looseness = looseness };
    }
}
