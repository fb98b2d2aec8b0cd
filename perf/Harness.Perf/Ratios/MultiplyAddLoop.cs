using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Perf.Ratios;

/// <summary>The most multiply-adds that the hardware does: twelve independent chains in registers, at its widest vectors.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class MultiplyAddLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 12, Iterations = 200_000;

    /// <summary>Operations of one call, two a multiply-add.</summary>
    public static double Operations => 2.0 * Chains * Iterations * (Vector512.IsHardwareAccelerated ? Simd512<T>.Count : Vector256.IsHardwareAccelerated ? Simd256<T>.Count : Simd128<T>.Count);

    /// <summary>Runs the loop; what it returns keeps the compiler from leaving it out.</summary>
    public static T Run() =>
        Vector512.IsHardwareAccelerated ? Loop<Simd512<T>, Vector512<T>>()
        : Vector256.IsHardwareAccelerated ? Loop<Simd256<T>, Vector256<T>>()
        : Loop<Simd128<T>, Vector128<T>>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Loop<TSimd, TVector>()
        where TSimd : ISimd<TVector, T>
    {
        var (x, y) = (TSimd.Broadcast(T.CreateChecked(0.5)), TSimd.Broadcast(T.One));
        var (a, b, c, d, e, f) = (y, y, y, y, y, y);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var n = 0; n < Iterations; n++)
        {
            a = TSimd.MultiplyAdd(x, a, y);
            b = TSimd.MultiplyAdd(x, b, y);
            c = TSimd.MultiplyAdd(x, c, y);
            d = TSimd.MultiplyAdd(x, d, y);
            e = TSimd.MultiplyAdd(x, e, y);
            f = TSimd.MultiplyAdd(x, f, y);
            g = TSimd.MultiplyAdd(x, g, y);
            h = TSimd.MultiplyAdd(x, h, y);
            i = TSimd.MultiplyAdd(x, i, y);
            j = TSimd.MultiplyAdd(x, j, y);
            k = TSimd.MultiplyAdd(x, k, y);
            l = TSimd.MultiplyAdd(x, l, y);
        }

        // Every chain must reach the result, or the compiler may leave it out.
        a = TSimd.MultiplyAdd(TSimd.MultiplyAdd(a, b, c), TSimd.MultiplyAdd(d, e, f), TSimd.MultiplyAdd(TSimd.MultiplyAdd(g, h, i), TSimd.MultiplyAdd(j, k, l), y));
        var lanes = stackalloc T[TSimd.Count];
        TSimd.Store(a, lanes);
        return lanes[0];
    }
}
