namespace Harness.Claims.Catalogue;

/// <summary>
/// L1 to L19: low-rank adapters (arXiv:2106.09685), what they express (arXiv:2310.17513), their training in the regime of the tangent kernel (arXiv:2402.11867), their learning rates (arXiv:2402.12354) and their scale (arXiv:2312.03732).
/// </summary>
public static class AdapterEntries
{
    /// <summary>The entries in order.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("L1", Papers.HuEtAl, "Section 4.1", "no update at the start, and gradients of the factors"),
        new("L2", Papers.HuEtAl, "Section 4.1", "merging and unmerging within a proven rounding"),
        new("L3", Papers.HuEtAl, "Equation 3", "the merged forward pass is the unmerged one"),
        new("L4", Papers.HuEtAl, "Tables 2 to 6", "the published counts of trained parameters"),
        new("L5", Papers.HuEtAl, "Section 4.1", "rank of the update, and how close it comes to any other"),
        new("L6", Papers.HuEtAl, "Section 4.1", "BᵀB − AAᵀ is conserved by gradient flow"),
        new("L7", Papers.HuEtAl, "Section 7.2, appendix G", "similarity of subspaces: range, symmetry, distance"),
        new("L8", Papers.HuEtAl, "Section 7.2", "similarity of random subspaces"),
        new("L9", Papers.HuEtAl, "Section 7.3, table 7", "norm of a matrix in random directions"),
        new("L10", Papers.ZengLee, "Linear models", "the error of a linear network with adapters"),
        new("L11", Papers.ZengLee, "Linear models", "no adapters do better"),
        new("L12", Papers.ZengLee, "Linear models", "the rank from which on it is exact"),
        new("L13", Papers.ZengLee, "ReLU networks", "exactness on a bounded set with biases"),
        new("L14", Papers.JangLeeRyu, "Low-rank minimiser", "r(r + 1)/2 ≤ KN for the nuclear-norm minimiser"),
        new("L15", Papers.JangLeeRyu, "No spurious minima", "r(r + 1)/2 > KN: training reaches the global minimum"),
        new("L16", Papers.Kalajdzievski, "Theorem 3.2", "the scale in the rank that keeps steps stable"),
        new("L17", Papers.HayouGhoshYu, "Toy model", "the three parts of a step"),
        new("L18", Papers.HayouGhoshYu, "Propositions 1 and 2", "orders of the parts in the width"),
        new("L19", Papers.HuEtAl, "Section 4.1, table 1", "cost of the forward pass, merged and unmerged"),
    ];

    /// <summary>What is not tried.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } =
    [
        new("L13", Papers.ZengLee, "several layers of the target, and the error below the threshold", "A target of several layers is one block behind the other, each on the bounded set that the one before it leaves. The bound below the threshold has a constant of the input distribution that is not explicit."),
        new("L15", Papers.JangLeeRyu, "every second-order stationary point of almost every perturbed loss", "No run can visit every stationary point; training from random starts is observed instead, which ends in one of them almost surely, but in a number of steps that the theorem does not bound."),
    ];
}
