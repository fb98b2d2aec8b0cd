using System.Numerics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>The two ball Gram matrices of a trained layer: of the features h_{l−1} below and of the signals u_l above. Gradient norms and tangent kernels are made of their Hadamard product.</summary>
internal readonly ref struct LayerGrams<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> σh, ρh, σu, ρu;
    private readonly double underflow;

    private LayerGrams(BatchState<T> state, Span<T> workspace)
    {
        var size = state.Samples * state.Samples;
        Features = workspace[..size];
        Signals = workspace.Slice(size, size);
        var norms = workspace[(2 * size)..];
        σh = norms[..state.Stride];
        ρh = norms.Slice(state.Stride, state.Stride);
        σu = norms.Slice(2 * state.Stride, state.Stride);
        ρu = norms.Slice(3 * state.Stride, state.Stride);
        underflow = CertifiedGram.Underflow<T>(state.Width);
    }

    /// <summary>Midpoints of ⟨h_i, h_j⟩.</summary>
    public Span<T> Features { get; }

    /// <summary>Midpoints of ⟨u_i, u_j⟩.</summary>
    public Span<T> Signals { get; }

    /// <summary>Computes both for layer l; the radii's scratch is overwritten.</summary>
    public static LayerGrams<T> Compute(BatchState<T> state, BatchRadii<T> radii, int layer, Span<T> workspace)
    {
        if (workspace.Length < CertifiedGradient.WorkspaceLength(state))
        {
            throw new ArgumentException($"{state.Samples} samples need {CertifiedGradient.WorkspaceLength(state)} elements of workspace; the span has {workspace.Length}.", nameof(workspace));
        }

        // The features are already there; their radii are not kept. Rectifying again writes the same midpoints.
        var grams = new LayerGrams<T>(state, workspace);
        var features = new BallSpan<T>(state.Features(layer - 1), radii.Scratch.AsSpan(0, state.Width * state.Stride));
        BallVector.Rectify(CertifiedForward.PreActivations(state, radii, layer - 1), features);
        CertifiedGram.Compute(features, state.Width, state.Samples, state.Stride, grams.Features, grams.σh, grams.ρh);
        CertifiedGram.Compute(CertifiedGradient.Signals(state, radii, layer), state.Width, state.Samples, state.Stride, grams.Signals, grams.σu, grams.ρu);
        return grams;
    }

    /// <summary>A bound of |Ĝh Ĝu (1 + θ) − ⟨h_i, h_j⟩⟨u_i, u_j⟩| for any |θ| ≤ γ, up to a dozen roundings of the bound itself.</summary>
    public double RadiusOfProduct(int i, int j, int n, double γ)
    {
        var (h, u) = (Math.Abs(double.CreateTruncating(Features[(i * n) + j])), Math.Abs(double.CreateTruncating(Signals[(i * n) + j])));
        var rh = Radius(σh, ρh, i, j);
        var ru = Radius(σu, ρu, i, j);
        return (h * ru) + (rh * (u + ru)) + (γ * (h * u)) + underflow;
    }

    private double Radius(Span<T> σ, Span<T> ρ, int i, int j) =>
        (double.CreateTruncating(ρ[i]) * double.CreateTruncating(σ[j])) + (double.CreateTruncating(σ[i]) * double.CreateTruncating(ρ[j])) + underflow;
}
