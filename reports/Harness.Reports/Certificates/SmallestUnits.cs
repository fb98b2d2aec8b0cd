using System.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>Numbers in double precision as what they are, whole multiples of the smallest positive one, η = 2⁻¹⁰⁷⁴: their sums and products are then sums and products of whole numbers, exact, without a common divisor anywhere.</summary>
internal static class SmallestUnits
{
    /// <summary>η = 2⁻¹⁰⁷⁴: so many halvings of one.</summary>
    public const int Halvings = 1074;

    private const int Precision = 53;

    /// <summary>x/η.</summary>
    /// <param name="x">A finite number.</param>
    public static BigInteger Of(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var (biased, fraction) = ((int)((bits >> 52) & 0x7FF), bits & 0xFFFFFFFFFFFFF);
        var magnitude = biased == 0 ? fraction : (BigInteger)(fraction | (1L << 52)) << (biased - 1);
        return bits < 0 ? -magnitude : magnitude;
    }

    /// <summary>The closest numbers in double precision outside of an interval.</summary>
    /// <param name="lower">Its lower end in multiples of η.</param>
    /// <param name="upper">Its upper end.</param>
    public static Range Outside(BigInteger lower, BigInteger upper) => new(0 - AtLeast(-lower), AtLeast(upper));

    /// <summary>The smallest number in double precision that is not below kη.</summary>
    private static double AtLeast(BigInteger k)
    {
        var dropped = (int)Math.Max(0, BigInteger.Abs(k).GetBitLength() - Precision);
        var leading = -(-k >> dropped);
        return Math.Max(double.MinValue, Math.ScaleB((double)leading, dropped - Halvings));
    }
}
