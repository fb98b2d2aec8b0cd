using System.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>The constants of IEEE 754 binary32 and binary64 that error bounds are made of, for code that is written once for both.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class Precision<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static bool IsDouble => typeof(T) == typeof(double);

    /// <summary>u, the unit roundoff: 2⁻⁵³ or 2⁻²⁴.</summary>
    public static double Unit => IsDouble ? Rounding.Unit : 1.0 / (1 << 24);

    /// <summary>
    /// τ = 2⁻⁹⁰⁰ or 2⁻¹⁰⁰: what an error bound adds for underflow. At least 2¹⁰ times the smallest positive number, so that one τ outweighs every underflow of a term; and a normal number whose
    /// products with ordinary weights are normal too, because subnormal operands are slow.
    /// </summary>
    public static T Tiny => T.CreateTruncating(IsDouble ? 1.1830521861667747e-271 : 7.888609052210118e-31);

    /// <summary>γ_k = ku/(1 − ku), rounded up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">ku ≥ ¼: so many roundings leave no digit worth a bound.</exception>
    public static double Gamma(long k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k * Unit, 0.25, nameof(k));
        return double.BitIncrement(k * Unit / (1 - (k * Unit)));
    }

    /// <summary>A number of type T that is at least <paramref name="value"/>.</summary>
    public static T AtLeast(double value)
    {
        var nearest = T.CreateTruncating(value);
        return double.CreateTruncating(nearest) >= value || double.IsNaN(value) ? nearest : T.BitIncrement(nearest);
    }
}
