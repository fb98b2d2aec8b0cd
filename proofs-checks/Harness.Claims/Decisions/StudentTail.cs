using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Harness.Claims.Decisions;

/// <summary>
/// The upper tail of Student's t distribution and its quantiles, at the levels that an error budget leaves to one test (10⁻⁸ and below).
/// </summary>
/// <remarks>
/// P(T &gt; t) = ½ I_x(ν/2, ½) with x = ν/(ν + t²) (Abramowitz and Stegun 26.7.1). The quantile is found on the logarithm of the tail, so that its
/// error is relative to the level; a root of the distribution function itself would stop at an absolute error far above such levels.
/// </remarks>
internal static class StudentTail
{
    /// <summary>Beyond this many degrees of freedom t and normal quantiles agree to six digits at such levels, and the incomplete beta function only loses digits.</summary>
    private const double MostDegreesOfFreedom = 1e7;

    /// <summary>P(T &gt; <paramref name="t"/>) for <paramref name="t"/> ≥ 0.</summary>
    public static double Probability(double t, double ν)
    {
        ν = Math.Min(ν, MostDegreesOfFreedom);
        return double.IsPositiveInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(ν / 2, 0.5, ν / (ν + (t * t))) / 2;
    }

    /// <summary>The t with P(T &gt; t) = <paramref name="tail"/>; infinite without a degree of freedom, because nothing is known of the variance.</summary>
    /// <param name="tail">In (0, ½).</param>
    /// <param name="ν">Degrees of freedom; need not be whole.</param>
    public static double Quantile(double tail, double ν)
    {
        if (!(ν > 0))
        {
            return double.PositiveInfinity;
        }

        double upper = 1, lower = 0.5;
        while (Probability(upper, ν) > tail)
        {
            (lower, upper) = (upper, 2 * upper);
        }

        while (Probability(lower, ν) < tail)
        {
            (lower, upper) = (lower / 2, lower);
        }

        // In log t the accuracy of the root is relative, whatever the scale; the library compares both arguments and values with it.
        var target = Math.Log(tail);
        return Math.Exp(Brent.FindRoot(logT => Math.Log(Probability(Math.Exp(logT), ν)) - target, Math.Log(lower), Math.Log(upper), accuracy: 1e-11, maxIterations: 200));
    }
}
