using System.Runtime.Intrinsics;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>c(1 + x²)⁻ᵃ. With x = tan θ it is c cos^{2a−2} θ on (−π/2, π/2), the angle that the network's homogenised input (x, 1) makes with (0, 1).</summary>
internal sealed class HeavyTailedDensity : Density
{
    private readonly int power; // 2a − 2
    private readonly double constant;

    public HeavyTailedDensity(int twiceExponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(twiceExponent, 2);
        power = twiceExponent - 2;
        var a = twiceExponent / 2.0;

        // 1/c = ∫(1 + x²)⁻ᵃ = √π Γ(a − ½)/Γ(a).
        constant = (GammaRatio.Evaluate(a - 0.5, 0.5) / Ball.Sqrt(Ball.Pi)).Midpoint;
        RootIntegral = a > 1 ? (Ball.Sqrt(Ball.Exactly(constant) * Ball.Pi) / GammaRatio.Evaluate((a - 1) / 2, 0.5)).Midpoint : double.PositiveInfinity;
    }

    public override double RootIntegral { get; }

    public override double At(double x) => constant / (Ball.Pow(Ball.Exactly(1 + (x * x)), power / 2) * (power % 2 == 0 ? Ball.Exactly(1) : Ball.Sqrt(Ball.Exactly(1 + (x * x))))).Midpoint / (1 + (x * x));

    private protected override double QuantileBeyondZero(double q, ref double from)
    {
        from = Climb(new Distribution(power, constant), q, from);
        var (cosine, sine) = CosSin(from);
        return sine / cosine;
    }

    private static (double Cos, double Sin) CosSin(double θ)
    {
        var (cosine, sine) = ElementaryFunctions.CosSinOfTurn(Vector512.Create(θ / (2 * Math.PI)));
        return (cosine[0], sine[0]);
    }

    /// <summary>In θ: J_m = ∫₀^θ cosᵐ, mJ_m = cos^{m−1}θ sin θ + (m − 1)J_{m−2}.</summary>
    private readonly struct Distribution(int power, double constant) : IDistribution
    {
        public (double Below, double Slope) At(double x)
        {
            var (cosine, sine) = CosSin(x);
            var (integral, slope, m) = power % 2 == 0 ? (x, 1.0, 0) : (sine, cosine, 1);
            while (m < power)
            {
                m += 2;
                integral = ((slope * cosine * sine) + ((m - 1) * integral)) / m;
                slope *= cosine * cosine;
            }

            return (constant * integral, constant * slope);
        }
    }
}
