using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// Philox 4×32-10, a counter-based random number generator: a keyed bijection of 128-bit counters whose outputs are statistically
/// independent uniform words.
/// </summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.4 and the Random123 library,
/// whose known answers the tests hold. Without state there is nothing to advance: any element of any stream is computed on its own.
/// </remarks>
public static class Philox4x32
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // 2³² over the golden ratio
    private const uint Weyl1 = 0xBB67AE85; // 2³² (√3 − 1)

    /// <summary>The four output words of one counter under one key.</summary>
    /// <param name="counter0">Least significant word of the counter.</param>
    /// <param name="counter1">Second word of the counter.</param>
    /// <param name="counter2">Third word of the counter.</param>
    /// <param name="counter3">Most significant word of the counter.</param>
    /// <param name="key0">Least significant word of the key.</param>
    /// <param name="key1">Most significant word of the key.</param>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(
        uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * counter0;
            var product1 = (ulong)Multiplier1 * counter2;
            (counter0, counter1, counter2, counter3) = (
                (uint)(product1 >> 32) ^ counter1 ^ key0, (uint)product1,
                (uint)(product0 >> 32) ^ counter3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>Words 0–1 and 2–3 of one block as two 64-bit numbers, the earlier word in the lower half.</summary>
    /// <param name="counterLow">Lower half of the counter.</param>
    /// <param name="counterHigh">Upper half of the counter.</param>
    /// <param name="key">The 64-bit key.</param>
    public static (ulong First, ulong Second) Block(ulong counterLow, ulong counterHigh, ulong key)
    {
        var (word0, word1, word2, word3) = Block(
            (uint)counterLow, (uint)(counterLow >> 32), (uint)counterHigh, (uint)(counterHigh >> 32), (uint)key, (uint)(key >> 32));
        return (word0 | ((ulong)word1 << 32), word2 | ((ulong)word3 << 32));
    }

    /// <summary>Eight consecutive blocks at once, lane j holding the block of counter <paramref name="counterLow"/> + j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector512<ulong> First, Vector512<ulong> Second) Blocks(ulong counterLow, ulong counterHigh, ulong key)
    {
        // Each 32-bit word sits zero-extended in a 64-bit lane, so that an ordinary 64-bit product is the full 32 × 32 product.
        var mask = Vector512.Create((ulong)uint.MaxValue);
        var low = Vector512.Create(counterLow) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);
        var (word0, word1) = (low & mask, low >>> 32);
        var (word2, word3) = (Vector512.Create(counterHigh & uint.MaxValue), Vector512.Create(counterHigh >> 32));
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = word0 * (ulong)Multiplier0;
            var product1 = word2 * (ulong)Multiplier1;
            (word0, word1, word2, word3) = (
                (product1 >>> 32) ^ word1 ^ Vector512.Create((ulong)key0), product1 & mask,
                (product0 >>> 32) ^ word3 ^ Vector512.Create((ulong)key1), product0 & mask);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (word0 | (word1 << 32), word2 | (word3 << 32));
    }
}
