namespace Harness.Claims.Catalogue;

/// <summary>E1 to E17: what the theory of the effective span dimension (arXiv:2509.20294) and of over-parameterised flow in the sequence model lets one check.</summary>
public static class SpanEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("E1", Papers.HuangLiLiLin, "Proposition 3.2", "(d† − 1)σ² ≤ oracle risk of principal components ≤ 2d†σ²"),
        new("E2", Papers.HuangLiLiLin, "Proposition 3.7", "span profile and trade-off function fall, are generalised inverses, and scale with the noise"),
        new("E3", Papers.HuangLiLiLin, "Definition 3.1", "d† depends on the spectrum through its order alone"),
        new("E4", Papers.HuangLiLiLin, "Theorem 3.3", "minimax linear risk over signals of span at most K: Kσ²(2 − K/d)"),
        new("E5", Papers.HuangLiLiLin, "Theorem 3.3", "Bayes risk of the hypercube: 0.4496 Kσ²"),
        new("E6", Papers.HuangLiLiLin, "Section 3", "d† ~ (σ²)^{−q/(p+q)} and risk ~ (σ²)^{p/(p+q)} for power laws"),
        new("E7", Papers.LiLin, "equation 14", "a² − β² and b² − Dβ² are kept by the over-parameterised flow"),
        new("E8", Papers.LiLin, "equation 14", "closed form at D = 0"),
        new("E9", Papers.LiLin, "equation 14", "end point for any D; |θ| ≤ |z|; the learned eigenvalue rises"),
        new("E10", Papers.HuangLiLiLin, "Figures 1 and 2", "span profiles before training, as integers"),
        new("E11", Papers.HuangLiLiLin, "Theorem 5.2 and Figure 1", "the flow lowers d†"),
        new("E12", Papers.HuangLiLiLin, "Figure 2", "more inner layers end at a lower d†"),
        new("E13", Papers.LiLin, "Corollary 3.3", "rates p/(p + 1) with a learned spectrum and p/(p + q) without"),
        new("E14", Papers.LiLin, "Theorems 3.1 and 3.2", "best time ~ n^{(D+1)/(D+2)}"),
        new("E15", Papers.HuangLiLiLin, "Appendix B", "linear regression with a fixed design as a sequence model"),
        new("E16", Papers.HuangLiLiLin, "Appendix C and Figure 4", "kernel principal components from random inputs"),
        new("E17", Papers.HuangLiLiLin, "Appendix I", "ridge regression saturates: risk ≥ σ²d_Δ/4"),
    ];
}
