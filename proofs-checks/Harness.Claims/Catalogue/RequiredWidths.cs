using System.Collections.Immutable;

namespace Harness.Claims.Catalogue;

/// <summary>The width that a theorem of convergence asks for, up to its hidden constant.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Item">The theorem.</param>
/// <param name="Network">What is trained.</param>
/// <param name="Formula">The width in symbols.</param>
/// <param name="IsQuoted">True where the formula is known from the tables of later papers only.</param>
/// <param name="Width">
/// The width in n, L, d and δ with every hidden constant set to 1: the least that the formula asks for at this separation. Null where it depends on what a separation does not bound.
/// </param>
public sealed record RequiredWidth(Paper Paper, string Item, string Network, string Formula, bool IsQuoted, Func<Variables, double>? Width);

/// <summary>
/// The widths that the literature asks for, beside which the smallest sufficient widths are drawn.
/// </summary>
/// <remarks>
/// Formulas in λ₀, the smallest eigenvalue of H^∞ with entries x·x′(π − arccos x·x′)/(2π), are evaluated at its value on the closest pair alone: by interlacing λ₀ on all samples is no larger, so the width asked for is no smaller.
/// The probability of failure p and the accuracy ε are those of <see cref="FailureProbability"/> and <see cref="Accuracy"/>.
/// </remarks>
public static class RequiredWidths
{
    /// <summary>p, where a formula has one.</summary>
    public const double FailureProbability = 0.1;

    /// <summary>ε, where a formula has one: ‖y − y*‖ relative to its start.</summary>
    public const double Accuracy = 0.1;

    /// <summary>The theorem whose hypothesis this catalogue asks after: Theorem 1 of Allen-Zhu, Li and Song.</summary>
    public static RequiredWidth GradientDescent { get; } = new(
        Papers.AllenZhuLiSong, "Theorem 1", "L + 2 layers, ReLU, hidden layers trained", "n²⁴ L¹² d log⁵(m)/δ⁸", IsQuoted: false,
        v => SolvingLogarithm(Math.Pow(v.n, 24) * Math.Pow(v.L, 12) * v.d / Math.Pow(v.δ, 8)));

    /// <summary>All of them, deep networks first.</summary>
    public static ImmutableArray<RequiredWidth> All { get; } =
    [
        GradientDescent,
        new(new("zg", "Zou, Gu", "An Improved Analysis of Training Over-parameterized Deep Neural Networks", "arXiv:1906.04688"), "gradient descent", "deep, ReLU", "n⁸ L¹² d/δ⁴", IsQuoted: true,
            v => Math.Pow(v.n, 8) * Math.Pow(v.L, 12) * v.d / Math.Pow(v.δ, 4)),
        new(new("zczg", "Zou, Cao, Zhou, Gu", "Stochastic Gradient Descent Optimizes Over-parameterized Deep ReLU Networks", "arXiv:1811.08888"), "gradient descent", "deep, ReLU, classification", "n¹² L¹⁶ (n² + 1/ε)", IsQuoted: true,
            v => Math.Pow(v.n, 12) * Math.Pow(v.L, 16) * ((v.n * v.n) + (1 / Accuracy))),
        new(new("dllwz", "Du, Lee, Li, Wang, Zhai", "Gradient Descent Finds Global Minima of Deep Neural Networks", "arXiv:1811.03804"), "fully connected", "deep, smooth",
            "2^{O(L)} max{n⁴/λ_{min}⁴, n/p, n² log(Ln/p)/λ_{min}²}", IsQuoted: true, Width: null),
        new(Papers.DuZhaiPoczosSingh, "Theorem 4.1", "two layers, ReLU, first one trained", "n⁶/(λ_0⁴ p³)", IsQuoted: false,
            v => Math.Pow(v.n, 6) / (Math.Pow(ClosestPair(v), 4) * Math.Pow(FailureProbability, 3))),
        new(Papers.AroraDuHuLiWang, "Theorem 4.1", "two layers, ReLU, first one trained", "n⁷/(λ_0⁴ κ² p⁴ ε²),  κ = εp/√n", IsQuoted: false,
            v => Math.Pow(v.n, 8) / (Math.Pow(ClosestPair(v), 4) * Math.Pow(FailureProbability, 6) * Math.Pow(Accuracy, 4))),
        new(new("sy", "Song, Yang", "Quadratic Suffices for Over-parametrization via Matrix Chernoff Bound", "arXiv:1906.03593"), "gradient descent", "two layers, ReLU, first one trained", "n⁴ log³(n/p)/λ_0⁴", IsQuoted: true,
            v => Math.Pow(v.n, 4) * Math.Pow(Math.Log(v.n / FailureProbability), 3) / Math.Pow(ClosestPair(v), 4)),
        new(Papers.OymakSoltanolkotabi, "gradient descent, ReLU", "two layers, ReLU, first one trained", "n ‖X‖⁶/λ_0⁴", IsQuoted: true,
            // All inputs share the coordinate 1/√2, so ‖X‖² ≥ n/2.
            v => v.n * Math.Pow(v.n / 2, 3) / Math.Pow(ClosestPair(v), 4)),
    ];

    /// <summary>λ_min of H^∞ on two unit inputs at distance δ: ½ − ρ(π − arccos ρ)/(2π) with ρ = 1 − δ²/2.</summary>
    private static double ClosestPair(Variables v)
    {
        var ρ = 1 - (v.δ * v.δ / 2);
        return 0.5 - (ρ * (Math.PI - Math.Acos(ρ)) / (2 * Math.PI));
    }

    /// <summary>The m from which on m ≥ a log⁵ m: the larger solution of equality, by iteration from above, which contracts because 5/log m &lt; 1 there.</summary>
    private static double SolvingLogarithm(double a)
    {
        var m = Math.Exp(200);
        for (var i = 0; i < 500; i++)
        {
            m = a * Math.Pow(Math.Log(m), 5);
        }

        return m;
    }
}
