using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Perf.Ratios;

/// <summary>Sweeps over an array that no cache holds: what main memory delivers to one core, read only and read and written.</summary>
internal sealed class MemorySweep
{
    private const int Megabytes = 256;

    private readonly double[] array = GC.AllocateUninitializedArray<double>(Megabytes << 17, pinned: true);

    /// <summary>Fills the array, so that its pages exist.</summary>
    public MemorySweep() => array.AsSpan().Fill(1);

    /// <summary>Bytes that a sweep reads, and that <see cref="Scale"/> also writes.</summary>
    public static double Bytes => (double)Megabytes * (1 << 20);

    /// <summary>Reads everything; the sum keeps the compiler from leaving it out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Read()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(array);
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint i = 0; i < (nuint)array.Length; i += 32)
        {
            a += Vector512.LoadUnsafe(ref start, i);
            b += Vector512.LoadUnsafe(ref start, i + 8);
            c += Vector512.LoadUnsafe(ref start, i + 16);
            d += Vector512.LoadUnsafe(ref start, i + 24);
        }

        return Vector512.Sum(a + b + c + d);
    }

    /// <summary>Reads and writes everything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scale()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(array);
        for (nuint i = 0; i < (nuint)array.Length; i += 16)
        {
            (-Vector512.LoadUnsafe(ref start, i)).StoreUnsafe(ref start, i);
            (-Vector512.LoadUnsafe(ref start, i + 8)).StoreUnsafe(ref start, i + 8);
        }
    }
}
