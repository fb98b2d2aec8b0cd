namespace Harness.Core.Spectra;

/// <summary>Exact risks of linear estimators θ̂_j = w_j z_j in the sequence model, z_j = θ_j + N(0, σ²): E‖θ̂ − θ‖² = Σ_j (w_j²σ² + (1 − w_j)²θ_j²).</summary>
public static class SpectralRisk
{
    /// <summary>R_k = kσ² + Σ_{i&gt;k} θ²_{π(i)}: the leading k coordinates are kept, 0 ≤ k ≤ d.</summary>
    /// <param name="tails">d + 1 energies (<see cref="OrderedEnergies.Tails"/>).</param>
    /// <param name="variance">σ².</param>
    /// <param name="k">Number of coordinates kept.</param>
    public static double PrincipalComponents(ReadOnlySpan<double> tails, double variance, int k) => Math.FusedMultiplyAdd(k, variance, tails[k]);

    /// <summary>min R_k over k ≥ <paramref name="least"/>, and the smallest k where it is attained.</summary>
    /// <param name="tails">d + 1 energies.</param>
    /// <param name="variance">σ².</param>
    /// <param name="least">1, or 0 where the estimator zero is allowed.</param>
    public static (int Components, double Risk) OraclePrincipalComponents(ReadOnlySpan<double> tails, double variance, int least)
    {
        var best = (Components: least, Risk: PrincipalComponents(tails, variance, least));
        for (var k = least + 1; k < tails.Length; k++)
        {
            var risk = PrincipalComponents(tails, variance, k);
            best = risk < best.Risk ? (k, risk) : best;
        }

        return best;
    }

    /// <summary>The exact risk of a spectral filter, E‖θ̂ − θ‖² = Σ r(λ_j)²θ_j² + σ² Σ (1 − r(λ_j))²: bias and variance.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="filter">The filter: θ̂_j = λ_j g(λ_j) z_j.</param>
    /// <param name="spectrum">λ.</param>
    /// <param name="squares">θ_j².</param>
    /// <param name="noise">σ².</param>
    /// <returns>Both parts; sums of non-negative terms, so relatively accurate to about as many u as there are coordinates.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static (double Bias, double Variance) Of<TFilter>(TFilter filter, ReadOnlySpan<double> spectrum, ReadOnlySpan<double> squares, double noise)
        where TFilter : struct, ISpectralFilter
    {
        if (squares.Length != spectrum.Length)
        {
            throw new ArgumentException($"Every coordinate has an eigenvalue and a square; got {spectrum.Length} and {squares.Length}.", nameof(squares));
        }

        var (bias, variance) = (0.0, 0.0);
        for (var i = 0; i < squares.Length; i++)
        {
            var fitted = spectrum[i] * filter.Filter(spectrum[i]);
            var residual = filter.Residual(spectrum[i]);
            bias = Math.FusedMultiplyAdd(residual * residual, squares[i], bias);
            variance = Math.FusedMultiplyAdd(fitted, fitted, variance);
        }

        return (bias, noise * variance);
    }

    /// <summary>min over diagonal w of sup over {θ : Σ_{i&gt;K} θ²_{π(i)} ≤ Kσ²} of the risk: Kσ²(2 − K/d), attained by w = 1 on the leading K and K/d after them.</summary>
    /// <param name="span">K, 1 ≤ K ≤ d.</param>
    /// <param name="dimension">d.</param>
    /// <param name="variance">σ².</param>
    public static double MinimaxLinear(int span, int dimension, double variance) => span * variance * (2 - ((double)span / dimension));
}
