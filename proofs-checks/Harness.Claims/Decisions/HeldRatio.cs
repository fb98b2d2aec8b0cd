using Harness.Core.Enclosures;

namespace Harness.Claims.Decisions;

/// <summary>How a trial stands to Q ≤ C·S (or Q ≥ c·S) for one number C: the whole enclosure within, the whole of it beyond, or neither.</summary>
/// <remarks>
/// C·S is rounded towards the safe side, so that <see cref="IsWithin"/> and <see cref="IsBeyond"/> are statements of exact arithmetic about the double C and the enclosures. S is the number that was computed for the scale, at the
/// variables as they are recorded: a measured δ or F is the double that was measured.
/// </remarks>
/// <param name="Side">Upper or lower bound.</param>
/// <param name="Constant">C or c.</param>
internal readonly record struct HeldRatio(Side Side, double Constant)
{
    /// <summary>
    /// Relative radius up to which an enclosure decides. A constant leaves a factor of <see cref="FrozenConstant.SafetyFactor"/>, of which a sixteenth is little.
    /// </summary>
    public const double Tight = 1.0 / 16;

    /// <summary>The whole enclosure satisfies the bound; for a value without a tight one, its midpoint does.</summary>
    public bool IsWithin(Observation o) => Satisfies(o.Value, o.Bound) || (!(o.Value.RelativeRadius <= Tight) && Satisfies(Ball.Unbounded(o.Value.Midpoint), o.Bound));

    /// <summary>The whole enclosure violates the bound; for a value without a tracked radius, its midpoint does.</summary>
    public bool IsBeyond(Observation o) => Side == Side.Above
        ? o.Value.Lower > RoundedUp.Multiply(Constant, o.Bound.Upper)
        : o.Value.Upper < -RoundedUp.Multiply(-Constant, o.Bound.Lower);

    /// <summary>No rounding error can overturn that the bound is satisfied.</summary>
    public bool IsCertainlyWithin(Observation o) => o.Value.IsRigorous && o.Bound.IsRigorous && Satisfies(o.Value, o.Bound);

    private bool Satisfies(Ball value, Ball bound) => Side == Side.Above
        ? value.Upper <= -RoundedUp.Multiply(-Constant, bound.Lower)
        : value.Lower >= RoundedUp.Multiply(Constant, bound.Upper);
}
