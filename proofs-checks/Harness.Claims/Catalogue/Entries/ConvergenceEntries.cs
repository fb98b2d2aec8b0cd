namespace Harness.Claims.Catalogue;

/// <summary>
/// C01 to C60: what the convergence theory of deep over-parameterised networks (arXiv:1811.03962) lets one check, and what the papers beside it add with explicit constants.
/// An entry says what is stated; the claims that answer it carry the formula, the constants and the range.
/// </summary>
public static class ConvergenceEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("C01", Papers.AllenZhuLiSong, "Fact 2.6", "the gradient is the outer product of backward signals and features"),
        new("C02", Papers.AllenZhuLiSong, "Proposition 11.3", "φ(a) − φ(b) = (D + D″)(a − b), D″ ∈ [−1, 1] and zero but where a sign differs"),
        new("C03", Papers.AllenZhuLiSong, "Claim 11.2", "the difference of features at two weights is a sum over layers with those D″"),
        new("C04", Papers.AllenZhuLiSong, "Claim 8.3", "a shift of given norm flips no more signs than the smallest pre-activations that it can cover; greedy attains it"),
        new("C05", Papers.AllenZhuLiSong, "Theorem 3", "‖∇F‖² is the quadratic form of the tangent kernel at the residual, between its extreme eigenvalues"),
        new("C06", Papers.AllenZhuLiSong, "Fact 7.2", "law of one random ReLU layer: m‖v‖²/(2‖h‖²) ~ χ²_w, w ~ Binomial(m, ½)"),
        new("C07", Papers.AllenZhuLiSong, "Lemma 7.1", "E‖h_l‖² = 1 and Var‖h_l‖² = (1 + 5/m)^{l+1} − 1"),
        new("C08", Papers.AllenZhuLiSong, "Lemmas 7.4 and 9.1", "E‖Back_lᵀ e_j‖² = m/d and E‖∇_{W_l} y_j‖²_F = m/(2d) at every layer"),
        new("C09", Papers.AllenZhuLiSong, "Section 2", "E F_i(W⁽⁰⁾) = (1 + ‖y_i*‖²)/2"),
        new("C10", Papers.DuZhaiPoczosSingh, "Section 3", "‖∂Φ/∂w_r‖ ≤ √(n/m)‖y − u‖, and what it sums to over k steps"),
        new("C11", Papers.DuZhaiPoczosSingh, "Lemma 3.2", "Σ|H(W) − H(0)| ≤ D̂(R) while no neuron moves farther than R, E D̂(R) ≤ 4n²R/√(2π)"),
        new("C12", Papers.DuZhaiPoczosSingh, "Lemma 3.1", "H(0) is near H^∞: entries, rate 1/√m, sufficient width"),
        new("C13", Papers.DuZhaiPoczosSingh, "Section 3", "E‖y − u(0)‖² = ‖y‖² + n/2 over weights and signs"),
        new("C14", Papers.OymakSoltanolkotabi, "Separation bound", "λ_{min}(H^∞) ≥ δ/(100n²) for inputs apart from each other and each other's antipodes"),
        new("C15", Papers.AllenZhuLiSong, "Claim 8.3", "the most signs that a perturbation of spectral norm ω flips: (3/π)^{1/3} m ω^{2/3}"),
        new("C16", Papers.AllenZhuLiSong, "Claim 8.3", "signs that a random perturbation flips: (m/π) arctan(ω/(2√2))"),
        new("C17", Papers.AllenZhuLiSong, "Lemma 7.5", "angles between features follow cos ↦ κ₁(cos) from layer to layer as m → ∞"),
        new("C18", Papers.AllenZhuLiSong, "Theorem 5", "the tangent kernel at initialisation tends to its limit like 1/√m"),
        new("C19", Papers.AllenZhuLiSong, "Lemma 7.3(a)", "‖W_b D ⋯ W_a‖₂ ≤ C√L, with the limit σ*(k) of k layers"),
        new("C20", Papers.AllenZhuLiSong, "Theorem 3", "two inputs at distance δ: the smallest eigenvalue is δL(L + 1)/(2π) as δ → 0"),
        new("C21", Papers.AllenZhuLiSong, "Lemma 7.5", "the separation falls to δ/2 at (l + 1)δ = 3π"),
        new("C22", Papers.AroraDuHuLiWang, "Lemma 5.3", "‖W(∞) − W(0)‖_F tends to √(r₀ᵀ (H^∞)⁻¹ r₀)"),
        new("C23", Papers.AroraDuHuLiWang, "Theorem 4.1", "the residual decays mode by mode of the limit kernel; two layers and deep"),
        new("C24", Papers.AllenZhuLiSong, "Appendix C", "growth of residual layers: at most (1 + 2τ²)^l in the mean, bounded at τ = 1/√L and not beyond"),
        new("C25", Papers.AllenZhuLiSong, "Lemma 7.1", "P(‖h_L‖ ∉ [1 − ε, 1 + ε]) ≤ e^{−Ω(ε²m/L)}"),
        new("C26", Papers.AllenZhuLiSong, "Lemma 7.4(b)", "‖vᵀ Back_a‖ ≤ C√(m/d)‖v‖"),
        new("C27", Papers.AllenZhuLiSong, "Lemma 7.4(a)", "|vᵀ Back_a u| ≤ C√(s log m/d)‖v‖‖u‖ for s-sparse u"),
        new("C28", Papers.AllenZhuLiSong, "Theorem 3", "‖∇F‖²_F ≤ C Lnm/d · F, layer by layer nm/d · F; constant 1 attained"),
        new("C29", Papers.AllenZhuLiSong, "Theorem 3", "‖∇F‖²_F ≥ c δm/(dn²) · F"),
        new("C30", Papers.AllenZhuLiSong, "Lemma 9.2", "‖∇^v_{W_L}F‖²_F ≥ c δm/(dn) max_i ‖v_i‖²"),
        new("C31", Papers.AllenZhuLiSong, "Lemma 8.2(b)", "‖D′_l‖₀ ≤ C m ω^{2/3} L, by families of W′"),
        new("C32", Papers.AllenZhuLiSong, "Lemma 8.2(c)", "‖h′_L‖ ≤ C ω L^{5/2} √(log m)"),
        new("C33", Papers.AllenZhuLiSong, "Claim 11.2", "change of the output at most C L√(m/d) ‖W′‖₂, attained along the gradient"),
        new("C34", Papers.AllenZhuLiSong, "Theorem 5(a)", "relative change of the gradient at most C√(log m) ω^{1/3} L³, by families of W′"),
        new("C35", Papers.AllenZhuLiSong, "Theorem 5(c)", "change of the kernel at most C√(log m) ω^{1/3} L³ √(KK)"),
        new("C36", Papers.AllenZhuLiSong, "Theorem 5(b)", "error of linearisation at most C ω^{4/3} L³ √(m log m/d)"),
        new("C37", Papers.AllenZhuLiSong, "Lemma 8.7", "change of the backward operator at most C√(L³s log m + ω²L³m)/√d"),
        new("C38", Papers.AllenZhuLiSong, "Lemma 8.6", "perturbed products at most C√L"),
        new("C39", Papers.AllenZhuLiSong, "Theorem 4", "semi-smoothness"),
        new("C40", Papers.AllenZhuLiSong, "Theorem 3", "‖(n/b) Σ_S ∇F_i‖²_F ≤ C Ln²m/(bd) F"),
        new("C41", Papers.AllenZhuLiSong, "Lemma 7.5", "separation of at least δ/2 at every layer, with a probability of failure that falls with m"),
        new("C42", Papers.AllenZhuLiSong, "Lemma 7.3(b)", "‖W_b D ⋯ W_a v‖ ≤ 2‖v‖ for sparse v"),
        new("C43", Papers.AllenZhuLiSong, "Theorem 1", "F(t + 1) ≤ (1 − c ηδm/(dn²)) F(t) at every step"),
        new("C44", Papers.AllenZhuLiSong, "Theorem 1", "T(ε) does not depend on m at η ∝ d/m"),
        new("C45", Papers.AllenZhuLiSong, "Theorem 1", "T(ε) is affine in log(1/ε)"),
        new("C46", Papers.AllenZhuLiSong, "Theorem 1", "T does not depend on the input dimension"),
        new("C47", Papers.AllenZhuLiSong, "Theorem 1", "‖W(T) − W(0)‖_F ~ 1/√m, tends to √(r₀ᵀK⁻¹r₀)"),
        new("C48", Papers.AllenZhuLiSong, "Lemma 8.2(b)", "signs that differ from the first ones along training"),
        new("C49", Papers.AllenZhuLiSong, "Theorem 5(c)", "drift of the kernel along training"),
        new("C50", Papers.LeeEtAl, "Theorem 2.1", "sup_t ‖f_t − f_t^{lin}‖ = O(1/√m) for a smooth activation; for the rectifier O(m^{−1/6}) follows from Theorem 5(b)"),
        new("C51", Papers.DuZhaiPoczosSingh, "Theorem 4.1", "‖y − u(k)‖² ≤ (1 − ηλ₀/2)^k ‖y − u(0)‖², and how far a neuron moves"),
        new("C52", Papers.AllenZhuLiSong, "Theorem 2", "stochastic gradient descent: T ~ 1/b, movement with √(n/b)"),
        new("C53", Papers.AllenZhuLiSong, "Theorem 6", "cross-entropy: every sample classified in a T that depends on no ε"),
        new("C54", Papers.AllenZhuLiSong, "Theorem 6", "other losses: gradient-dominant linear, convex 1/t, bounded a small gradient in ε^{−2} steps"),
        new("C55", Papers.AllenZhuLiSong, "Appendix B", "convolutional network: norm kept, steps independent of m"),
        new("C56", Papers.AllenZhuLiSong, "Appendix B", "the convolutional kernel tends to its limit like 1/√m"),
        new("C57", Papers.AllenZhuLiSong, "Appendix C", "residual network, τ = 1/(L log m): steps nearly independent of L"),
        new("C58", Papers.AllenZhuLiSong, "Figure 1", "along training the loss falls in the gradient's direction, and the most negative curvature is negligible"),
        new("C59", Papers.AllenZhuLiSong, "Theorem 1", "the smallest width at which gradient descent fits all samples, against n²⁴L¹²d/δ⁸"),
        new("C60", Papers.AllenZhuLiSong, "Lemma 7.3(d)", "|uᵀ W_b D ⋯ W_a v| ≤ C√(s log m/m)‖u‖‖v‖ for sparse u and v"),
    ];

    /// <summary>What is not tried, in whole or in part.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } =
    [
        new(
            "C58",
            Papers.AllenZhuLiSong,
            "the figure on the landscape",
            "An illustration without an inequality: how negative the curvature may be is not stated, so nothing can be refuted; and the nets in it are modern ones on image sets that do not ship with the project. That the loss falls along the gradient is decided by azls.semi-smoothness and azls.linear-convergence."),
    ];
}
