namespace Harness.Core.Spectra;

/// <summary>Spectral cutoff (principal component regression): g(λ) = 1/λ from the threshold on and 0 below it. With a threshold at the rounding of the eigenvalues it interpolates: the limit of gradient flow.</summary>
/// <param name="threshold">The least eigenvalue that is fitted, above zero.</param>
public readonly struct CutoffFilter(double threshold) : ISpectralFilter
{
    /// <inheritdoc/>
    public double Filter(double eigenvalue) => eigenvalue >= threshold ? 1 / eigenvalue : 0;

    /// <inheritdoc/>
    public double Residual(double eigenvalue) => eigenvalue >= threshold ? 0 : 1;
}
