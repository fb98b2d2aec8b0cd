using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// Sums and inner products in one fixed order, so that their bits do not depend on the vector width, the machine or the alignment.
/// </summary>
/// <remarks>
/// The order: the numbers are padded by zeros to a multiple of L; element i goes to lane i mod L, L = 32 for double and 64 for float (four 512-bit vectors); each lane accumulates its elements in
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
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"An inner product needs vectors of one length; got {x.Length} and {y.Length}.");
        }

        // The padded end is made before the loop: a call after it would keep the accumulators in memory.
        var group = VectorCount * Vector512<T>.Count;
        Span<T> ends = stackalloc T[2 * group];
        var whole = x.Length / group * group;
        if (whole < x.Length)
        {
            ends.Clear();
            x[whole..].CopyTo(ends);
            y[whole..].CopyTo(ends[group..]);
        }

        var (lanes0, lanes1, lanes2, lanes3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        scoped ref var left = ref MemoryMarshal.GetReference(x);
        scoped ref var right = ref MemoryMarshal.GetReference(y);
        for (var i = 0; i < x.Length; i += group)
        {
            if (i == whole)
            {
                left = ref MemoryMarshal.GetReference(ends);
                right = ref Unsafe.Add(ref left, group);
            }

            lanes0 = Simd512<T>.MultiplyAdd(Load(ref left, 0), Load(ref right, 0), lanes0);
            lanes1 = Simd512<T>.MultiplyAdd(Load(ref left, 1), Load(ref right, 1), lanes1);
            lanes2 = Simd512<T>.MultiplyAdd(Load(ref left, 2), Load(ref right, 2), lanes2);
            lanes3 = Simd512<T>.MultiplyAdd(Load(ref left, 3), Load(ref right, 3), lanes3);
            left = ref Unsafe.Add(ref left, group);
            right = ref Unsafe.Add(ref right, group);
        }

        return Fold(lanes0, lanes1, lanes2, lanes3);
    }

    /// <summary>Σ xᵢ².</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Dot(x, x);

    /// <summary>Σ xᵢ.</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var group = VectorCount * Vector512<T>.Count;
        Span<T> end = stackalloc T[group];
        var whole = x.Length / group * group;
        if (whole < x.Length)
        {
            end.Clear();
            x[whole..].CopyTo(end);
        }

        var (lanes0, lanes1, lanes2, lanes3) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        scoped ref var next = ref MemoryMarshal.GetReference(x);
        for (var i = 0; i < x.Length; i += group)
        {
            if (i == whole)
            {
                next = ref MemoryMarshal.GetReference(end);
            }

            lanes0 += Load(ref next, 0);
            lanes1 += Load(ref next, 1);
            lanes2 += Load(ref next, 2);
            lanes3 += Load(ref next, 3);
            next = ref Unsafe.Add(ref next, group);
        }

        return Fold(lanes0, lanes1, lanes2, lanes3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load<T>(ref T source, int vector)
        where T : unmanaged => Vector512.LoadUnsafe(ref source, (nuint)(vector * Vector512<T>.Count));

    /// <summary>Folds the lanes in halves: between vectors, then within the one that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fold<T>(Vector512<T> lanes0, Vector512<T> lanes1, Vector512<T> lanes2, Vector512<T> lanes3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var eighth = (lanes0 + lanes2) + (lanes1 + lanes3);
        var sixteenth = eighth.GetLower() + eighth.GetUpper();
        var last = sixteenth.GetLower() + sixteenth.GetUpper();
        return typeof(T) == typeof(double) ? last[0] + last[1] : (last[0] + last[2]) + (last[1] + last[3]);
    }
}
