namespace Harness.Core.Enclosures;

/// <summary>Density φ and upper tail Q = 1 − Φ of the standard normal distribution, enclosed.</summary>
/// <remarks>
/// Radii are relative: at an exact x they are below (400 + x²/2)u of Q(x), u = 2⁻⁵³, until φ underflows beyond |x| = 38. No function of the platform's library is used. Derivation: docs/derivations.md, "Normal distribution".
/// </remarks>
public static class NormalDistribution
{
    /// <summary>Below it the series about zero, from it on the continued fraction.</summary>
    private const double Crossover = 2;

    /// <summary>From here on Q is below the smallest positive number.</summary>
    private const double Far = 40;

    private static readonly Ball InverseRootTwoPi = Ball.Sqrt(Ball.Exactly(1) / (Ball.Exactly(2) * Ball.Pi));

    /// <summary>φ(x) = e^{−x²/2}/√(2π).</summary>
    public static Ball Density(Ball x) => InverseRootTwoPi * Ball.Exp(Ball.Square(x) * Ball.Exactly(-0.5));

    /// <summary>Q(x) = P(Z &gt; x).</summary>
    public static Ball UpperTail(Ball x)
    {
        var value = x.Midpoint < 0 ? Ball.Exactly(1) - UpperTail(-x.Midpoint) : UpperTail(x.Midpoint);
        if (x.Radius == 0)
        {
            return value;
        }

        // The slope of Q is −φ, which is steepest at the point of the ball that is nearest to zero; farther out than Far the square of that point may overflow.
        var nearest = -RoundedUp.Add(x.Radius, -Math.Abs(x.Midpoint));
        var slope = Density(Ball.Exactly(Math.Min(Math.Max(nearest, 0), Far)));
        return new(value.Midpoint, RoundedUp.Add(value.Radius, RoundedUp.Multiply(x.Radius, RoundedUp.Add(slope.Midpoint, slope.Radius))));
    }

    /// <summary>Φ(x) = P(Z ≤ x).</summary>
    public static Ball LowerTail(Ball x) => UpperTail(-x);

    private static Ball UpperTail(double x) =>
        x < Crossover ? Ball.Exactly(0.5) - CentralPart(x)
        : x < Far ? Density(Ball.Exactly(x)) / Fraction(x)
        : new(0, double.IsFinite(x) ? double.Epsilon : double.NaN);

    /// <summary>Φ(x) − ½ = φ(x) Σ_{k≥0} x^{2k+1}/(2k + 1)!!, 0 ≤ x &lt; 2, cut where what is left is below 2⁻⁶⁰ of it.</summary>
    private static Ball CentralPart(double x)
    {
        var (square, term) = (Ball.Square(Ball.Exactly(x)), Ball.Exactly(x));
        var sum = term;
        var k = 1;
        for (; term.Midpoint > sum.Midpoint * 8.7e-19; k++)
        {
            term = term * square / Ball.Exactly((2 * k) + 1);
            sum += term;
        }

        // From here on the terms fall by x²/(2k + 1) < ½ each, so that the rest is below the last one.
        return Density(Ball.Exactly(x)) * new Ball(sum.Midpoint, RoundedUp.Add(sum.Radius, RoundedUp.Add(term.Midpoint, term.Radius)));
    }

    /// <summary>φ(x)/Q(x) = x + 1/(x + 2/(x + 3/(x + …))), x ≥ 2.</summary>
    /// <remarks>
    /// The tail of the fraction that begins at depth n lies between x and x + n/x, and the fraction is monotone in its tail; so the values with either end enclose it. Their distance falls faster than e^{−1.6x√n}: below e⁻³⁸ of the value at this depth, which is less than rounding.
    /// </remarks>
    private static Ball Fraction(double x)
    {
        var depth = (int)(600 / (x * x)) + 14;
        var argument = Ball.Exactly(x);
        var (one, other) = (argument, argument + (Ball.Exactly(depth) / argument));
        for (var k = depth - 1; k >= 1; k--)
        {
            one = argument + (Ball.Exactly(k) / one);
            other = argument + (Ball.Exactly(k) / other);
        }

        return Ball.Between(Math.Min(one.Lower, other.Lower), Math.Max(one.Upper, other.Upper));
    }
}
