namespace Harness.Claims.Catalogue;

/// <summary>
/// R1 to R16: kernels of wide networks and the decay of their eigenvalues on general domains (arXiv:2305.02657), with the exact spectra on the sphere that they are held against.
/// </summary>
public static class DecayEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("R1", Papers.LiYuChenLin, "Tangent kernel", "the closed form of the tangent kernel is the limit of the Gram matrix of a finite network's gradients"),
        new("R2", Papers.LiYuChenLin, "Arc-cosine kernels", "κ₀, κ₁ and what is composed of them: derivatives and values"),
        new("R3", Papers.LiYuChenLin, "Sphere", "the coefficients of arc-cosine and tangent kernels in closed form"),
        new("R4", Papers.LiYuChenLin, "Sphere", "the eigenvalues with their multiplicities sum to the kernel at a point"),
        new("R5", Papers.LiYuChenLin, "Sphere", "odd degrees from 3 on vanish without a bias at one hidden layer, and not with two"),
        new("R6", Papers.LiYuChenLin, "Sphere", "μ_k k^p tends to a constant that depends on the parity of k"),
        new("R7", Papers.LiYuChenLin, "Eigenvalue decay", "λ_i = Θ(i^{−(d+1)/d}), at d = 1 with the constant L(L + 1)(∫√p)²/π³"),
        new("R8", Papers.LiYuChenLin, "Eigenvalue decay", "the exponent depends neither on depth nor on domain nor on density"),
        new("R9", Papers.LiYuChenLin, "Transformations", "six rules by which eigenvalues of one kernel are compared with those of another"),
        new("R10", Papers.LiYuChenLin, "Density", "the condition on the tail of the density: the weight is bounded if and only if it holds"),
        new("R11", Papers.LiYuChenLin, "Sampled operators", "mean square of the distance between a Gram matrix and its operator, and of their eigenvalues"),
        new("R12", Papers.LiYuChenLin, "Sampled operators", "that distance with high probability"),
        new("R13", Papers.LiYuChenLin, "Early stopping", "risk n^{−s(d+1)/(s(d+1)+d)} in the spectral model"),
        new("R14", Papers.LiYuChenLin, "Early stopping", "the same rate for gradient flow with the network's tangent kernel on samples"),
        new("R15", Papers.LiYuChenLin, "Interpolation", "with noise the risk of the interpolating limit does not fall"),
        new("R16", Papers.LiYuChenLin, "Width", "a network in training stays near the kernel's predictor, the nearer the wider it is"),
    ];

    /// <summary>What is not tried.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } =
    [
    ];
}
