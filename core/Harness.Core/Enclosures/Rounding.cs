namespace Harness.Core.Enclosures;

/// <summary>
/// Error constants of IEEE 754 double arithmetic in Higham's notation (Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 3).
/// </summary>
public static class Rounding
{
    /// <summary>u = 2⁻⁵³, the unit roundoff of double: |fl(x ∘ y) − x ∘ y| ≤ u |x ∘ y| barring underflow.</summary>
    public const double Unit = 1.0 / (1L << 53);

    /// <summary>γ_n = n u / (1 − n u), rounded up: the relative error of n roundings in succession, in any order and with or without fused multiply-add.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or so large that n·u ≥ 1/2.</exception>
    public static double Gamma(long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, 1L << 52);
        return double.BitIncrement(n * Unit / (1 - (n * Unit)));
    }
}
