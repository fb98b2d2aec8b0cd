namespace Harness.Core.Spectra;

/// <summary>The bound below which ridge regression cannot come where its qualification saturates (arXiv:2509.20294, appendix I, Theorem I.6).</summary>
public static class RidgeSaturation
{
    /// <summary>c = ¼ Σ_{i≤i₀} θ_i²/λ_i²: the squared bias of ridge regression is at least cν² for every ν ≤ λ_{i₀}.</summary>
    /// <param name="coefficients">θ.</param>
    /// <param name="spectrum">λ, falling and positive.</param>
    /// <param name="leading">i₀.</param>
    public static double BiasConstant(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> spectrum, int leading)
    {
        double sum = 0;
        for (var i = 0; i < leading; i++)
        {
            var quotient = coefficients[i] / spectrum[i];
            sum = Math.FusedMultiplyAdd(quotient, quotient, sum);
        }

        return sum / 4;
    }

    /// <summary>d_Δ = max{k : c λ_k²/(k(1 + N_k)) &gt; σ²} with N_k = Σ_{i&gt;k} λ_i²/(kλ_k²), or 0 where there is none: the risk is at least σ²d_Δ/4 for every ν ≤ λ_{i₀}.</summary>
    /// <param name="spectrum">λ, falling and positive.</param>
    /// <param name="biasConstant">c.</param>
    /// <param name="variance">σ².</param>
    public static int Dimension(ReadOnlySpan<double> spectrum, double biasConstant, double variance)
    {
        double tail = 0;
        for (var k = spectrum.Length; k >= 1; k--)
        {
            var squared = spectrum[k - 1] * spectrum[k - 1];

            // k(1 + N_k) = k + Σ_{i>k} λ_i²/λ_k².
            if (biasConstant * squared > variance * (k + (tail / squared)))
            {
                return k;
            }

            tail += squared;
        }

        return 0;
    }
}
