namespace Harness.Claims.Decisions;

/// <summary>
/// Observations that decide a bound with a hidden constant without any statistics: nothing to decide on, no number, or a ratio that no constant allows.
/// </summary>
internal static class ImpossibleRatio
{
    /// <summary>The decision, or null where every ratio can be weighed against a constant.</summary>
    public static Decision? In(Evidence evidence, Side side)
    {
        if (evidence.HeldOut.Count == 0 || evidence.Calibration.Count == 0)
        {
            return new(Verdict.Undecided, evidence.HeldOut.Count == 0 ? "There are no held-out observations." : "There are no calibration observations to fit the constant on.");
        }

        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.FirstOrDefault(o => Refutes(o, side)) is { } worst)
        {
            return new(Verdict.Violated, FormattableString.Invariant($"No constant serves: the quantity is {worst.Value} against a scale of {worst.Bound} at {worst.Variables} (cell {worst.Cell}, trial {worst.Trial})."))
            {
                IsCertified = worst.Value.IsRigorous && worst.Bound.IsRigorous,
            };
        }

        return all.FirstOrDefault(o => !CanBeWeighed(o, side)) is { } unclear
            ? new(Verdict.Undecided, FormattableString.Invariant($"The quantity {unclear.Value} against a scale of {unclear.Bound} at {unclear.Variables} (cell {unclear.Cell}, trial {unclear.Trial}) gives no ratio."))
            : null;
    }

    private static bool Refutes(Observation o, Side side) => side == Side.Above
        ? (double.IsPositiveInfinity(o.Value.Midpoint) && double.IsFinite(o.Bound.Midpoint)) || (o.Bound is { Midpoint: 0, Upper: 0 } && o.Value.Lower > 0)
        : (o.Bound.Lower > 0 && o.Value.Upper <= 0) || (o.Bound.Lower >= 0 && o.Value.Upper < 0);

    /// <summary>A non-positive quantity is within every upper bound with a positive scale; a lower bound needs one that may be positive, unless its scale is zero.</summary>
    private static bool CanBeWeighed(Observation o, Side side) =>
        double.IsFinite(o.Bound.Midpoint) && o.Bound.Midpoint >= 0 && !double.IsNaN(o.Value.Midpoint)
        && (side == Side.Above ? o.Bound.Midpoint > 0 || o.Value.Midpoint <= 0 : o.Bound.Midpoint == 0 || o.Value.Upper > 0);
}
