using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// The few operations a product kernel needs of a vector type, so that one source compiles to every register width. All are exact or
/// correctly rounded lane by lane: a lane's bits do not depend on the width it was computed in.
/// </summary>
internal unsafe interface ISimd<TVector, T>
    where T : unmanaged
{
    /// <summary>Lanes in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Broadcast(T value);

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* destination);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector Abs(TVector vector);

    /// <summary>max(v, 0); a zero of either sign gives a zero, a NaN stays one.</summary>
    static abstract TVector Rectify(TVector vector);

    /// <summary>v where sign ≥ 0, else 0.</summary>
    static abstract TVector Gate(TVector vector, TVector sign);
}

/// <summary>512-bit vectors.</summary>
internal readonly unsafe struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> vector) => Vector512.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Rectify(Vector512<T> vector) => Vector512.Max(vector, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Gate(Vector512<T> vector, Vector512<T> sign) => vector & Vector512.GreaterThanOrEqual(sign, Vector512<T>.Zero);
}

/// <summary>256-bit vectors.</summary>
internal readonly unsafe struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) => typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> vector) => Vector256.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Rectify(Vector256<T> vector) => Vector256.Max(vector, Vector256<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Gate(Vector256<T> vector, Vector256<T> sign) => vector & Vector256.GreaterThanOrEqual(sign, Vector256<T>.Zero);
}

/// <summary>128-bit vectors, also where the hardware has none: the platform then computes lane by lane, to the same bits.</summary>
internal readonly unsafe struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend) => typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> vector) => Vector128.Abs(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Rectify(Vector128<T> vector) => Vector128.Max(vector, Vector128<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Gate(Vector128<T> vector, Vector128<T> sign) => vector & Vector128.GreaterThanOrEqual(sign, Vector128<T>.Zero);
}

/// <summary>Two neighbouring vectors.</summary>
internal readonly struct Pair<TVector>(TVector first, TVector second)
{
    public readonly TVector First = first, Second = second;
}

/// <summary>Pairs of vectors as one of twice the width: a broadcast element then serves two multiply-adds.</summary>
internal readonly unsafe struct Paired<TSimd, TVector, T> : ISimd<Pair<TVector>, T>
    where TSimd : ISimd<TVector, T>
    where T : unmanaged
{
    public static int Count => 2 * TSimd.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Broadcast(T value)
    {
        var vector = TSimd.Broadcast(value);
        return new(vector, vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Load(T* source) => new(TSimd.Load(source), TSimd.Load(source + TSimd.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair<TVector> vector, T* destination)
    {
        TSimd.Store(vector.First, destination);
        TSimd.Store(vector.Second, destination + TSimd.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> MultiplyAdd(Pair<TVector> left, Pair<TVector> right, Pair<TVector> addend) =>
        new(TSimd.MultiplyAdd(left.First, right.First, addend.First), TSimd.MultiplyAdd(left.Second, right.Second, addend.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Divide(Pair<TVector> left, Pair<TVector> right) => new(TSimd.Divide(left.First, right.First), TSimd.Divide(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Abs(Pair<TVector> vector) => new(TSimd.Abs(vector.First), TSimd.Abs(vector.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Rectify(Pair<TVector> vector) => new(TSimd.Rectify(vector.First), TSimd.Rectify(vector.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Gate(Pair<TVector> vector, Pair<TVector> sign) => new(TSimd.Gate(vector.First, sign.First), TSimd.Gate(vector.Second, sign.Second));
}
