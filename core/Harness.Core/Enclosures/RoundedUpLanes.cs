using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harness.Core.Enclosures;

/// <summary><see cref="RoundedUp"/> lane by lane, in both of its ways: with the processor's rounding mode and by error-free transformation. Equal bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class RoundedUpLanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static bool IsDouble => typeof(T) == typeof(double);

    /// <summary>From here on the rounding error of a product is a floating-point number: its last bit is at most 2p binary orders below the product.</summary>
    public static T Small => T.CreateTruncating(IsDouble ? 1.1830521861667747e-271 : 8.077935669463161e-28); // 2⁻⁹⁰⁰, 2⁻⁹⁰

    /// <summary>Lifts the error of a smaller, non-zero product among the floating-point numbers.</summary>
    public static T Scale => T.CreateTruncating(IsDouble ? 4.149515568880993e180 : 1.152921504606847e18); // 2⁶⁰⁰, 2⁶⁰

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) =>
        !Avx512F.IsSupported ? AddByTransformation(x, y)
        : IsDouble ? Avx512F.Add(x.AsDouble(), y.AsDouble(), FloatRoundingMode.ToPositiveInfinity).As<double, T>()
        : Avx512F.Add(x.AsSingle(), y.AsSingle(), FloatRoundingMode.ToPositiveInfinity).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) =>
        !Avx512F.IsSupported ? MultiplyByTransformation(x, y)
        : IsDouble ? Avx512F.Multiply(x.AsDouble(), y.AsDouble(), FloatRoundingMode.ToPositiveInfinity).As<double, T>()
        : Avx512F.Multiply(x.AsSingle(), y.AsSingle(), FloatRoundingMode.ToPositiveInfinity).As<float, T>();

    public static Vector512<T> AddByTransformation(Vector512<T> x, Vector512<T> y)
    {
        var ordered = Vector512.GreaterThanOrEqual(Vector512.Abs(x), Vector512.Abs(y));
        var sum = x + y;
        var error = Vector512.ConditionalSelect(ordered, y, x) - (sum - Vector512.ConditionalSelect(ordered, x, y));
        return StepUp(sum, Vector512.GreaterThan(error, Vector512<T>.Zero));
    }

    public static Vector512<T> MultiplyByTransformation(Vector512<T> x, Vector512<T> y)
    {
        var product = x * y;
        var up = Vector512.GreaterThan(MultiplyAdd(x, y, -product), Vector512<T>.Zero);
        var small = Vector512.LessThan(Vector512.Abs(product), Vector512.Create(Small));
        if (small != Vector512<T>.Zero)
        {
            var scale = Vector512.Create(Scale);
            var scaled = Vector512.GreaterThan(MultiplyAdd(x, y * scale, -(product * scale)), Vector512<T>.Zero);

            // A product that vanished although its factors did not: above zero unless it is a negative zero.
            var vanished = ~(Vector512.Equals(x, Vector512<T>.Zero) | Vector512.Equals(y, Vector512<T>.Zero) | Vector512.IsNegative(product));
            up = Vector512.ConditionalSelect(small, Vector512.ConditionalSelect(Vector512.Equals(product, Vector512<T>.Zero), vanished, scaled), up);
        }

        return StepUp(product, up);
    }

    /// <summary>The next number above where asked for. Never asked for at +∞, and at zero only at the positive one.</summary>
    private static Vector512<T> StepUp(Vector512<T> x, Vector512<T> where)
    {
        // Neighbours differ by one as integers: upwards for positive numbers, downwards for negative ones. A mask is −1.
        if (IsDouble)
        {
            var step = (Vector512.IsNegative(x).AsInt64() << 1) + Vector512<long>.One;
            return (x.AsInt64() + (step & where.AsInt64())).As<long, T>();
        }

        var narrowStep = (Vector512.IsNegative(x).AsInt32() << 1) + Vector512<int>.One;
        return (x.AsInt32() + (narrowStep & where.AsInt32())).As<int, T>();
    }

    private static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) => Numerics.Simd512<T>.MultiplyAdd(x, y, z);
}
