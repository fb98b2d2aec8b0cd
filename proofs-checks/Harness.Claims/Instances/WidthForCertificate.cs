using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>A width from which the convergence certificate of a mirrored two-layer network is active with a stated probability, with every constant explicit. Derivation: docs/derivations.md, "Certificate of convergence".</summary>
public sealed class WidthForCertificate
{
    private readonly double P, c, Δ, λ, logarithm, kernelWidth;
    private readonly int breakpoints;

    /// <summary>Of inputs and activation.</summary>
    /// <param name="activation">One breakpoint, at zero.</param>
    /// <param name="inputs">x̃, n × 𝔡.</param>
    /// <param name="samples">n.</param>
    /// <param name="eigenvalue">λ^∞, a positive lower bound of λ_min(H^∞).</param>
    /// <param name="failing">p, the probability with which it may not be active.</param>
    /// <exception cref="ArgumentOutOfRangeException">The eigenvalue or the probability is not positive.</exception>
    public WidthForCertificate(PiecewiseAffine activation, ReadOnlySpan<double> inputs, int samples, double eigenvalue, double failing)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eigenvalue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(failing);
        var dimension = inputs.Length / samples;
        var (squares, most, least) = (0.0, double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j < samples; j++)
            {
                var product = 0.0;
                for (var k = 0; k < dimension; k++)
                {
                    product += inputs[(i * dimension) + k] * inputs[(j * dimension) + k];
                }

                squares += product * product;
                P += i == j ? product : 0;
            }
        }

        foreach (var one in activation.Slopes)
        {
            foreach (var other in activation.Slopes)
            {
                (most, least) = (Math.Max(most, one * other), Math.Min(least, one * other));
            }
        }

        (c, Δ, λ, breakpoints) = (activation.LargestSlope, activation.SlopeRange, eigenvalue, activation.Breakpoints.Length);
        logarithm = Log(2 * samples / failing);
        kernelWidth = 16 * squares * (most - least) * (most - least) * Log(4.0 * samples * samples / failing) / (λ * λ);
    }

    /// <summary>M: the least width found, to one in a thousand. Infinite beyond 10³⁰.</summary>
    /// <param name="target">|y| &gt; 0.</param>
    public double For(double target)
    {
        var m = Math.Max(kernelWidth, 2);
        for (; !Suffices(m, target) && m < 1e30; m *= 2)
        {
        }

        if (m >= 1e30)
        {
            return double.PositiveInfinity;
        }

        var (below, above) = (Math.Max(m / 2, kernelWidth), m);
        while (above - below > above / 1000)
        {
            var middle = (below + above) / 2;
            (below, above) = Suffices(middle, target) ? (below, middle) : (middle, above);
        }

        return Math.Ceiling(above);
    }

    /// <summary>The largest |y|, to one in a thousand, for which the given width suffices; 0 where none does.</summary>
    /// <param name="width">m.</param>
    public double LargestTarget(double width)
    {
        var (below, above) = (0.0, 1.0);
        if (width < kernelWidth)
        {
            return 0;
        }

        for (; Suffices(width, above); above *= 2)
        {
        }

        for (var k = 0; k < 200 && above - below > below / 1000; k++)
        {
            var middle = (below + above) / 2;
            (below, above) = Suffices(width, middle) ? (middle, above) : (below, middle);
        }

        return below;
    }

    /// <summary>6cΔP·s ≤ ¾mλ^∞ with s = mq + 2√(mqℓ) + 4ℓ/3, which no |S_i| exceeds with probability 1 − p/2, q = J√(2/π)R and R = 8c√P|y|/(3√m λ^∞).</summary>
    private bool Suffices(double m, double target)
    {
        var q = Math.Min(1, breakpoints * Math.Sqrt(2 / Math.PI) * 8 * c * Math.Sqrt(P) * target / (3 * Math.Sqrt(m) * λ));
        var s = (m * q) + (2 * Math.Sqrt(m * q * logarithm)) + (4 * logarithm / 3);
        return m >= kernelWidth && 6 * c * Δ * P * s <= 0.75 * m * λ;
    }

    private static double Log(double x) => Ball.Log(Ball.Exactly(x)).Upper;
}
