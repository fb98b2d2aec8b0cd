namespace Harness.Core.Spectra;

/// <summary>
/// Trade-off function, span profile and effective span dimension of arXiv:2509.20294 (equation 9, Definitions 3.1 and 3.6), from the energies of <see cref="OrderedEnergies.Tails"/>.
/// </summary>
public static class EffectiveSpan
{
    /// <summary>H(k) = (1/k) Σ_{i&gt;k} θ²_{π(i)}, k = 1, …, d.</summary>
    /// <param name="tails">d + 1 energies.</param>
    /// <param name="tradeOff">Receives d numbers, H(k) at index k − 1.</param>
    public static void TradeOff(ReadOnlySpan<double> tails, Span<double> tradeOff)
    {
        for (var k = 1; k < tails.Length; k++)
        {
            tradeOff[k - 1] = tails[k] / k;
        }
    }

    /// <summary>d†(σ²) = min{k ≥ 1 : Σ_{i&gt;k} θ²_{π(i)} ≤ kσ²}. Exact where energies and multiples of σ² are.</summary>
    /// <param name="tails">d + 1 energies, d ≥ 1.</param>
    /// <param name="variance">σ² ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ² is negative or not a number.</exception>
    public static int Dimension(ReadOnlySpan<double> tails, double variance) => Dimension(tails, variance, 1);

    /// <summary>The dimensions between which d†(σ²) of the exact energies lies, whatever was rounded: equal unless an energy is within its rounding of kσ².</summary>
    /// <inheritdoc cref="Dimension(ReadOnlySpan{double}, double)"/>
    public static (int Least, int Most) Enclose(ReadOnlySpan<double> tails, double variance)
    {
        // Two more roundings: of kσ² and of its product with the slack.
        var slack = 2 * OrderedEnergies.RelativeError(tails.Length + 3);
        return (Dimension(tails, variance, 1 + slack), Dimension(tails, variance, 1 - slack));
    }

    /// <summary>D(τ) = d†(τ) on a grid of noise levels.</summary>
    /// <param name="tails">d + 1 energies.</param>
    /// <param name="variances">τ.</param>
    /// <param name="profile">Receives as many dimensions.</param>
    public static void Profile(ReadOnlySpan<double> tails, ReadOnlySpan<double> variances, Span<int> profile)
    {
        for (var i = 0; i < variances.Length; i++)
        {
            profile[i] = Dimension(tails, variances[i]);
        }
    }

    /// <summary>Energies fall and kσ² rises, so the first k is found by bisection.</summary>
    private static int Dimension(ReadOnlySpan<double> tails, double variance, double factor)
    {
        if (!(variance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "A variance is a number that is not negative.");
        }

        var (low, high) = (1, Math.Max(1, tails.Length - 1));
        while (low < high)
        {
            var k = low + ((high - low) / 2);
            (low, high) = tails[k] <= k * variance * factor ? (low, k) : (k + 1, high);
        }

        return low;
    }
}
