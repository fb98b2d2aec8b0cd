using System.Numerics;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>The Gram matrix of a batch of balls: K̂ with |K̂[i, j] − ⟨xᵢ, xⱼ⟩| ≤ ρᵢσⱼ + σᵢρⱼ + Fη, a radius of rank two that costs two norms a vector.</summary>
/// <remarks>
/// With a = |x̂| + r/2 and b = r + ½γ_F|x̂|, the error of an entry is at most Σ_f (aᵢbⱼ + bᵢaⱼ) + Fη, F the number of features and η the smallest positive number, and Cauchy and Schwarz give σ = ‖a‖, ρ = ‖b‖. All vectors here have small angles to (1, …, 1), so little is given away.
/// Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
internal static class CertifiedGram
{
    /// <param name="x">X, features × stride balls; the stride is a whole number of 512-bit vectors.</param>
    /// <param name="features">F.</param>
    /// <param name="n">Number of vectors.</param>
    /// <param name="stride">Elements between two features.</param>
    /// <param name="k">Receives K̂, n × n.</param>
    /// <param name="σ">Receives stride elements.</param>
    /// <param name="ρ">Receives stride elements.</param>
    public static void Compute<T>(BallSpan<T> x, int features, int n, int stride, Span<T> k, Span<T> σ, Span<T> ρ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GramMatrix.Compute<T>(x.Midpoints, features, n, stride, k);
        var halfγ = Vector512.Create(Precision<T>.AtLeast(Precision<T>.Gamma(features) / 2));
        var half = Vector512.Create(T.CreateTruncating(0.5));
        for (var column = 0; column < stride; column += Vector512<T>.Count)
        {
            var (squareOfA, squareOfB) = (Vector512<T>.Zero, Vector512<T>.Zero);
            for (var f = 0; f < features; f++)
            {
                var magnitude = Vector512.Abs(Vector512.LoadUnsafe(ref x.Midpoints[(f * stride) + column]));
                var radius = Vector512.LoadUnsafe(ref x.Radii[(f * stride) + column]);
                var a = Simd512<T>.MultiplyAdd(half, radius, magnitude);
                var b = Simd512<T>.MultiplyAdd(halfγ, magnitude, radius);
                squareOfA = Simd512<T>.MultiplyAdd(a, a, squareOfA);
                squareOfB = Simd512<T>.MultiplyAdd(b, b, squareOfB);
            }

            squareOfA.StoreUnsafe(ref σ[column]);
            squareOfB.StoreUnsafe(ref ρ[column]);
        }

        NormsAbove(σ[..stride], features);
        NormsAbove(ρ[..stride], features);
    }

    /// <summary>Outweighs what underflow may keep from an entry, Fη, and from a bound that is computed in double: Fτ.</summary>
    public static double Underflow<T>(int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => features * double.CreateTruncating(Precision<T>.Tiny);

    /// <summary>Computed sums of F squares become upper bounds of their roots: a squared element was lowered by two roundings and at most F more, and by 2Fη of underflow.</summary>
    private static void NormsAbove<T>(Span<T> squares, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inflation = double.BitIncrement(1 + Precision<T>.Gamma(features + 6L));
        foreach (ref var square in squares)
        {
            var above = RoundedUp.Multiply(RoundedUp.Add(double.CreateTruncating(square), 4.0 * features * double.CreateTruncating(T.Epsilon)), inflation);
            square = Precision<T>.AtLeast(RoundedUp.Sqrt(above));
        }
    }
}
