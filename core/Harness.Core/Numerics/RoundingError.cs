namespace Harness.Core.Numerics;

/// <summary>The constant of rounding error analysis in double precision: γ_k = ku/(1 − ku), u = 2⁻⁵³.</summary>
/// <remarks>Source: Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., lemma 3.1: k roundings change a product by a factor 1 + θ, |θ| ≤ γ_k.</remarks>
internal static class RoundingError
{
    /// <summary>u = 2⁻⁵³, the largest relative error of one rounding to nearest.</summary>
    public const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>2⁻¹⁰²², below which results lose relative accuracy.</summary>
    public const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>γ_k, rounded up; infinite from ku = ½ on, where the theory says nothing useful.</summary>
    public static double Gamma(long k)
    {
        var ku = k * UnitRoundoff; // exact for k < 2⁵³
        return ku < 0.5 ? double.BitIncrement(double.BitIncrement(ku / (1 - ku))) : double.PositiveInfinity;
    }

    /// <summary>An upper bound of a non-negative quantity computed from non-negative ones with at most k roundings and no subtraction.</summary>
    public static double Inflate(double computed, long k) => double.BitIncrement(computed * (1 + (2 * k * UnitRoundoff)));
}
