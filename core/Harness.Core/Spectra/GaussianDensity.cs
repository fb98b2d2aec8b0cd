namespace Harness.Core.Spectra;

/// <summary>The standard normal density.</summary>
internal sealed class GaussianDensity : Density
{
    private const double RootOfTwoPi = 2.5066282746310002;

    /// <remarks>(8π)^¼.</remarks>
    public override double RootIntegral => Math.Sqrt(2 * RootOfTwoPi);

    public override double At(double x) => Exp(-x * x / 2) / RootOfTwoPi;

    private protected override double QuantileBeyondZero(double q, ref double from) => from = Climb(default(Distribution), q, from);

    /// <summary>Φ(x) − ½ = φ(x)(x + x³/3 + x⁵/(3·5) + …): all terms are positive.</summary>
    private readonly struct Distribution : IDistribution
    {
        public (double Below, double Slope) At(double x)
        {
            var slope = Gaussian.At(x);
            var (sum, term) = (x, x);
            for (var k = 3; term > sum * 1e-17; k += 2)
            {
                term *= x * x / k;
                sum += term;
            }

            return (slope * sum, slope);
        }
    }
}
