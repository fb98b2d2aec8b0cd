using System.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>An interval whose ends are whole multiples of 2⁻⁵¹², with outward rounding: what the check computes transcendental losses in. It shares nothing with the balls of the certificate.</summary>
/// <remarks>Sums are exact, products and quotients rounded once at either end. exp by halving the argument, its power series and squaring again; ln by exp: ln x = y + ln(x e^{−y}) for any y, here the logarithm in double precision, and the series of 2 artanh.</remarks>
/// <param name="Lower">Lower end in units of 2⁻⁵¹².</param>
/// <param name="Upper">Upper end.</param>
internal readonly record struct FixedInterval(BigInteger Lower, BigInteger Upper)
{
    private const int Bits = 512;

    /// <summary>Arguments of the power series are below 2⁻¹⁶.</summary>
    private const int SeriesBits = 16;

    private static readonly BigInteger Unit = BigInteger.One << Bits;

    /// <summary>1.</summary>
    public static FixedInterval One { get; } = Whole(1);

    /// <summary>A whole number.</summary>
    public static FixedInterval Whole(int value) => new(value * Unit, value * Unit);

    /// <summary>A finite number in double precision, between its neighbours where 512 bits do not hold it.</summary>
    public static FixedInterval Of(double value) => Between(SmallestUnits.Of(value), SmallestUnits.Of(value));

    /// <summary>An interval with ends in multiples of the smallest positive number in double precision.</summary>
    public static FixedInterval Between(BigInteger lower, BigInteger upper) => new(Down(lower, SmallestUnits.Halvings - Bits), Up(upper, SmallestUnits.Halvings - Bits));

    /// <summary>The closest numbers in double precision outside of the interval.</summary>
    public Range ToRange() => SmallestUnits.Outside(Lower << (SmallestUnits.Halvings - Bits), Upper << (SmallestUnits.Halvings - Bits));

    public static FixedInterval operator -(FixedInterval x) => new(-x.Upper, -x.Lower);

    public static FixedInterval operator +(FixedInterval x, FixedInterval y) => new(x.Lower + y.Lower, x.Upper + y.Upper);

    public static FixedInterval operator -(FixedInterval x, FixedInterval y) => x + -y;

    public static FixedInterval operator *(FixedInterval x, FixedInterval y)
    {
        var (a, b, c, d) = (x.Lower * y.Lower, x.Lower * y.Upper, x.Upper * y.Lower, x.Upper * y.Upper);
        return new(Down(BigInteger.Min(BigInteger.Min(a, b), BigInteger.Min(c, d)), Bits), Up(BigInteger.Max(BigInteger.Max(a, b), BigInteger.Max(c, d)), Bits));
    }

    /// <summary>x/y for y above zero.</summary>
    public static FixedInterval operator /(FixedInterval x, FixedInterval y) => new(
        Floor(x.Lower << Bits, x.Lower.Sign < 0 ? y.Lower : y.Upper), -Floor(-x.Upper << Bits, x.Upper.Sign < 0 ? y.Upper : y.Lower));

    /// <summary>x², not below zero.</summary>
    public static FixedInterval Square(FixedInterval x)
    {
        var (near, far) = (x.Lower.Sign > 0 ? x.Lower : x.Upper.Sign < 0 ? -x.Upper : 0, BigInteger.Max(-x.Lower, x.Upper));
        return new(Down(near * near, Bits), Up(far * far, Bits));
    }

    /// <summary>eˣ, for x not far above zero.</summary>
    public static FixedInterval Exp(FixedInterval x)
    {
        // e^{−512} < 2⁻⁵¹² · 2⁻²²⁶: below the unit, and above zero.
        if (x.Lower < -Bits * Unit)
        {
            return new(0, x.Upper < -Bits * Unit ? 1 : Exp(new(x.Upper, x.Upper)).Upper);
        }

        var largest = BigInteger.Max(BigInteger.Abs(x.Lower), BigInteger.Abs(x.Upper));
        var halvings = (int)Math.Max(0, largest.GetBitLength() - Bits + SeriesBits);
        var small = new FixedInterval(Down(x.Lower, halvings), Up(x.Upper, halvings));
        var (sum, term) = (One, One);
        for (var k = 1; BigInteger.Max(-term.Lower, term.Upper) > 1; k++)
        {
            term = term * small / Whole(k);
            sum += term;
        }

        // What is left out is less than the last term, which is at most one unit.
        sum = new(sum.Lower - 1, sum.Upper + 1);
        for (var k = 0; k < halvings; k++)
        {
            sum = Square(sum);
        }

        return sum;
    }

    /// <summary>ln x for x from ½ up.</summary>
    public static FixedInterval Log(FixedInterval x)
    {
        var approximate = Of(Math.Log(x.ToRange().AtLeast));
        var near = x * Exp(-approximate);
        var z = (near - One) / (near + One);
        var (square, power, sum) = (Square(z), z, z);
        for (var k = 3; BigInteger.Max(-power.Lower, power.Upper) > 1; k += 2)
        {
            power *= square;
            sum += power / Whole(k);
        }

        // |z| is about 2⁻⁵³, so what is left out is less than the last power.
        return approximate + Whole(2) * new FixedInterval(sum.Lower - 1, sum.Upper + 1);
    }

    private static BigInteger Down(BigInteger x, int bits) => x >> bits;

    private static BigInteger Up(BigInteger x, int bits) => -(-x >> bits);

    private static BigInteger Floor(BigInteger x, BigInteger y)
    {
        var quotient = BigInteger.DivRem(x, y, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
