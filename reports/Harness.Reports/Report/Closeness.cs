using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>
/// How close each trial comes to violating its claim. The closest one is what a reader wants to repeat first.
/// </summary>
/// <remarks>
/// Only the order of the numbers means anything. Radii count against the claim: the end of the enclosure that lies nearer to the forbidden side
/// is compared. A trial whose value is no number comes before all others.
/// </remarks>
internal static class Closeness
{
    /// <summary>
    /// The trial that comes closest to violation, the first of them in the ledger's order; null where there is none. Trials that fitted a constant are
    /// passed over as long as there are others: they cannot violate what was fitted to them.
    /// </summary>
    public static Observation? Closest(Claim claim, IReadOnlyList<Observation> observations)
    {
        var deciding = claim.Procedure.Calibrates ? [.. observations.Where(o => !o.IsCalibration)] : observations;
        var candidates = deciding.Count > 0 ? deciding : observations;
        var measure = Measure(claim, candidates);
        return candidates.MaxBy(o => measure(o) is var closeness && double.IsNaN(closeness) ? double.PositiveInfinity : closeness);
    }

    /// <summary>|residual| / radius; zero for a residual of zero, whatever its radius, and NaN where no radius was tracked.</summary>
    public static double RelativeResidual(Observation o) => o.Value.Midpoint == 0 ? 0 : Math.Abs(o.Value.Midpoint) / o.Value.Radius;

    private static Func<Observation, double> Measure(Claim claim, IReadOnlyList<Observation> observations)
    {
        var reading = ProcedureReading.Of(claim.Procedure);
        var isRatio = observations.All(o => o.Bound.Lower > 0);
        return reading switch
        {
            { Kind: EvidenceKind.Residual } => o => double.IsNaN(o.Value.Radius) ? Math.Abs(o.Value.Midpoint) : RelativeResidual(o),
            { Kind: EvidenceKind.Exponent } when claim.Experiment.Domain.Ladder is { } ladder && PowerLaw.Through(observations, ladder) is { } fit => fit.Distance,
            { Forbidden: ForbiddenSide.Above } => isRatio ? o => o.Value.Upper / o.Bound.Lower : o => o.Value.Upper - o.Bound.Lower,
            { Forbidden: ForbiddenSide.Below } => isRatio ? o => -o.Value.Lower / o.Bound.Upper : o => o.Bound.Upper - o.Value.Lower,
            _ => isRatio ? o => Math.Abs((o.Value.Midpoint / o.Bound.Midpoint) - 1) : o => Math.Abs(o.Value.Midpoint - o.Bound.Midpoint),
        };
    }
}
