using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Costs;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>A computation of the paper whose cost is claimed: how it is run, how it is counted, and its polynomial.</summary>
/// <param name="Id">Part of the claims' ids.</param>
/// <param name="Name">In words.</param>
/// <param name="Item">Where the paper needs it.</param>
/// <param name="Polynomial">Its multiply-adds as a formula, derived in docs/derivations.md, "Cost of a step".</param>
/// <param name="Degrees">Degree in m, n, L and d.</param>
/// <param name="Operations">Its multiply-adds at a shape.</param>
/// <param name="Run">Runs it in the core.</param>
/// <param name="Count">Runs it in loops that count, on inputs and targets in columns.</param>
internal sealed record Computation(
    string Id,
    string Name,
    string Item,
    string Polynomial,
    (int m, int n, int L, int d) Degrees,
    Func<FullyConnectedCosts, long> Operations,
    Action<Workload> Run,
    Action<CountingNetwork, double[,], double[,]> Count)
{
    /// <summary>Why the cost of a computation answers no entry.</summary>
    public const string NotListed = "the list has the number of steps; what a step costs, which makes the running time polynomial with it, is derived here";

    /// <summary>h = φ(Ax), …, y = B h_L.</summary>
    public static Computation Forward { get; } = new(
        "forward", "a forward pass", "Section 2 (forward pass)", "n m (𝔡 + L m + d)", (2, 1, 1, 1), c => c.Forward, w => w.Forward(), (net, x, _) => net.Forward(x));

    /// <summary>W ← W − η ∇F(W).</summary>
    public static Computation Step { get; } = new(
        "step", "a step of gradient descent", "Algorithm 1 (a step)", "n m (𝔡 + 2d + (2L − 1) m) + n d + (n + 1) L m²", (2, 1, 1, 1),
        c => c.GradientDescentStep, w => w.Step(), (net, x, y) => net.Step(x, y, 1));

    /// <summary>K = Σ_l H_lᵀH_l ∘ U_lᵀU_l.</summary>
    public static Computation Kernel { get; } = new(
        "kernel", "the tangent kernel", "Theorem 5 (the kernel)", "n d m (𝔡 + 2d + (2L − 1) m) + L (m N (N + 1) + N²),   N = n d", (2, 2, 1, 2),
        c => c.TangentKernel, w => w.TangentKernel(), (net, x, _) => net.TangentKernel(x));
}
