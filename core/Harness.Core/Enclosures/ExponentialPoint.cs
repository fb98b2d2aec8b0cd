namespace Harness.Core.Enclosures;

/// <summary>eˣ at an unevaluated sum x = high + low: xʹ = x − k ln 2, |xʹ| ≤ 0.3467, then 2ᵏ(1 + xʹ + xʹ²P(xʹ)) with P the Taylor polynomial of degree 13.</summary>
/// <remarks>Everything but P is ball arithmetic, which computes its own errors; P is off by less than u, truncation included. Derivation: docs/derivations.md, "Elementary functions".</remarks>
internal static class ExponentialPoint
{
    /// <summary>ln 2 cut after 33 bits, so that a multiple by an exponent is exact.</summary>
    public const double Ln2High = 0.6931471803691238;

    /// <summary>From here on eˣ is above every number.</summary>
    private const double Overflow = 710;

    /// <summary>Up to here eˣ is under half the smallest positive number, with room for a low part of 10⁻³ ± 10⁻³.</summary>
    private const double Underflow = -746;

    private const double Log2E = 1.4426950408889634;

    private static ReadOnlySpan<double> Coefficients =>
    [
        1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200,
        1.0 / 1307674368000,
    ];

    /// <summary>ln 2 − <see cref="Ln2High"/>.</summary>
    public static Ball Ln2Low => new(1.9082149292705877e-10, 1.2924697071141057e-26); // 2⁻⁸⁶

    /// <param name="high">Any number.</param>
    /// <param name="low">Of at most 10⁻³ in magnitude, its radius of at most 10⁻³; otherwise nothing is stated.</param>
    public static Ball Evaluate(double high, Ball low)
    {
        if (!(Math.Abs(low.Midpoint) <= 1e-3 && low.Radius <= 1e-3) || double.IsNaN(high) || high >= Overflow)
        {
            return Ball.Unbounded(high >= Overflow ? double.PositiveInfinity : double.NaN);
        }

        if (high <= Underflow)
        {
            return new(0, double.Epsilon);
        }

        var k = Math.Round(high * Log2E);
        var reduced = (Ball.Exactly(high) - Ball.Exactly(k * Ln2High)) + (low - (Ball.Exactly(k) * Ln2Low));
        var x = Ball.Exactly(reduced.Midpoint);
        var tail = Ball.Square(x) * new Ball(Polynomial.Evaluate(reduced.Midpoint, Coefficients), Rounding.Unit);
        var value = Ball.Exactly(1) + (x + tail);

        // The exponential's slope is below 1.5 as far as the radius reaches.
        value = new(value.Midpoint, RoundedUp.Add(value.Radius, RoundedUp.Multiply(1.5, reduced.Radius)));
        return ScaleByPowerOfTwo(value, (int)k);
    }

    /// <summary>An upper bound of eʳ − 1, r ≥ 0.</summary>
    public static double GrowthAbove(double r)
    {
        // eʳ − 1 ≤ r + (e − 2)r² on [0, 1].
        if (r <= 1)
        {
            return RoundedUp.Add(r, RoundedUp.Multiply(r, r));
        }

        var power = Evaluate(r, Ball.Exactly(0));
        return RoundedUp.Add(power.Midpoint, power.Radius);
    }

    /// <summary>In two steps where 2ᵏ itself is no normal number: the first is exact.</summary>
    private static Ball ScaleByPowerOfTwo(Ball x, int k)
    {
        var normal = Math.Clamp(k, -1022, 1023);
        return x * Ball.Exactly(PowerOfTwo(k - normal)) * Ball.Exactly(PowerOfTwo(normal));
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
