using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>What becomes of an element of B before it multiplies.</summary>
internal interface IFactor
{
    static abstract TVector Of<TSimd, TVector, T>(T element)
        where TSimd : ISimd<TVector, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The element itself.</summary>
internal readonly struct Itself : IFactor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TSimd, TVector, T>(T element)
        where TSimd : ISimd<TVector, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TSimd.Broadcast(element);
}

/// <summary>Its absolute value.</summary>
internal readonly struct Magnitude : IFactor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TSimd, TVector, T>(T element)
        where TSimd : ISimd<TVector, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TSimd.Abs(TSimd.Broadcast(element));
}
