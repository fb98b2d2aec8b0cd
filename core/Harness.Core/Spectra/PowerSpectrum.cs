using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>The eigenvalues of (1 − ⟨x, y⟩)^ν on S^{p−1}: the singularity that the Laplace kernel and every tangent kernel of a rectified network share on the diagonal.</summary>
/// <remarks>
/// μ_k = Γ(p/2) 2^{ν+p−2} Γ(ν + (p − 1)/2) (−ν)_k / (√π Γ(ν + k + p − 1)), from the Rodrigues formula and k integrations by parts. By the duplication formula
/// μ₀ = 2^ν · [Γ(ν + (p−1)/2)/Γ((p−1)/2)] / [Γ(ν + p − 1)/Γ(p − 1)], and μ_{k+1}/μ_k = (k − ν)/(k + ν + p − 1). For a whole ν all degrees beyond ν vanish. Derivation: docs/derivations.md, "Spectra on the sphere".
/// </remarks>
public static class PowerSpectrum
{
    /// <summary>Fills the degrees 0, 1, 2, … .</summary>
    /// <param name="dimension">p ≥ 2.</param>
    /// <param name="exponent">ν ≥ 0.</param>
    /// <param name="quantity">What is wanted of a degree.</param>
    /// <param name="spectrum">Receives the spectrum.</param>
    public static void Compute(int dimension, double exponent, SpectralQuantity quantity, Span<Ball> spectrum)
    {
        SphericalHarmonics.RequireDimension(dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        var (p, ν) = ((double)dimension, Ball.Exactly(exponent));
        var current = Ball.Pow(Ball.Exactly(2), ν) * GammaRatio.Evaluate((p - 1) / 2, exponent) / GammaRatio.Evaluate(p - 1, exponent);
        for (var k = 0; k < spectrum.Length; k++)
        {
            spectrum[k] = current;
            current = current * (Ball.Exactly(k) - ν) / (Ball.Exactly(k + p - 1) + ν);
            if (quantity == SpectralQuantity.Share)
            {
                // N(p, k + 1)/N(p, k).
                current *= k == 0 ? Ball.Exactly(p) : Ball.Exactly((2.0 * k) + p) * Ball.Exactly(k + p - 2) / (Ball.Exactly((2.0 * k) + p - 2) * Ball.Exactly(k + 1.0));
            }
        }
    }
}
