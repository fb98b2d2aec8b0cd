namespace Harness.Core.Spectra;

/// <summary>A spectral algorithm of kernel regression: the fit is f = K g(K) y for a filter g, so that the mode of eigenvalue λ is fitted to the share λg(λ) and leaves the residual r(λ) = 1 − λg(λ).</summary>
/// <remarks>Bauer, Pereverzev, Rosasco, J. Complexity 23 (2007); Gerfo et al., Neural Computation 20 (2008). The four here have 0 ≤ r ≤ 1 wherever they are stable, and r(λ) falls as λ or their time grows.</remarks>
public interface ISpectralFilter
{
    /// <summary>g(λ).</summary>
    double Filter(double eigenvalue);

    /// <summary>r(λ) = 1 − λg(λ), without its cancellation.</summary>
    double Residual(double eigenvalue);
}
