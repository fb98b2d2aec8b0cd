using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>A symmetric probability density on the line, with the nodes of equal probability that a Nyström operator uses and the integral that its eigenvalues' constant depends on.</summary>
/// <remarks>The law of the inputs in Li, Yu, Chen, Lin, arXiv:2305.02657. All values in a fixed sequence of correctly rounded operations: the same bits everywhere.</remarks>
public abstract class Density
{
    /// <summary>½ on [−1, 1].</summary>
    public static Density Uniform { get; } = new UniformDensity();

    /// <summary>The standard normal density.</summary>
    public static Density Gaussian { get; } = new GaussianDensity();

    /// <summary>1 − |x| on [−1, 1].</summary>
    public static Density Triangular { get; } = new TriangularDensity();

    /// <summary>c(1 + x²)⁻ᵃ, 2a = <paramref name="twiceExponent"/>: Cauchy's density at 2, beyond it that of a Student's t, scaled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">2a is less than 2.</exception>
    public static Density HeavyTailed(int twiceExponent) => new HeavyTailedDensity(twiceExponent);

    /// <summary>The density at x.</summary>
    public abstract double At(double x);

    /// <summary>∫√p, which the leading constant of the eigenvalues in one dimension is the square of; infinite where the integral diverges.</summary>
    public abstract double RootIntegral { get; }

    /// <summary>Fills the quantiles of (i − ½)/n, ascending and symmetric to the bit: n nodes of equal weight 1/n.</summary>
    /// <remarks>A quantile is off by a few u of the probability, that is, by a few u over the density; the spacing of neighbours is 1/n over the density.</remarks>
    public void Quantiles(Span<double> nodes)
    {
        var n = nodes.Length;
        var from = 0.0;
        for (var i = n / 2; i < n; i++)
        {
            // P(0 < X ≤ x) = (i + ½)/n − ½ = (2i + 1 − n)/2n, which is exact but for one rounding.
            var x = 2 * i == n - 1 ? 0 : QuantileBeyondZero((2.0 * i + 1 - n) / (2.0 * n), ref from);
            (nodes[n - 1 - i], nodes[i]) = (-x, x);
        }
    }

    /// <summary>x &gt; 0 with P(0 &lt; X ≤ x) = q.</summary>
    /// <param name="q">Between 0 and ½.</param>
    /// <param name="from">Where the search for the next, larger quantile may start.</param>
    private protected abstract double QuantileBeyondZero(double q, ref double from);

    /// <summary>Newton's iteration for F(x) = q, F concave beyond the start and below q there: it climbs without overshooting, so the first step that is not positive ends it.</summary>
    private protected static double Climb<TDistribution>(TDistribution distribution, double q, double start)
        where TDistribution : struct, IDistribution
    {
        var x = start;
        while (true)
        {
            var (below, slope) = distribution.At(x);
            var next = x + ((q - below) / slope);
            if (!(next > x))
            {
                return x;
            }

            x = next;
        }
    }

    /// <summary>P(0 &lt; X ≤ x) and its derivative.</summary>
    private protected interface IDistribution
    {
        (double Below, double Slope) At(double x);
    }

    private protected static double Exp(double x) => Ball.Exp(Ball.Exactly(x)).Midpoint;
}
