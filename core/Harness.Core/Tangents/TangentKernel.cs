using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Core.Tangents;

/// <summary>
/// The empirical neural tangent kernel of the trained layers at the current weights: the Gram matrix
/// K[(i,j),(i',j')] = Σ_{l=1}^{L} ⟨h_{i,l−1}, h_{i',l−1}⟩ · ⟨D_{i,l}Back_{i,l+1}ᵀe_j, D_{i',l}Back_{i',l+1}ᵀe_{j'}⟩ of the gradients ∇_W y_j(x_i); where positions share W_l, each product is summed over
/// all pairs of positions.
/// </summary>
/// <remarks>
/// Row (i, j) has index i·d + j. With it ‖∇F‖²_F = vᵀ K v for v = (∂F/∂y) in the same order. No Jacobian is formed: one forward and one backward
/// pass over n·d columns (sample i with output j in column i·d + j), then Hadamard products of Gram matrices.
/// </remarks>
public static class TangentKernel
{
    /// <summary>Elements of workspace besides the state, for a network of dense layers: two nd × nd Gram matrices.</summary>
    public static int WorkspaceLength(int samples, int outputDimension) => checked(2 * samples * outputDimension * samples * outputDimension);

    /// <summary>The same for any network: two Gram matrices over the columns of its widest trained layer.</summary>
    /// <param name="state">Workspace for n·d samples.</param>
    public static int WorkspaceLength<T>(BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Gradient.WorkspaceLength(state);

    /// <summary>Fills <paramref name="kernel"/>, nd × nd, row-major, symmetric. Cost: O(L m² n d + L m (n d)²).</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="state">Workspace for n·d samples; overwritten.</param>
    /// <param name="kernel">nd × nd.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}(BatchState{T})"/> elements.</param>
    /// <exception cref="ArgumentException">The state is not for n·d samples.</exception>
    public static void Compute<T>(Network<T> network, ReadOnlySpan<T> inputs, BatchState<T> state, Span<T> kernel, Span<T> workspace)
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

        kernel = kernel[..(state.Samples * state.Samples)];
        kernel.Clear();
        for (var l = network.FirstTrained; l <= network.LastTrained; l++)
        {
            var (columns, stride) = (state.Columns(l), state.ColumnStride(l));
            var size = columns * columns;
            var arguments = workspace[..size];
            var signals = workspace.Slice(size, size);
            GramMatrix.Compute<T>(state.Arguments(l), state.ArgumentFeatures(l), columns, stride, arguments);
            GramMatrix.Compute<T>(state.Signals(l), state.SignalFeatures(l), columns, stride, signals);
            if (state.Positions(l) == 1)
            {
                GramMatrix.AddHadamard<T>(arguments, signals, kernel);
            }
            else
            {
                AddPairsOfPositions<T>(arguments, signals, state.Positions(l), state.Stride, state.Samples, kernel);
            }
        }
    }

    /// <summary>K[i, i'] += Σ_{j,j'} A[(j,i), (j',i')] · S[(j,i), (j',i')], j first, j' second, each by one fused multiply-add.</summary>
    internal static void AddPairsOfPositions<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> s, int positions, int stride, int samples, Span<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = positions * stride;
        for (var j = 0; j < positions; j++)
        {
            for (var i = 0; i < samples; i++)
            {
                var row = ((j * stride) + i) * columns;
                var sum = kernel.Slice(i * samples, samples);
                for (var other = 0; other < positions; other++)
                {
                    var at = row + (other * stride);
                    TensorPrimitives.FusedMultiplyAdd(a.Slice(at, samples), s.Slice(at, samples), sum, sum);
                }
            }
        }

        SymmetricMatrix.MirrorLower(kernel, samples); // the two halves sum the same pairs in different orders
    }
}
