namespace Harness.Claims.Exact;

/// <summary>
/// The oracle's quadratic program, min d Σ w_k²/n_k + (Σ w_k h_k)² over w ≥ 0 with Σ w_k = 1 and h_0 = 0, exactly.
/// </summary>
/// <remarks>
/// On a support S alone the minimiser of the objective under Σ w = 1 is w_k = n_k(μ − β h_k) with two unknowns and two linear equations. The objective is strictly convex, so its minimum is that of the support whose minimiser is
/// positive on it and whose gradient elsewhere is not smaller (Karush, Kuhn, Tucker). All supports are tried; the closed form is not used.
/// </remarks>
public static class TransferProgram
{
    /// <summary>The minimum for up to a dozen sources.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="sizes">n_0, …, n_K.</param>
    /// <param name="biases">h_1, …, h_K; infinite ones leave the source out.</param>
    public static BigRational Minimum(int dimension, ReadOnlySpan<double> sizes, ReadOnlySpan<double> biases)
    {
        List<(BigRational Size, BigRational Bias)> groups = [(BigRational.Exactly(sizes[0]) / dimension, 0)];
        for (var k = 0; k < biases.Length; k++)
        {
            if (double.IsFinite(biases[k]))
            {
                groups.Add((BigRational.Exactly(sizes[k + 1]) / dimension, BigRational.Exactly(biases[k])));
            }
        }

        for (var support = 1; support < 1 << groups.Count; support++)
        {
            if (Optimal(groups, support) is { } minimum)
            {
                return minimum;
            }
        }

        throw new InvalidOperationException("A strictly convex function has a minimum on the simplex.");
    }

    /// <summary>The minimum if it has this support.</summary>
    private static BigRational? Optimal(List<(BigRational Size, BigRational Bias)> groups, int support)
    {
        BigRational n = 0, nh = 0, nhh = 0;
        for (var k = 0; k < groups.Count; k++)
        {
            if ((support >> k & 1) == 1)
            {
                var (size, bias) = groups[k];
                (n, nh, nhh) = (n + size, nh + (size * bias), nhh + (size * bias * bias));
            }
        }

        // w_k = n_k(μ − βh_k), β = Σ w h = μ nh − β nhh, 1 = Σ w = μ n − β nh; half the gradient is w_k/n_k + βh_k = μ on the support.
        var determinant = (n * (1 + nhh)) - (nh * nh);
        var (μ, β) = ((1 + nhh) / determinant, nh / determinant);
        for (var k = 0; k < groups.Count; k++)
        {
            var (_, bias) = groups[k];
            var isIn = (support >> k & 1) == 1;
            if (isIn ? (μ - (β * bias)).Sign <= 0 : β * bias < μ)
            {
                return null;
            }
        }

        return μ; // Σ w(w/n + βh) = μ Σ w
    }
}
