using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>Gradient flow for a time t, u̇ = −K(u − y): g(λ) = (1 − e^{−λt})/λ, r(λ) = e^{−λt}. At λ = 0: g = t.</summary>
/// <remarks>Relative error a few u; for λt up to ¼ by the Taylor series of (1 − e^{−z})/z.</remarks>
/// <param name="time">t ≥ 0.</param>
public readonly struct GradientFlowFilter(double time) : ISpectralFilter
{
    /// <inheritdoc/>
    public double Filter(double eigenvalue)
    {
        var z = eigenvalue * time;
        return Math.Abs(z) <= Saturation.LargestOfSeries ? time * Saturation.Quotient(z) : (1 - Residual(eigenvalue)) / eigenvalue;
    }

    /// <inheritdoc/>
    public double Residual(double eigenvalue) => Ball.Exp(Ball.Exactly(-eigenvalue * time)).Midpoint;
}
