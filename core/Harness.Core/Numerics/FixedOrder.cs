using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// Sums and inner products in one fixed order, so that their bits do not depend on the vector width, the machine or the alignment.
/// </summary>
/// <remarks>
/// The order: element i goes to lane i mod L, L = 32 for double and 64 for float (four 512-bit vectors); each lane accumulates its elements in
/// ascending order by fused multiply-add (<see cref="Sum"/>: by addition); the lanes are folded in halves, lane j taking lane j + L/2, then
/// j + L/4, down to one.
/// <para>Error: |computed − exact| ≤ γ_k Σ|xᵢyᵢ| with k = ⌈n/L⌉ + log₂ L and γ_k = ku/(1 − ku), u = 2⁻⁵³ or 2⁻²⁴, in the absence of underflow
/// (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 3.1: no summand passes through more than k roundings).</para>
/// </remarks>
public static class FixedOrder
{
    private const int VectorCount = 4;

    /// <summary>Number of roundings that a summand passes through at most: k of the error bound γ_k.</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="length">n, the number of summands.</param>
    public static int RoundingDepth<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = VectorCount * Vector512<T>.Count;
        return ((length + lanes - 1) / lanes) + BitOperations.Log2((uint)lanes);
    }

    /// <summary>Σ xᵢyᵢ.</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    /// <param name="y">n numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"An inner product needs vectors of one length; got {x.Length} and {y.Length}.");
        }

        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        var width = Vector512<T>.Count;
        var (lane0, lane1, lane2, lane3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        nuint i = 0;
        for (; (int)i <= x.Length - (VectorCount * width); i += (nuint)(VectorCount * width))
        {
            lane0 = Simd512<T>.MultiplyAdd(Vector512.LoadUnsafe(ref x0, i), Vector512.LoadUnsafe(ref y0, i), lane0);
            lane1 = Simd512<T>.MultiplyAdd(Vector512.LoadUnsafe(ref x0, i + (nuint)width), Vector512.LoadUnsafe(ref y0, i + (nuint)width), lane1);
            lane2 = Simd512<T>.MultiplyAdd(Vector512.LoadUnsafe(ref x0, i + (nuint)(2 * width)), Vector512.LoadUnsafe(ref y0, i + (nuint)(2 * width)), lane2);
            lane3 = Simd512<T>.MultiplyAdd(Vector512.LoadUnsafe(ref x0, i + (nuint)(3 * width)), Vector512.LoadUnsafe(ref y0, i + (nuint)(3 * width)), lane3);
        }

        return Fold(lane0, lane1, lane2, lane3, x[(int)i..], y[(int)i..]);
    }

    /// <summary>Σ xᵢ².</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Dot(x, x);

    /// <summary>Σ xᵢ.</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        var width = Vector512<T>.Count;
        var (lane0, lane1, lane2, lane3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        nuint i = 0;
        for (; (int)i <= x.Length - (VectorCount * width); i += (nuint)(VectorCount * width))
        {
            lane0 += Vector512.LoadUnsafe(ref x0, i);
            lane1 += Vector512.LoadUnsafe(ref x0, i + (nuint)width);
            lane2 += Vector512.LoadUnsafe(ref x0, i + (nuint)(2 * width));
            lane3 += Vector512.LoadUnsafe(ref x0, i + (nuint)(3 * width));
        }

        return Fold(lane0, lane1, lane2, lane3, x[(int)i..], []);
    }

    /// <summary>Adds the last elements (their squares or products where <paramref name="y"/> is given) to the lanes and folds the lanes in halves.</summary>
    [SkipLocalsInit]
    private static T Fold<T>(Vector512<T> lane0, Vector512<T> lane1, Vector512<T> lane2, Vector512<T> lane3, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector512<T>.Count;
        Span<T> lanes = stackalloc T[VectorCount * width];
        lane0.CopyTo(lanes);
        lane1.CopyTo(lanes[width..]);
        lane2.CopyTo(lanes[(2 * width)..]);
        lane3.CopyTo(lanes[(3 * width)..]);
        for (var i = 0; i < x.Length; i++)
        {
            lanes[i] = y.IsEmpty ? lanes[i] + x[i] : T.FusedMultiplyAdd(x[i], y[i], lanes[i]);
        }

        for (var half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}
