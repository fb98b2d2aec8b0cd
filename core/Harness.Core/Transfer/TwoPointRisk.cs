using Harness.Core.Enclosures;

namespace Harness.Core.Transfer;

/// <summary>
/// The Bayes risk of telling N(0, 1) from N(u, 1) at even odds when the loss is the squared error of the mean: B(u) = u² E[p(1 − p)], p the posterior probability of the second.
/// </summary>
/// <remarks>
/// No estimator can have less than B(u)/n_0 as the mean of its risks at two configurations that only the target tells apart, by u/√n_0. About the middle of the two points
/// B(u) = ¼u² e^{−u²/8} ∫ φ(y)/cosh(uy/2) dy. Derivation: docs/derivations.md, "Two points".
/// </remarks>
public static class TwoPointRisk
{
    private static readonly Ball Half = Ball.Exactly(0.5);

    /// <summary>B(u), enclosed.</summary>
    /// <param name="u">The distance, in (0, 12].</param>
    /// <exception cref="ArgumentOutOfRangeException">u is out of range.</exception>
    public static Ball At(double u) => Front(u) * Overlap(u);

    /// <summary>An upper bound of B on [<paramref name="from"/>, <paramref name="to"/>]: the integral falls in u, and ¼u²e^{−u²/8} is largest at √8 or at the end that is nearer to it.</summary>
    /// <param name="from">Lower end.</param>
    /// <param name="to">Upper end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range.</exception>
    public static double UpperBound(double from, double to)
    {
        var root = Ball.Sqrt(Ball.Exactly(8));
        var front = to <= root.Lower ? Front(to) : from >= root.Upper ? Front(from) : Ball.Exactly(2) * Ball.Exp(Ball.Exactly(-1));
        return (front * Overlap(from)).Upper;
    }

    private static Ball Front(double u)
    {
        var square = Ball.Square(Ball.Exactly(u));
        return square * Ball.Exactly(0.25) * Ball.Exp(square * Ball.Exactly(-0.125));
    }

    /// <summary>∫ φ(y)/cosh(uy/2) dy by the trapezoidal rule.</summary>
    /// <remarks>
    /// In the strip |Im y| ≤ a = min(π/(2u), 2) the integrand is at most e^{a²/2}√2 φ(Re y), so that with step h the rule is off by at most 2√2 e^{a²/2}/(e^{2πa/h} − 1) (Trefethen and Weideman, SIAM Review 56, 2014, Theorem 5.1);
    /// h = 2πa/46 makes that less than 2√2 e² e⁻⁴⁶/(1 − e⁻⁴⁶) &lt; 3·10⁻¹⁹. What is left out beyond |y| = 9.5 is at most h φ(9.5)/(1 − e^{−9.5h}) + … &lt; 10⁻¹⁸.
    /// </remarks>
    private static Ball Overlap(double u)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(u);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(u, 12);
        var step = 2 * Math.PI * Math.Min(Math.PI / (2 * u), 2) / 46;
        var (h, half) = (Ball.Exactly(step), Ball.Exactly(u / 2));
        var sum = Half * NormalDistribution.Density(Ball.Exactly(0));
        for (var j = 1; j * step < 9.5; j++)
        {
            // 1/cosh x = 2e^{−x}/(1 + e^{−2x}).
            var y = Ball.Exactly(j) * h;
            var decay = Ball.Exp(-(half * y));
            sum += NormalDistribution.Density(y) * Ball.Exactly(2) * decay / (Ball.Exactly(1) + Ball.Square(decay));
        }

        var integral = Ball.Exactly(2) * h * sum;
        return new(integral.Midpoint, RoundedUp.Add(integral.Radius, 2e-18));
    }
}
