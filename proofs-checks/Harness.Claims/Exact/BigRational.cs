using System.Numerics;

namespace Harness.Claims.Exact;

/// <summary>
/// A rational number of arbitrary size, in lowest terms with a positive denominator. Every operation is exact.
/// </summary>
/// <remarks>
/// It exists as an oracle: a ReLU network at floating-point weights is piecewise polynomial with rational data, so small ones can be evaluated
/// without any rounding. Default value: zero. Slow by design; nothing on a hot path uses it.
/// </remarks>
public readonly struct BigRational : IEquatable<BigRational>, IComparable<BigRational>
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominatorLessOne; // so that default(BigRational) is 0/1

    /// <summary><paramref name="numerator"/> / <paramref name="denominator"/>.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A rational number needs a non-zero denominator.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
        {
            divisor = -divisor;
        }

        this.numerator = numerator / divisor;
        denominatorLessOne = (denominator / divisor) - 1;
    }

    /// <summary>Numerator in lowest terms.</summary>
    public BigInteger Numerator => numerator;

    /// <summary>Denominator in lowest terms; positive.</summary>
    public BigInteger Denominator => denominatorLessOne + 1;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => numerator.Sign;

    /// <summary>The value of a finite double, exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static BigRational Exactly(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers are rational.");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        BigInteger significand = biased == 0 ? fraction : fraction | (1L << 52);
        var exponent = (biased == 0 ? 1 : biased) - 1075;
        if (bits < 0)
        {
            significand = -significand;
        }

        return exponent >= 0 ? new(significand << exponent, 1) : new(significand, BigInteger.One << -exponent);
    }

    /// <summary>A whole number.</summary>
    public static implicit operator BigRational(int value) => new(value, 1);

    /// <summary>Sum.</summary>
    public static BigRational operator +(BigRational a, BigRational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Difference.</summary>
    public static BigRational operator -(BigRational a, BigRational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Negation.</summary>
    public static BigRational operator -(BigRational a) => new(-a.Numerator, a.Denominator);

    /// <summary>Product.</summary>
    public static BigRational operator *(BigRational a, BigRational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>Quotient.</summary>
    public static BigRational operator /(BigRational a, BigRational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>Equality.</summary>
    public static bool operator ==(BigRational a, BigRational b) => a.Equals(b);

    /// <summary>Inequality.</summary>
    public static bool operator !=(BigRational a, BigRational b) => !a.Equals(b);

    /// <summary>Order.</summary>
    public static bool operator <(BigRational a, BigRational b) => a.CompareTo(b) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(BigRational a, BigRational b) => a.CompareTo(b) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(BigRational a, BigRational b) => a.CompareTo(b) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(BigRational a, BigRational b) => a.CompareTo(b) >= 0;

    /// <summary>Absolute value.</summary>
    public static BigRational Abs(BigRational a) => a.Sign < 0 ? -a : a;

    /// <summary>The larger of two.</summary>
    public static BigRational Max(BigRational a, BigRational b) => a < b ? b : a;

    /// <inheritdoc/>
    public int CompareTo(BigRational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(BigRational other) => numerator == other.numerator && denominatorLessOne == other.denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(numerator, denominatorLessOne);

    /// <summary>The nearest double in magnitude order: correct to a few units in the last place; exact for zero and for small dyadic values.</summary>
    public double ToDouble()
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        // Scale so that the quotient has 64 significant bits, then let the conversion round.
        var shift = (int)(64 - (numerator.GetBitLength() - Denominator.GetBitLength()));
        var quotient = shift >= 0 ? (numerator << shift) / Denominator : numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    /// <summary>"p/q".</summary>
    public override string ToString() => Denominator.IsOne ? numerator.ToString() : $"{numerator}/{Denominator}";
}
