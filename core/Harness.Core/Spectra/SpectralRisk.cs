namespace Harness.Core.Spectra;

/// <summary>Exact risks of linear estimators θ̂_j = w_j z_j in the sequence model: E‖θ̂ − θ‖² = Σ_j (w_j²σ² + (1 − w_j)²θ_j²).</summary>
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

    /// <summary>Risk of weights w, summed from the first coordinate. Relative error at most γ_{d+4}.</summary>
    /// <param name="coefficients">θ.</param>
    /// <param name="weights">w.</param>
    /// <param name="variance">σ².</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Linear(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> weights, double variance)
    {
        if (coefficients.Length != weights.Length)
        {
            throw new ArgumentException($"Every coefficient needs a weight; got {coefficients.Length} coefficients and {weights.Length} weights.", nameof(weights));
        }

        double risk = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            var (kept, lost) = (weights[j], (1 - weights[j]) * coefficients[j]);
            risk += (kept * kept * variance) + (lost * lost);
        }

        return risk;
    }

    /// <summary>Weights of ridge regression: λ/(λ + ν).</summary>
    /// <param name="spectrum">λ ≥ 0.</param>
    /// <param name="penalty">ν &gt; 0.</param>
    /// <param name="weights">Receives as many weights.</param>
    public static void Ridge(ReadOnlySpan<double> spectrum, double penalty, Span<double> weights)
    {
        for (var j = 0; j < spectrum.Length; j++)
        {
            weights[j] = spectrum[j] / (spectrum[j] + penalty);
        }
    }

    /// <summary>Weights of gradient flow from zero: 1 − e^{−λt}.</summary>
    /// <param name="spectrum">λ ≥ 0.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="weights">Receives as many weights.</param>
    public static void GradientFlow(ReadOnlySpan<double> spectrum, double time, Span<double> weights)
    {
        for (var j = 0; j < spectrum.Length; j++)
        {
            weights[j] = Saturation.Of(spectrum[j] * time);
        }
    }

    /// <summary>min over diagonal w of sup over {θ : Σ_{i&gt;K} θ²_{π(i)} ≤ Kσ²} of the risk: Kσ²(2 − K/d), attained by w = 1 on the leading K and K/d after them.</summary>
    /// <param name="span">K, 1 ≤ K ≤ d.</param>
    /// <param name="dimension">d.</param>
    /// <param name="variance">σ².</param>
    public static double MinimaxLinear(int span, int dimension, double variance) => span * variance * (2 - ((double)span / dimension));
}
