namespace Harness.Core.Enclosures;

/// <summary>Horner's scheme with fused multiply-adds, the last step of every elementary function here.</summary>
internal static class Polynomial
{
    /// <summary>Σ cⱼzʲ.</summary>
    /// <remarks>
    /// For |z| ≤ ζ, positive coefficients rounded once and partial results bⱼ the error is at most u Σⱼ ζʲ (|bⱼ| + cⱼ), without cⱼ where it is a number exactly. Docs/derivations.md, "Elementary functions".
    /// </remarks>
    /// <param name="z">The argument.</param>
    /// <param name="coefficients">c₀, c₁, …; so large that no step underflows.</param>
    public static double Evaluate(double z, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var j = coefficients.Length - 1; j >= 0; j--)
        {
            sum = Math.FusedMultiplyAdd(sum, z, coefficients[j]);
        }

        return sum;
    }
}
