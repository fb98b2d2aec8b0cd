using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>Norms and inner products of floating-point vectors and matrices, with bounds on the rounding of their computation.</summary>
internal static class EnclosedNorms
{
    /// <summary>⟨x, y⟩: the computed sum is off by at most γ_k Σ|xᵢyᵢ| ≤ γ_k ‖x‖‖y‖ (<see cref="FixedOrder"/>), and by one smallest number a term where products underflow.</summary>
    public static Ball Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        new(FixedOrder.Dot(x, y), RoundedUp.Add(RoundedUp.Multiply(Depth(x.Length), RoundedUp.Multiply(Above(x), Above(y))), x.Length * double.Epsilon));

    /// <summary>At least ‖x‖: the computed sum of squares is at least (1 − γ_k) of the exact one less a smallest number a term, and 1/(1 − γ) ≤ 1 + 2γ.</summary>
    public static double Above(ReadOnlySpan<double> x)
    {
        var squares = RoundedUp.Add(FixedOrder.SumOfSquares(x), x.Length * double.Epsilon);
        return RoundedUp.Sqrt(RoundedUp.Add(squares, RoundedUp.Multiply(2 * Depth(x.Length), squares)));
    }

    /// <summary>‖W‖_F² for a W of which every computed entry is off by a factor of at most 1 + u: three roundings a square, and k = ⌈columns/4⌉ + 2 + rows a sum (<see cref="Weights{T}.SquaredFrobeniusNorm"/>).</summary>
    public static Ball SquaredFrobenius(Weights<double> w)
    {
        var computed = w.SquaredFrobeniusNorm();
        var γ = Rounding.Gamma(((w.Columns + 3) / 4) + 2L + w.Rows + 3);
        return new(computed, RoundedUp.Add(RoundedUp.Multiply(2 * γ, computed), (double)w.Rows * w.Columns * double.Epsilon));
    }

    private static double Depth(int length) => Rounding.Gamma(FixedOrder.RoundingDepth<double>(length));
}
