using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>Memory that a product kernel copies its operands to; each thread has its own, as large as it ever needed, so that a warm kernel allocates nothing.</summary>
internal static unsafe class Scratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static T[]? memory;

    /// <summary>At least <paramref name="length"/> elements from a 64-byte boundary on, with whatever they hold. The next call on the same thread takes them back.</summary>
    public static T* Take(int length)
    {
        var needed = length + (Alignment / sizeof(T));
        if (memory is null || memory.Length < needed)
        {
            memory = GC.AllocateUninitializedArray<T>(needed, pinned: true);
        }

        return (T*)(((nuint)Unsafe.AsPointer(ref memory[0]) + Alignment - 1) / Alignment * Alignment);
    }
}
