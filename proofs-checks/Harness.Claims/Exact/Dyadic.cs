using System.Numerics;

namespace Harness.Claims.Exact;

/// <summary>A whole number times a power of two, of any size: what sums and products of floating-point numbers are. Every operation is exact.</summary>
/// <remarks>
/// Where nothing is divided this is what <see cref="BigRational"/> computes, without its greatest common divisors: an order of magnitude faster on the networks that certified passes are fuzzed with.
/// Default value: zero. A value has many representations; compare with <see cref="CompareTo"/>.
/// </remarks>
internal readonly struct Dyadic : IComparable<Dyadic>
{
    private readonly BigInteger significand;
    private readonly int exponent;

    private Dyadic(BigInteger significand, int exponent) => (this.significand, this.exponent) = (significand, exponent);

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => significand.Sign;

    /// <summary>The exponent of the last bit kept: 2 to this power times a whole number is the value.</summary>
    public int Exponent => exponent;

    /// <summary>The value of a finite double, which a float is too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Dyadic Exactly(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers have an exact value.");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var magnitude = biased == 0 ? fraction : fraction | (1L << 52);
        if (magnitude == 0)
        {
            return default;
        }

        // An odd significand is the shortest: small whole numbers then need no array.
        var zeros = BitOperations.TrailingZeroCount(magnitude);
        magnitude >>= zeros;
        return new(bits < 0 ? -magnitude : magnitude, (biased == 0 ? 1 : biased) - 1075 + zeros);
    }

    /// <summary>The values of finite numbers.</summary>
    public static Dyadic[] Exactly(ReadOnlySpan<double> values)
    {
        var exact = new Dyadic[values.Length];
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = Exactly(values[i]);
        }

        return exact;
    }

    /// <summary>Sum.</summary>
    public static Dyadic operator +(Dyadic a, Dyadic b) =>
        a.Sign == 0 ? b
        : b.Sign == 0 ? a
        : a.exponent >= b.exponent ? new((a.significand << (a.exponent - b.exponent)) + b.significand, b.exponent)
        : new(a.significand + (b.significand << (b.exponent - a.exponent)), a.exponent);

    /// <summary>Difference.</summary>
    public static Dyadic operator -(Dyadic a, Dyadic b) => a + -b;

    /// <summary>Negation.</summary>
    public static Dyadic operator -(Dyadic a) => new(-a.significand, a.exponent);

    /// <summary>Product.</summary>
    public static Dyadic operator *(Dyadic a, Dyadic b) => a.Sign == 0 || b.Sign == 0 ? default : new(a.significand * b.significand, a.exponent + b.exponent);

    /// <summary>Order.</summary>
    public static bool operator <(Dyadic a, Dyadic b) => a.CompareTo(b) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(Dyadic a, Dyadic b) => a.CompareTo(b) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(Dyadic a, Dyadic b) => a.CompareTo(b) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(Dyadic a, Dyadic b) => a.CompareTo(b) >= 0;

    /// <summary>Absolute value.</summary>
    public static Dyadic Abs(Dyadic a) => a.Sign < 0 ? -a : a;

    /// <summary>a · 2ᵏ.</summary>
    public static Dyadic Scale(Dyadic a, int k) => a.Sign == 0 ? a : new(a.significand, a.exponent + k);

    /// <inheritdoc/>
    public int CompareTo(Dyadic other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        // Magnitudes that end at different powers of two need no common exponent.
        var (length, otherLength) = (Length, other.Length);
        return length != otherLength ? Sign * length.CompareTo(otherLength) : (this - other).Sign;
    }

    /// <summary>The value in units of 2ᵏ.</summary>
    /// <param name="k">At most <see cref="Exponent"/>.</param>
    public BigInteger InUnitsOf(int k) => significand << (exponent - k);

    /// <summary>The same number as a fraction.</summary>
    public BigRational ToRational() => exponent >= 0 ? new(significand << exponent, 1) : new(significand, BigInteger.One << -exponent);

    // Of the magnitude: the length of a negative power of two in two's complement is one less.
    private long Length => exponent + BigInteger.Abs(significand).GetBitLength();
}
