namespace Harness.Core.Spectra;

/// <summary>Ridge regression, iterated q times (Tikhonov): r(λ) = (α/(λ + α))^q, g(λ) = (1 − r)/λ; once: g = 1/(λ + α).</summary>
/// <remarks>g as Σ_{k&lt;q} (α/(λ + α))ᵏ/(λ + α), a sum of positive terms: relative error about 2qu.</remarks>
/// <param name="penalty">α &gt; 0.</param>
/// <param name="iterations">q ≥ 1: a larger q lets smoother targets be learnt faster (qualification q).</param>
public readonly struct RidgeFilter(double penalty, int iterations = 1) : ISpectralFilter
{
    /// <inheritdoc/>
    public double Filter(double eigenvalue)
    {
        var (sum, ratio) = (0.0, penalty / (eigenvalue + penalty));
        for (var k = 0; k < iterations; k++)
        {
            sum = Math.FusedMultiplyAdd(ratio, sum, 1);
        }

        return sum / (eigenvalue + penalty);
    }

    /// <inheritdoc/>
    public double Residual(double eigenvalue)
    {
        var (power, ratio) = (1.0, penalty / (eigenvalue + penalty));
        for (var k = 0; k < iterations; k++)
        {
            power *= ratio;
        }

        return power;
    }
}
