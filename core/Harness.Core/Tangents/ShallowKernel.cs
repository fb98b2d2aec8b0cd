using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <summary>
/// The tangent kernel of a two-layer network, H_ij(W) = ⟨x_i, x_j⟩ (1/m) Σ_r φ′(⟨w_r, x_i⟩) φ′(⟨w_r, x_j⟩), and for the rectifier its limit H^∞ as m → ∞ (arXiv:1810.02054, definition 3.1).
/// </summary>
/// <remarks>H is the Gram matrix of the gradients ∂u_i/∂W, so ‖∂Φ/∂W‖²_F = (u − y)ᵀ H (u − y). It depends on the signs a_r not at all. Limits for other activations, with radii: <see cref="Enclosures.CertifiedShallowLimit"/>.</remarks>
public static class ShallowKernel
{
    /// <summary>Elements of workspace for <see cref="Compute"/>: an n × n count.</summary>
    public static int WorkspaceLength(int samples) => samples * samples;

    /// <summary>Fills H(W), n × n, row-major, symmetric to the bit.</summary>
    /// <remarks>
    /// For the rectifier, neurons that are active on both samples are counted, exactly; an entry then carries the rounding of ⟨x_i, x_j⟩, of a product and of a quotient: γ_{𝔡+2} Σ|x_i x_j|. Other slopes add the rounding of
    /// their sums, γ_{512 + blocks}, unless their products are whole numbers too.
    /// </remarks>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="state">Workspace for n samples; its outputs are left alone, its inputs replaced.</param>
    /// <param name="kernel">n × n.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the batch.</exception>
    public static void Compute<T>(ShallowNetwork<T> network, ReadOnlySpan<T> inputs, ShallowState<T> state, Span<T> kernel, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Load(inputs, state);
        var (n, stride) = (state.Samples, state.Stride);
        var gram = workspace[..WorkspaceLength(n)];
        kernel.Clear();
        for (var b = 0; b < network.Blocks; b++)
        {
            network.PreActivate(b, state);
            var rows = network.Hidden(b).Rows;
            var gates = state.Features.AsSpan(0, rows * stride);
            network.Activation.Differentiate<T>(state.PreActivations.AsSpan(0, rows * stride), gates);
            GramMatrix.Compute<T>(gates, rows, n, stride, gram);
            TensorPrimitives.Add(kernel, gram, kernel);
        }

        GramMatrix.Compute<T>(state.InputMatrix, network.InputDimension, n, stride, gram);
        TensorPrimitives.Multiply(kernel, gram, kernel);
        TensorPrimitives.Divide(kernel, T.CreateChecked(network.Width), kernel);
    }

    /// <summary>H^∞_ij = c (π − arccos c)/(2π) at two unit inputs with inner product c = <paramref name="cosine"/>.</summary>
    public static double Limit(double cosine) => cosine * LimitKernel.Kappa0(cosine) / 2;

    /// <summary>Fills the n × n matrix H^∞ of unit inputs.</summary>
    /// <param name="inputs">n × 𝔡, rows of norm one.</param>
    /// <param name="samples">n.</param>
    /// <param name="kernel">n × n, row-major.</param>
    public static void Limit(ReadOnlySpan<double> inputs, int samples, Span<double> kernel)
    {
        var dimension = inputs.Length / samples;
        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = i == j ? 0.5 : Limit(LimitKernel.Cosine(inputs.Slice(i * dimension, dimension), inputs.Slice(j * dimension, dimension)));
                (kernel[(i * samples) + j], kernel[(j * samples) + i]) = (value, value);
            }
        }
    }
}
