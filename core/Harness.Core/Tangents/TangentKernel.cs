using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <summary>
/// The empirical neural tangent kernel of the trained layers at the current weights: the Gram matrix
/// K[(i,j),(i',j')] = Σ_{l=1}^{L} ⟨h_{i,l−1}, h_{i',l−1}⟩ · ⟨D_{i,l}Back_{i,l+1}ᵀe_j, D_{i',l}Back_{i',l+1}ᵀe_{j'}⟩ of the gradients ∇_W y_j(x_i).
/// </summary>
/// <remarks>
/// Row (i, j) has index i·d + j. With it ‖∇F‖²_F = vᵀ K v for v = (∂F/∂y) in the same order. No Jacobian is formed: one forward and one backward
/// pass over n·d columns (sample i with output j in column i·d + j), then Hadamard products of Gram matrices.
/// </remarks>
public static class TangentKernel
{
    /// <summary>Elements of workspace besides the state: two nd × nd Gram matrices.</summary>
    public static int WorkspaceLength(int samples, int outputDimension) => 2 * samples * outputDimension * samples * outputDimension;

    /// <summary>Fills <paramref name="kernel"/>, nd × nd, row-major, symmetric. Cost: O(L m² n d + L m (n d)²).</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="state">Workspace for n·d samples; overwritten.</param>
    /// <param name="kernel">nd × nd.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The state is not for n·d samples.</exception>
    public static void Compute<T>(FullyConnected<T> network, ReadOnlySpan<T> inputs, BatchState<T> state, Span<T> kernel, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = network.OutputDimension;
        network.Load(inputs, state, copies: outputs);
        network.Forward(state);
        Array.Clear(state.OutputSignal);
        for (var column = 0; column < state.Samples; column++)
        {
            state.OutputSignal[(column % outputs * state.Stride) + column] = T.One;
        }

        network.Backward(state);

        var size = state.Samples * state.Samples;
        kernel[..size].Clear();
        var features = workspace[..size];
        var signals = workspace.Slice(size, size);
        for (var l = 1; l <= network.Depth; l++)
        {
            GramMatrix.Compute<T>(state.Features(l - 1), network.Width, state.Samples, state.Stride, features);
            GramMatrix.Compute<T>(state.Signals(l), network.Width, state.Samples, state.Stride, signals);
            GramMatrix.AddHadamard<T>(features, signals, kernel[..size]);
        }
    }
}
