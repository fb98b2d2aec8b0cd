using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Philox 4x32-10 against the known answers of the Random123 library (its file kat_vectors).</summary>
public sealed class Philox4x32Tests
{
    [TestCase(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_Random123Vector_KnownAnswer(
        uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1, uint word0, uint word1, uint word2, uint word3) =>
        Assert.That(Philox4x32.Block(counter0, counter1, counter2, counter3, key0, key1), Is.EqualTo((word0, word1, word2, word3)));

    [TestCase(0ul)]
    [TestCase(0xFFFFFFFDul)] // the carry out of the lower 32 bits falls within the eight
    [TestCase(ulong.MaxValue - 3)] // and here the counter itself wraps
    public void Blocks_EightCounters_EqualsOneByOne(ulong counter)
    {
        const ulong High = 0xFEDCBA9876543210, Key = 0x0123456789ABCDEF;
        var (first, second) = Philox4x32.Blocks(counter, High, Key);
        for (var lane = 0; lane < 8; lane++)
        {
            Assert.That((first[lane], second[lane]), Is.EqualTo(Philox4x32.Block(unchecked(counter + (ulong)lane), High, Key)), $"lane {lane}");
        }
    }
}
