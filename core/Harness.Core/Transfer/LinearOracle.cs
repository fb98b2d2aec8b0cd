using Harness.Core.Enclosures;

namespace Harness.Core.Transfer;

/// <summary>
/// The linear minimax risk of an oracle that knows bounds ‖δ_k‖ ≤ h_k: R_L(h) = min_{w ≥ 0, Σw = 1} d Σ_k w_k²/n_k + (Σ_k w_k h_k)², h_0 = 0.
/// </summary>
/// <remarks>
/// Closed form: with s the root of s = Σ n_k h_k (1 − s h_k)₊ the weights are w_k = R n_k (1 − s h_k)₊ and R = 1/Σ n_k (1 − s h_k)₊ (d = 1; in d dimensions R_L(h) is d times that at h/√d). A source has weight iff
/// h_k &lt; 1/s; an infinite bound leaves it out. No estimator does better than 4/5 of it (Donoho, Ann. Statist. 22, 1994), so that it stands for the oracle. Derivation: docs/derivations.md, "Linear oracle".
/// </remarks>
public static class LinearOracle
{
    /// <summary>R_L(h) and its weights.</summary>
    /// <param name="model">Dimension and sample sizes.</param>
    /// <param name="biases">h_1, …, h_K in [0, ∞]. nh² must not overflow where h is finite.</param>
    /// <param name="weights">Receives w_0, …, w_K.</param>
    /// <returns>R_L(h) with a relative error of at most 8(K + 4)u + (8(K + 1)u)²(N/n_0)(1 + Σ n_k h_k²/d), u = 2⁻⁵³.</returns>
    /// <exception cref="ArgumentException">A bound is negative or NaN, or a length is wrong.</exception>
    public static double Risk(TransferModel model, ReadOnlySpan<double> biases, Span<double> weights)
    {
        if (weights.Length != model.Sizes.Length)
        {
            throw new ArgumentException($"A model with {model.Sources} sources has {model.Sizes.Length} weights; there is room for {weights.Length}.", nameof(weights));
        }

        var sizes = model.Sizes;
        var s = Root(model, biases);
        var total = weights[0] = sizes[0];
        for (var k = 1; k < sizes.Length; k++)
        {
            total += weights[k] = sizes[k] * Share(model, biases, s, k);
        }

        // The risk of these weights, not d/total: about its minimum the objective is quadratic, so that rounding of the weights counts squared.
        var (variance, bias) = (0.0, 0.0);
        for (var k = 0; k < sizes.Length; k++)
        {
            weights[k] /= total;
            variance += weights[k] * weights[k] / sizes[k];
            bias += weights[k] == 0 || k == 0 ? 0 : weights[k] * biases[k - 1];
        }

        return (model.Dimension * variance) + (bias * bias);
    }

    /// <summary>R_L(h), enclosed from both sides by duality; the root itself need not be trusted.</summary>
    /// <remarks>For every s ≥ 0 and every v ≥ 0: 1/(s² + Σ n_k (1 − s h_k)₊²) ≤ R_L(h) ≤ (Σ v_k²/n_k + (Σ v_k h_k)²)/(Σ v_k)² for d = 1. At the root both sides are equal, and off it they part by its squared error. Relative radius: at most twice the error of <see cref="Risk"/>.</remarks>
    /// <param name="model">Dimension and sample sizes.</param>
    /// <param name="biases">h_1, …, h_K in [0, ∞].</param>
    /// <exception cref="ArgumentException">A bound is negative or NaN, or there aren't K.</exception>
    public static Ball Enclose(TransferModel model, ReadOnlySpan<double> biases)
    {
        var sizes = model.Sizes;
        var (s, dimension, n) = (Root(model, biases), Ball.Exactly(model.Dimension), Ball.Exactly(sizes[0]));
        var root = Ball.Sqrt(dimension);
        var (total, squares, bias, dual) = (n, n, Ball.Exactly(0), Ball.Square(Ball.Exactly(s)) + n);
        for (var k = 1; k < sizes.Length; k++)
        {
            if (double.IsPositiveInfinity(biases[k - 1]))
            {
                continue;
            }

            n = Ball.Exactly(sizes[k]);
            var h = Ball.Exactly(biases[k - 1]) / root;
            dual += n * Ball.Square(Ball.Max(Ball.Exactly(1) - (Ball.Exactly(s) * h), Ball.Exactly(0)));

            // The weight is any number that is not negative: the one that rounding left.
            var share = Ball.Exactly(Share(model, biases, s, k));
            (total, squares, bias) = (total + (n * share), squares + (n * Ball.Square(share)), bias + (n * share * h));
        }

        var (lower, upper) = (dimension / dual, dimension * (squares + Ball.Square(bias)) / Ball.Square(total));
        return Ball.Between(Math.Min(lower.Lower, upper.Lower), Math.Max(lower.Upper, upper.Upper));
    }

    /// <summary>The root of s = Σ n_k h_k (1 − s h_k)₊ at h/√d.</summary>
    /// <remarks>
    /// Newton's method from s = 0. The right side is convex, so every step stays below the root and only ever drops sources; when it drops none the step has landed on the root, after at most K + 1.
    /// </remarks>
    private static double Root(TransferModel model, ReadOnlySpan<double> biases)
    {
        if (biases.Length != model.Sources)
        {
            throw new ArgumentException($"A model with {model.Sources} sources needs as many bounds of biases; got {biases.Length}.", nameof(biases));
        }

        foreach (var h in biases)
        {
            if (!(h >= 0))
            {
                throw new ArgumentException($"A bound of a bias is a number from 0 to ∞; got {h}.", nameof(biases));
            }
        }

        var (scale, s) = (1 / Math.Sqrt(model.Dimension), 0.0);
        for (var active = -1; ;)
        {
            var (slope, curvature, count) = (0.0, 1.0, 0);
            for (var k = 1; k <= model.Sources; k++)
            {
                var h = scale * biases[k - 1];
                if (IsActive(s, h))
                {
                    (slope, curvature, count) = (slope + (model.Sizes[k] * h), curvature + (model.Sizes[k] * h * h), count + 1);
                }
            }

            if (count == active)
            {
                return s;
            }

            (s, active) = (slope / curvature, count);
        }
    }

    /// <summary>(1 − s h_k)₊ at h/√d, as (1 + Σ n_j h_j(h_j − h_k))/(1 + Σ n_j h_j²) over the active sources: with one source nothing cancels, however large nh² is.</summary>
    private static double Share(TransferModel model, ReadOnlySpan<double> biases, double s, int k)
    {
        var (scale, own) = (1 / Math.Sqrt(model.Dimension), biases[k - 1]);
        if (!IsActive(s, scale * own))
        {
            return 0;
        }

        var (numerator, denominator) = (1.0, 1.0);
        for (var j = 1; j <= model.Sources; j++)
        {
            var h = scale * biases[j - 1];
            if (IsActive(s, h))
            {
                numerator += model.Sizes[j] * h * (scale * (biases[j - 1] - own));
                denominator += model.Sizes[j] * h * h;
            }
        }

        return Math.Max(0, numerator) / denominator;
    }

    private static bool IsActive(double s, double h) => double.IsFinite(h) && s * h < 1;
}
