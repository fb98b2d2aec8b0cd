using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Perf.Ratios;

/// <summary>The most multiply-adds that the hardware does: twelve independent chains in registers, at its widest vectors.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class MultiplyAddLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 12, Iterations = 200_000;

    /// <summary>Operations of one call, two a multiply-add.</summary>
    public static double Operations => 2.0 * Chains * Iterations * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    /// <summary>Runs the loop; the sum keeps the compiler from leaving it out.</summary>
    public static T Run() => Vector512.IsHardwareAccelerated ? Wide() : Vector256.IsHardwareAccelerated ? Middle() : Narrow();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Wide()
    {
        var (x, y) = (Vector512.Create(T.CreateChecked(0.5)), Vector512.Create(T.One));
        var (a, b, c, d, e, f) = (y, y, y, y, y, y);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var n = 0; n < Iterations; n++)
        {
            (a, b, c, d) = (Next(x, a, y), Next(x, b, y), Next(x, c, y), Next(x, d, y));
            (e, f, g, h) = (Next(x, e, y), Next(x, f, y), Next(x, g, y), Next(x, h, y));
            (i, j, k, l) = (Next(x, i, y), Next(x, j, y), Next(x, k, y), Next(x, l, y));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Middle()
    {
        var (x, y) = (Vector256.Create(T.CreateChecked(0.5)), Vector256.Create(T.One));
        var (a, b, c, d, e, f) = (y, y, y, y, y, y);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var n = 0; n < Iterations; n++)
        {
            (a, b, c, d) = (Next(x, a, y), Next(x, b, y), Next(x, c, y), Next(x, d, y));
            (e, f, g, h) = (Next(x, e, y), Next(x, f, y), Next(x, g, y), Next(x, h, y));
            (i, j, k, l) = (Next(x, i, y), Next(x, j, y), Next(x, k, y), Next(x, l, y));
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Narrow()
    {
        var (x, y) = (Vector128.Create(T.CreateChecked(0.5)), Vector128.Create(T.One));
        var (a, b, c, d, e, f) = (y, y, y, y, y, y);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var n = 0; n < Iterations; n++)
        {
            (a, b, c, d) = (Next(x, a, y), Next(x, b, y), Next(x, c, y), Next(x, d, y));
            (e, f, g, h) = (Next(x, e, y), Next(x, f, y), Next(x, g, y), Next(x, h, y));
            (i, j, k, l) = (Next(x, i, y), Next(x, j, y), Next(x, k, y), Next(x, l, y));
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Next(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Next(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Next(Vector128<T> x, Vector128<T> y, Vector128<T> z) => typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
}
