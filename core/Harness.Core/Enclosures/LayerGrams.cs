using System.Numerics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>The two ball Gram matrices of a trained layer: of the arguments of W_l (the features h_{l−1}, or their patches) and of the signals u_l. Gradient norms and tangent kernels are made of their Hadamard product.</summary>
/// <remarks>Rows and columns run over the samples, or over all positions of all columns where positions share W_l.</remarks>
internal readonly ref struct LayerGrams<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> σh, ρh, σu, ρu;
    private readonly double underflow;

    private LayerGrams(BatchState<T> state, int layer, Span<T> workspace)
    {
        var (columns, stride) = (state.Columns(layer), state.ColumnStride(layer));
        var size = columns * columns;
        Arguments = workspace[..size];
        Signals = workspace.Slice(size, size);
        var norms = workspace[(2 * size)..];
        σh = norms[..stride];
        ρh = norms.Slice(stride, stride);
        σu = norms.Slice(2 * stride, stride);
        ρu = norms.Slice(3 * stride, stride);
        underflow = CertifiedGram.Underflow<T>(Math.Max(state.ArgumentFeatures(layer), state.SignalFeatures(layer)));
    }

    /// <summary>Midpoints of ⟨h_i, h_j⟩.</summary>
    public Span<T> Arguments { get; }

    /// <summary>Midpoints of ⟨u_i, u_j⟩.</summary>
    public Span<T> Signals { get; }

    /// <summary>Computes both for layer l; the radii's scratch is overwritten.</summary>
    public static LayerGrams<T> Compute(BatchState<T> state, BatchRadii<T> radii, int layer, Span<T> workspace)
    {
        if (workspace.Length < CertifiedGradient.WorkspaceLength(state))
        {
            throw new ArgumentException($"{state.Samples} samples need {CertifiedGradient.WorkspaceLength(state)} elements of workspace; the span has {workspace.Length}.", nameof(workspace));
        }

        var grams = new LayerGrams<T>(state, layer, workspace);
        var (columns, stride) = (state.Columns(layer), state.ColumnStride(layer));
        CertifiedGram.Compute(ArgumentsOf(state, radii, layer), state.ArgumentFeatures(layer), columns, stride, grams.Arguments, grams.σh, grams.ρh);
        CertifiedGram.Compute(CertifiedGradient.Signals(state, radii, layer), state.SignalFeatures(layer), columns, stride, grams.Signals, grams.σu, grams.ρu);
        return grams;
    }

    /// <summary>The balls that W_l multiplies. Their midpoints are there, their radii are not kept.</summary>
    private static BallSpan<T> ArgumentsOf(BatchState<T> state, BatchRadii<T> radii, int layer)
    {
        var below = radii.Scratch.AsSpan(0, state.Below(layer).Length);
        if (layer == 0)
        {
            below.Clear();
        }
        else
        {
            // Rectifying again writes the same midpoints.
            BallVector.Rectify(CertifiedForward.PreActivations(state, radii, layer - 1), new(state.Features(layer - 1), below));
        }

        return new(state.Arguments(layer), CertifiedForward.Read(state.Reads(layer), below, state, radii, layer));
    }

    /// <summary>A bound of |Ĝh Ĝu (1 + θ) − ⟨h_i, h_j⟩⟨u_i, u_j⟩| for any |θ| ≤ γ, up to a dozen roundings of the bound itself.</summary>
    public double RadiusOfProduct(int i, int j, int n, double γ)
    {
        var (h, u) = (Math.Abs(double.CreateTruncating(Arguments[(i * n) + j])), Math.Abs(double.CreateTruncating(Signals[(i * n) + j])));
        var rh = Radius(σh, ρh, i, j);
        var ru = Radius(σu, ρu, i, j);
        return (h * ru) + (rh * (u + ru)) + (γ * (h * u)) + underflow;
    }

    private double Radius(Span<T> σ, Span<T> ρ, int i, int j) =>
        (double.CreateTruncating(ρ[i]) * double.CreateTruncating(σ[j])) + (double.CreateTruncating(σ[i]) * double.CreateTruncating(ρ[j])) + underflow;
}
