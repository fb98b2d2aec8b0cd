namespace Harness.Core.Enclosures;

/// <summary>The angle θ in [0, π] at a given versine v = 1 − cos θ = 2 sin²(θ/2), and θ − sin θ: both relatively accurate down to θ = 0, where the cosine has lost the angle.</summary>
/// <remarks>
/// θ = 2 arcsin √z with z = v/2, and arcsin is its Taylor series as long as z ≤ ¼; beyond, θ = π/2 − arcsin(1 − v), and π less the angle at 2 − v. Both series have positive coefficients, made of C(2k, k)/4ᵏ, and
/// the cut ones are off by less than u and 2u. Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
internal static class AnglePoint
{
    private const double HalfPiHigh = Math.PI / 2;

    private static Ball HalfPiLow => new(6.123233995736766e-17, 1.232595164407831e-32); // 2⁻¹⁰⁶

    /// <summary>(arcsin w − w)/w³ in powers of w²: C(2k, k)/(4ᵏ(2k + 1)), k = 1…28.</summary>
    private static ReadOnlySpan<double> Arcsine =>
    [
        2.0 / 4 / 3, 6.0 / 16 / 5, 20.0 / 64 / 7, 70.0 / 256 / 9, 252.0 / 1024 / 11, 924.0 / 4096 / 13, 3432.0 / 16384 / 15, 12870.0 / 65536 / 17, 48620.0 / 262144 / 19,
        184756.0 / 1048576 / 21, 705432.0 / 4194304 / 23, 2704156.0 / 16777216 / 25, 10400600.0 / 67108864 / 27, 40116600.0 / 268435456 / 29, 155117520.0 / 1073741824 / 31,
        601080390.0 / 4294967296 / 33, 2333606220.0 / 17179869184 / 35, 9075135300.0 / 68719476736 / 37, 35345263800.0 / 274877906944 / 39, 137846528820.0 / 1099511627776 / 41,
        538257874440.0 / 4398046511104 / 43, 2104098963720.0 / 17592186044416 / 45, 8233430727600.0 / 70368744177664 / 47, 32247603683100.0 / 281474976710656 / 49,
        126410606437752.0 / 1125899906842624 / 51, 495918532948104.0 / 4503599627370496 / 53, 1946939425648112.0 / 18014398509481984 / 55, 7648690600760440.0 / 72057594037927936 / 57,
    ];

    /// <summary>(arcsin w − w√(1 − w²))/w³ in powers of w²: C(2k, k)/4ᵏ · 4k/(4k² − 1), k = 1…14.</summary>
    private static ReadOnlySpan<double> ArcsineLessSine =>
    [
        8.0 / 4 / 3, 48.0 / 16 / 15, 240.0 / 64 / 35, 1120.0 / 256 / 63, 5040.0 / 1024 / 99, 22176.0 / 4096 / 143, 96096.0 / 16384 / 195, 411840.0 / 65536 / 255, 1750320.0 / 262144 / 323,
        7390240.0 / 1048576 / 399, 31039008.0 / 4194304 / 483, 129799488.0 / 16777216 / 575, 540831200.0 / 67108864 / 675, 2246529600.0 / 268435456 / 783,
    ];

    /// <summary>θ for v in [0, 2].</summary>
    public static Ball Evaluate(double v)
    {
        if (v <= 0.5)
        {
            var (twiceRoot, z) = TwiceRootOfHalf(v);
            return twiceRoot + (twiceRoot * (z * new Ball(Polynomial.Evaluate(z.Midpoint, Arcsine), Rounding.Unit)));
        }

        // Both differences are exact (Sterbenz).
        if (v >= 1.5)
        {
            return Ball.Exactly(Math.PI) - (Evaluate(2 - v) - (Ball.Exactly(2) * HalfPiLow));
        }

        var cosine = Ball.Exactly(1 - v);
        var square = Ball.Square(cosine);
        var tail = cosine * (square * new Ball(Polynomial.Evaluate(square.Midpoint, Arcsine), Rounding.Unit));
        return Ball.Exactly(HalfPiHigh) - (cosine + (tail - HalfPiLow));
    }

    /// <summary>θ − sin θ for v in [0, 1].</summary>
    public static Ball LessSine(double v)
    {
        if (v <= 0.125)
        {
            var (twiceRoot, z) = TwiceRootOfHalf(v);
            return twiceRoot * (z * new Ball(Polynomial.Evaluate(z.Midpoint, ArcsineLessSine), 2 * Rounding.Unit));
        }

        return Evaluate(v) - Sine(v);
    }

    /// <summary>sin θ = √(v(2 − v)).</summary>
    public static Ball Sine(double v) => Ball.Sqrt(Ball.Exactly(v) * (Ball.Exactly(2) - Ball.Exactly(v)));

    /// <summary>2 sin(θ/2) = √(2v), and z = sin²(θ/2).</summary>
    private static (Ball TwiceRoot, Ball Z) TwiceRootOfHalf(double v) => (Ball.Sqrt(Ball.Exactly(2 * v)), Ball.Exactly(v) * Ball.Exactly(0.5));
}
