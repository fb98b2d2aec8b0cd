namespace Harness.Claims;

/// <summary>
/// How often a run may be wrong, and how that is split over its decisions.
/// </summary>
/// <remarks>
/// Both errors are stated. A <em>false violation</em> stops a build for nothing, so the chance of a single one in a whole run is bounded, by
/// the union bound over its decisions. A <em>missed violation</em> is a claim that is called holding although it is off by what its
/// procedure says that it excludes; that is bounded for each decision.
/// </remarks>
public static class ErrorBudget
{
    /// <summary>Highest permitted probability that a run in which every claim is true reports a violation.</summary>
    public const double FalseViolation = 1e-6;

    /// <summary>Highest permitted probability that a statement which a verdict of <see cref="Verdict.Holds"/> excludes was true all the same.</summary>
    public const double MissedViolation = 1e-3;

    /// <summary>The level of one decision: <see cref="FalseViolation"/> in equal parts.</summary>
    /// <param name="decisions">
    /// Number of decisions that could wrongly report a violation. Every look counts: a claim that is decided anew after each of six rounds, on generated and on real
    /// samples, counts twelve times. Mutants do not count, since they are false.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no decision.</exception>
    public static double PerDecision(int decisions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(decisions, 1);
        return FalseViolation / decisions;
    }
}
