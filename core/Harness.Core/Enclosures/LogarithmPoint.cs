using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>ln x as an unevaluated sum, of which the low part is known to about 2⁻⁵⁶ however large the logarithm: what a power needs.</summary>
/// <remarks>
/// x = 2ᵉ(1 + f) with 1 + f in [√½, √2), s = f/(2 + f), and ln(1 + f) = 2 artanh s = f − s(f − s²P(s²)), P(z) = Σ 2zʲ/(2j + 3) cut after j = 12. f is exact; all but P is ball arithmetic, and P is off by less than 2u.
/// Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
internal static class LogarithmPoint
{
    private const long BitsOfSqrtHalf = 0x3FE6A09E667F3BCD;

    private static ReadOnlySpan<double> Coefficients =>
        [2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25, 2.0 / 27];

    /// <summary>ln x = High + Low.</summary>
    /// <param name="x">Positive and finite; otherwise nothing is stated.</param>
    public static (double High, Ball Low) Evaluate(double x)
    {
        if (x is not (> 0 and < double.PositiveInfinity))
        {
            return (double.NaN, Ball.Unbounded(double.NaN));
        }

        var exponent = 0;
        if (x < RoundingError.SmallestNormal)
        {
            (x, exponent) = (x * (1L << 54), -54);
        }

        var offset = BitConverter.DoubleToInt64Bits(x) - BitsOfSqrtHalf;
        exponent += (int)(offset >> 52);
        var f = Ball.Exactly(BitConverter.Int64BitsToDouble((offset & 0xFFFFFFFFFFFFF) + BitsOfSqrtHalf) - 1);
        var s = f / (Ball.Exactly(2) + f);
        var z = Ball.Square(s);
        var curved = s * (f - (z * new Ball(Polynomial.Evaluate(z.Midpoint, Coefficients), 2 * Rounding.Unit)));

        var power = exponent * ExponentialPoint.Ln2High;
        var (high, low) = TwoSum(power, f.Midpoint);
        return (high, Ball.Exactly(low) + ((Ball.Exactly(exponent) * ExponentialPoint.Ln2Low) - curved));
    }

    /// <summary>x + y = Sum + Error exactly (Knuth).</summary>
    public static (double Sum, double Error) TwoSum(double x, double y)
    {
        var sum = x + y;
        var part = sum - x;
        return (sum, (x - (sum - part)) + (y - part));
    }

}
