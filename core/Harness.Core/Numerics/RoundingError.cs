using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>Upper bounds from rounded arithmetic, beside the constants of <see cref="Rounding"/>.</summary>
internal static class RoundingError
{
    /// <summary>2⁻¹⁰²², below which results lose relative accuracy.</summary>
    public const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>An upper bound of a non-negative quantity that was computed from non-negative ones with at most k roundings and no subtraction.</summary>
    /// <remarks>Each rounding lowers the result by a factor of at least 1 − u, and (1 − u)⁻ᵏ ≤ 1 + 2ku for ku ≤ ½.</remarks>
    public static double Inflate(double computed, long k) => double.BitIncrement(computed * (1 + (2 * k * Rounding.Unit)));
}
