using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Enclosures;

/// <summary>Arithmetic rounded towards +∞: the smallest floating-point number that is not below the exact result.</summary>
/// <remarks>
/// Not "one step outward": the result is IEEE 754's roundTowardPositive, bit for bit, whatever the hardware, so that a verdict that hangs on it is the same everywhere. Where the processor
/// takes a rounding mode with the instruction (AVX-512) it is used; elsewhere the sign of the rounding error, which error-free transformations recover exactly (Dekker, Numer. Math. 18 (1971); Boldo, Graillat,
/// Muller, ACM TOMS 44 (2017)), decides whether to take the step. Derivation: docs/derivations.md, "Enclosures".
/// <para>Downward: −Add(−x, −y), −Multiply(−x, y). NaN gives NaN; an overflow gives +∞ upwards and the most negative finite number downwards.</para>
/// </remarks>
public static class RoundedUp
{
    /// <summary>x + y.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static T Add<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The larger one first: then sum − larger neither rounds nor overflows, and smaller − (sum − larger) is the rounding error itself.
        var (larger, smaller) = T.Abs(x) >= T.Abs(y) ? (x, y) : (y, x);
        var sum = x + y;
        var error = smaller - (sum - larger);
        return error > T.Zero ? T.BitIncrement(sum) : sum;
    }

    /// <summary>x · y.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static T Multiply<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var product = x * y;
        if (T.Abs(product) >= RoundedUpLanes<T>.Small || T.IsNaN(product))
        {
            return T.FusedMultiplyAdd(x, y, -product) > T.Zero ? T.BitIncrement(product) : product;
        }

        if (product == T.Zero)
        {
            return x == T.Zero || y == T.Zero || T.IsNegative(product) ? product : T.Epsilon;
        }

        // The error may lie below the smallest positive number; scaled up, its sign is there. No factor of so small a product is so large that it overflows.
        return T.FusedMultiplyAdd(x, y * RoundedUpLanes<T>.Scale, -(product * RoundedUpLanes<T>.Scale)) > T.Zero ? T.BitIncrement(product) : product;
    }

    /// <summary>√x.</summary>
    public static double Sqrt(double x) => SqrtErrorSign(x, out var root) > 0 ? double.BitIncrement(root) : root;

    /// <summary>√x rounded down.</summary>
    public static double SqrtDown(double x) => SqrtErrorSign(x, out var root) < 0 ? double.BitDecrement(root) : root;

    /// <summary>xᵢ + yᵢ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    /// <param name="y">n numbers.</param>
    /// <param name="destination">Receives n numbers; may be <paramref name="x"/> or <paramref name="y"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireOneLength(x.Length, y.Length, destination.Length);
        var i = 0;
        for (; i <= x.Length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            RoundedUpLanes<T>.Add(Load(x, i), Load(y, i)).StoreUnsafe(ref destination[i]);
        }

        for (; i < x.Length; i++)
        {
            destination[i] = Add(x[i], y[i]);
        }
    }

    /// <summary>xᵢ · yᵢ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">n numbers.</param>
    /// <param name="y">n numbers.</param>
    /// <param name="destination">Receives n numbers; may be <paramref name="x"/> or <paramref name="y"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireOneLength(x.Length, y.Length, destination.Length);
        var i = 0;
        for (; i <= x.Length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            RoundedUpLanes<T>.Multiply(Load(x, i), Load(y, i)).StoreUnsafe(ref destination[i]);
        }

        for (; i < x.Length; i++)
        {
            destination[i] = Multiply(x[i], y[i]);
        }
    }

    /// <summary>The sign of √x − root with root the correctly rounded √x; NaN where the root is infinite or none.</summary>
    private static double SqrtErrorSign(double x, out double root)
    {
        root = Math.Sqrt(x);

        // x − root² has at most 53 significant bits, and after scaling by an even power of two none of them below the smallest number.
        const double Up = 4.149515568880993e+180, RootUp = 2.037035976334486e+90, Small = 1.1830521861667747e-271; // 2⁶⁰⁰, 2³⁰⁰, 2⁻⁹⁰⁰
        return x < Small ? Math.FusedMultiplyAdd(-(root * RootUp), root * RootUp, x * Up) : Math.FusedMultiplyAdd(-root, root, x);
    }

    private static Vector512<T> Load<T>(ReadOnlySpan<T> source, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)at);

    private static void RequireOneLength(int x, int y, int destination)
    {
        if (x != y || x != destination)
        {
            throw new ArgumentException($"The three vectors must have one length; got {x}, {y} and {destination}.");
        }
    }
}
