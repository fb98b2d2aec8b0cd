using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Enclosures;

/// <summary>Balls in the lanes of two vectors.</summary>
internal readonly struct BallLanes<T>(Vector512<T> midpoint, Vector512<T> radius)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector512<T> Midpoint = midpoint, Radius = radius;
}

/// <summary>An elementwise operation on one or two batches of balls.</summary>
internal interface IBallOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y);
}

/// <summary>Applies an operation to whole batches: vectors of 512 bits, the end through padded copies, so that every lane sees the same instructions wherever it lies.</summary>
internal static class BallSweep
{
    public static void Run<T, TOperation>(TOperation operation, BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBallOperation<T>
    {
        if (x.Length != destination.Length || y.Length != destination.Length)
        {
            throw new ArgumentException($"The batches must have one length; got {x.Length}, {y.Length} and {destination.Length}.");
        }

        var whole = x.Length / Vector512<T>.Count * Vector512<T>.Count;
        Whole(operation, x.Slice(0, whole), y.Slice(0, whole), destination.Slice(0, whole));
        if (whole < x.Length)
        {
            End(operation, x.Slice(whole, x.Length - whole), y.Slice(whole, x.Length - whole), destination.Slice(whole, x.Length - whole));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole<T, TOperation>(TOperation operation, BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBallOperation<T>
    {
        ref T xm = ref MemoryMarshal.GetReference(x.Midpoints), xr = ref MemoryMarshal.GetReference(x.Radii);
        ref T ym = ref MemoryMarshal.GetReference(y.Midpoints), yr = ref MemoryMarshal.GetReference(y.Radii);
        ref T m = ref MemoryMarshal.GetReference(destination.Midpoints), r = ref MemoryMarshal.GetReference(destination.Radii);
        for (nuint i = 0; i < (nuint)x.Length; i += (nuint)Vector512<T>.Count)
        {
            var result = operation.Apply(
                new(Vector512.LoadUnsafe(ref xm, i), Vector512.LoadUnsafe(ref xr, i)), new(Vector512.LoadUnsafe(ref ym, i), Vector512.LoadUnsafe(ref yr, i)));
            result.Midpoint.StoreUnsafe(ref m, i);
            result.Radius.StoreUnsafe(ref r, i);
        }
    }

    private static void End<T, TOperation>(TOperation operation, BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBallOperation<T>
    {
        var lanes = Vector512<T>.Count;
        Span<T> padded = stackalloc T[6 * lanes];
        padded.Clear();
        var px = Part(padded, 0);
        var py = Part(padded, 1);
        var result = Part(padded, 2);
        x.Midpoints.CopyTo(px.Midpoints);
        x.Radii.CopyTo(px.Radii);
        y.Midpoints.CopyTo(py.Midpoints);
        y.Radii.CopyTo(py.Radii);
        Whole(operation, px, py, result);
        result.Midpoints[..x.Length].CopyTo(destination.Midpoints);
        result.Radii[..x.Length].CopyTo(destination.Radii);

        static BallSpan<T> Part(Span<T> padded, int which) =>
            new(padded.Slice(2 * which * Vector512<T>.Count, Vector512<T>.Count), padded.Slice(((2 * which) + 1) * Vector512<T>.Count, Vector512<T>.Count));
    }
}
