using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>
/// Turns valid files into files that nobody should have written: bits flipped, pieces lost, repeated, swapped, or taken from another file, words of the format where they do not belong,
/// numbers in text and in binary fields set to extreme values.
/// </summary>
/// <remarks>A damaged file is a pure function of seed and index.</remarks>
internal sealed class Damage(IReadOnlyList<byte[]> valid, IReadOnlyList<byte[]> words)
{
    /// <summary>Longer files are cut: what goes wrong with more of the same goes wrong here.</summary>
    private const int LongestFile = 1 << 15;

    private const int MostHits = 6;

    private static readonly ImmutableArray<byte[]> ExtremeNumbers =
    [
        .. new[]
        {
            "0", "-1", "-0", "1e999", "-1e999", "1e-999", "NaN", "0.5", "00", "127", "255", "256", "32767", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
            "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999999999999999999",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    private static readonly ImmutableArray<long> ExtremeFields =
    [
        0, 1, -1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, int.MaxValue, int.MinValue, uint.MaxValue, 0x1_0000_0000, 0x7FFF_FFFF_FFFF, long.MaxValue, long.MinValue, long.MaxValue / 8, 1L << 40,
    ];

    /// <summary>The file of a case.</summary>
    public byte[] Draw(int seed, int index)
    {
        var random = new Random(HashOf(seed, index));
        var bytes = new List<byte>(valid[random.Next(valid.Count)]);
        for (var hits = random.Next(1, MostHits + 1); hits > 0 && bytes.Count > 0; hits--)
        {
            Hit(bytes, random);
        }

        return [.. bytes.Take(LongestFile)];
    }

    private void Hit(List<byte> bytes, Random random)
    {
        // Half of the places near an end, where headers and directories are.
        var place = random.Next(4) switch { 0 => random.Next(Math.Min(bytes.Count, 64)), 1 => bytes.Count - 1 - random.Next(Math.Min(bytes.Count, 128)), _ => random.Next(bytes.Count) };
        var length = random.Next(1, Math.Min(bytes.Count - place, random.Next(2) == 0 ? 8 : int.MaxValue) + 1);
        switch (random.Next(11))
        {
            case 0:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[place] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 4:
                var copies = random.Next(8) == 0 ? Math.Max(1, (LongestFile - bytes.Count) / length) : 1;
                bytes.InsertRange(place, Enumerable.Repeat(bytes.GetRange(place, length), copies).SelectMany(piece => piece).ToArray());
                break;
            case 5:
                var other = random.Next(bytes.Count - length + 1);
                Overwrite(bytes, place, [.. bytes.GetRange(other, length)]);
                break;
            case 6:
                var donor = valid[random.Next(valid.Count)];
                bytes.RemoveRange(place, bytes.Count - place);
                bytes.AddRange(donor.AsSpan(random.Next(donor.Length)));
                break;
            case 7:
                bytes.InsertRange(place, words[random.Next(words.Count)]);
                break;
            case 8:
                Overwrite(bytes, place, words[random.Next(words.Count)]);
                break;
            case 9:
                SetNumber(bytes, place, random);
                break;
            default:
                SetField(bytes, place, random);
                break;
        }
    }

    /// <summary>A run of digits becomes an extreme number, or digits of an extreme number of the same length, so that what comes after stays where it is.</summary>
    private static void SetNumber(List<byte> bytes, int place, Random random)
    {
        var begin = bytes.FindIndex(place, b => char.IsAsciiDigit((char)b));
        if (begin < 0)
        {
            return;
        }

        var end = bytes.FindIndex(begin, b => !char.IsAsciiDigit((char)b));
        var length = (end < 0 ? bytes.Count : end) - begin;
        var number = ExtremeNumbers[random.Next(ExtremeNumbers.Length)];
        if (random.Next(2) == 0)
        {
            Overwrite(bytes, begin, number.AsSpan(0, Math.Min(number.Length, length)));
        }
        else
        {
            bytes.RemoveRange(begin, length);
            bytes.InsertRange(begin, number);
        }
    }

    /// <summary>Two, four or eight bytes become an extreme whole number, little endian.</summary>
    private static void SetField(List<byte> bytes, int place, Random random)
    {
        Span<byte> field = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(field, ExtremeFields[random.Next(ExtremeFields.Length)]);
        Overwrite(bytes, place, field[..(2 << random.Next(3))]);
    }

    private static void Overwrite(List<byte> bytes, int place, ReadOnlySpan<byte> with)
    {
        for (var i = 0; i < with.Length && place + i < bytes.Count; i++)
        {
            bytes[place + i] = with[i];
        }
    }

    /// <summary>Spreads seed and index over the seeds of <see cref="Random"/> (the finaliser of MurmurHash3).</summary>
    private static int HashOf(int seed, int index)
    {
        var hash = unchecked((uint)((seed * 0x9E37_79B1L) ^ index));
        hash = unchecked((hash ^ (hash >> 16)) * 0x85EB_CA6Bu);
        hash = unchecked((hash ^ (hash >> 13)) * 0xC2B2_AE35u);
        return (int)((hash ^ (hash >> 16)) & int.MaxValue);
    }
}
