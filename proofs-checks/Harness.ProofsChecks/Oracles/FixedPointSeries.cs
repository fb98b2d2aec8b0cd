using System.Numerics;
using Harness.Claims.Exact;

namespace Harness.ProofsChecks.Oracles;

/// <summary>
/// Rational enclosures of π, ln 2, eˣ, ln x, arccos x and square roots at rational arguments, by series over whole multiples of 2⁻³⁸⁴.
/// </summary>
/// <remarks>
/// Every result is a whole number of units of 2⁻³⁸⁴ and lies within 2⁻³⁵⁰, that is 2³⁴ units, of the exact value: a series takes at most 400 terms, a term (a shifted product of factors of at most 2 and a division) loses
/// at most 4 units, so a sum loses less than 2¹¹; an exponent multiplies the error of ln 2 by at most 2¹¹, and eight squarings that of eˣ by less than 2¹⁰. Series are summed until their terms vanish, and a tail is below its
/// last term. Nothing is shared with the core: other reductions, other series, whole numbers.
/// </remarks>
internal static class FixedPointSeries
{
    private const int FractionBits = 384;

    private static readonly BigInteger One = BigInteger.One << FractionBits;

    private static readonly BigInteger LogTwo = LogRatio(One / 3); // ln((1 + ⅓)/(1 − ⅓))

    /// <summary>Machin: π/4 = 4 arctan ⅕ − arctan ¹⁄₂₃₉.</summary>
    private static readonly BigInteger PiUnits = 4 * ((4 * Arctangent(One / 5)) - Arctangent(One / 239));

    /// <summary>Bounds the error of every value here.</summary>
    public static BigRational Error { get; } = new(1, BigInteger.One << 350);

    /// <summary>π.</summary>
    public static BigRational Pi => Rational(PiUnits);

    /// <summary>eˣ/2ᵏ in [½, 2], and k.</summary>
    public static (BigRational Significand, int Exponent) Exp(BigRational x)
    {
        var units = Units(x);
        var k = (int)Nearest(units, LogTwo);

        // The sum at a 256th of the argument, then eight squarings.
        var reduced = (units - (k * LogTwo)) >> 8;
        var (sum, term) = (BigInteger.Zero, One);
        for (var j = 1; !term.IsZero; j++)
        {
            sum += term;
            term = Product(term, reduced) / j;
        }

        for (var square = 0; square < 8; square++)
        {
            sum = Product(sum, sum);
        }

        return (Rational(sum), k);
    }

    /// <summary>ln x, x &gt; 0.</summary>
    public static BigRational Log(BigRational x)
    {
        var k = (int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength());
        var (p, q) = k >= 0 ? (x.Numerator, x.Denominator << k) : (x.Numerator << -k, x.Denominator); // p/q in (½, 2)
        return Rational((k * LogTwo) + LogRatio(((p - q) << FractionBits) / (p + q)));
    }

    /// <summary>arccos x = 2 arctan √((1 − x)/(1 + x)) for x in [−1, 1].</summary>
    public static BigRational Acos(BigRational x) =>
        x == -1 ? Pi : Rational(2 * ArctangentOfRoot((1 - x) / (1 + x)));

    /// <summary>√x, x ≥ 0.</summary>
    public static BigRational Sqrt(BigRational x) => Rational(Root((x.Numerator << (2 * FractionBits)) / x.Denominator));

    /// <summary>arctan √t, through π/2 less the arctangent of the reciprocal where t &gt; 1.</summary>
    private static BigInteger ArctangentOfRoot(BigRational t)
    {
        if (t > 1)
        {
            return (PiUnits >> 1) - ArctangentOfRoot(1 / t);
        }

        // Three halvings of the angle: tan(a/2) = tan a/(1 + √(1 + tan² a)).
        var tangent = Root((t.Numerator << (2 * FractionBits)) / t.Denominator);
        for (var halving = 0; halving < 3; halving++)
        {
            tangent = (tangent << FractionBits) / (One + Root((One << FractionBits) + (tangent * tangent)));
        }

        return 8 * Arctangent(tangent);
    }

    /// <summary>arctan t, |t| ≤ ¼, by its alternating series.</summary>
    private static BigInteger Arctangent(BigInteger t)
    {
        var (sum, power, square) = (BigInteger.Zero, t, Product(t, t));
        for (var j = 1; !power.IsZero; j += 2)
        {
            sum += j % 4 == 1 ? power / j : -(power / j);
            power = Product(power, square);
        }

        return sum;
    }

    /// <summary>ln((1 + s)/(1 − s)) = 2 artanh s, |s| ≤ ⅓.</summary>
    private static BigInteger LogRatio(BigInteger s)
    {
        var (sum, power, square) = (BigInteger.Zero, BigInteger.Abs(s), Product(s, s));
        for (var j = 1; !power.IsZero; j += 2)
        {
            sum += power / j;
            power = Product(power, square);
        }

        return 2 * s.Sign * sum;
    }

    private static BigInteger Product(BigInteger x, BigInteger y) => (x * y) >> FractionBits;

    private static BigInteger Nearest(BigInteger x, BigInteger y) => BigInteger.Divide((2 * x) + (x.Sign * y), 2 * y);

    /// <summary>⌊√x⌋ by Newton's iteration from above.</summary>
    private static BigInteger Root(BigInteger x)
    {
        if (x.IsZero)
        {
            return x;
        }

        var root = BigInteger.One << (int)((x.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (x / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private static BigInteger Units(BigRational x) => (x.Numerator << FractionBits) / x.Denominator;

    private static BigRational Rational(BigInteger units) => new(units, One);
}
