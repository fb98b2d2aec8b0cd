using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>Gradient flow for a time t, u̇ = −K(u − y): g(λ) = (1 − e^{−λt})/λ, r(λ) = e^{−λt}. At λ = 0: g = t.</summary>
/// <remarks>Relative error a few u; for λt below ½ by the Taylor series of (1 − e^{−z})/z, which is cut at z¹⁶/17!.</remarks>
/// <param name="time">t ≥ 0.</param>
public readonly struct GradientFlowFilter(double time) : ISpectralFilter
{
    /// <inheritdoc/>
    public double Filter(double eigenvalue)
    {
        var z = eigenvalue * time;
        if (Math.Abs(z) >= 0.5)
        {
            return (1 - Residual(eigenvalue)) / eigenvalue;
        }

        // 1 − z/2(1 − z/3(1 − z/4(…))).
        var sum = 1.0;
        for (var k = 16; k >= 2; k--)
        {
            sum = 1 - (z / k * sum);
        }

        return time * sum;
    }

    /// <inheritdoc/>
    public double Residual(double eigenvalue) => Ball.Exp(Ball.Exactly(-eigenvalue * time)).Midpoint;
}
