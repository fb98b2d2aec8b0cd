using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>
/// ∇_{W_l}F = u_l·h_{l−1}ᵀ in the factored form that a backward pass leaves behind (arXiv:1811.03962, Fact 2.6): rank n, or p·n where p positions share W_l; never formed unless asked for.
/// </summary>
public static class Gradient
{
    /// <summary>Number of elements of workspace for <see cref="SquaredFrobeniusNorm{T}(BatchState{T}, int, Span{T})"/> in a network of dense layers: two n × n Gram matrices.</summary>
    public static int WorkspaceLength(int samples) => checked(2 * samples * samples);

    /// <summary>The same for any network: two Gram matrices over the columns of its widest trained layer, n, or all positions of all samples.</summary>
    public static int WorkspaceLength<T>(BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = state.Samples;
        for (var l = state.FirstTrained; l <= state.LastTrained; l++)
        {
            columns = Math.Max(columns, state.Columns(l));
        }

        return WorkspaceLength(columns);
    }

    /// <summary>‖∇_{W_l}F‖²_F = Σ_{i,i'} ⟨h_{l−1,i}, h_{l−1,i'}⟩ ⟨u_{l,i}, u_{l,i'}⟩, in O(m n²) without forming the gradient; i, i' run over samples and positions.</summary>
    /// <param name="state">Holds a forward and a backward pass.</param>
    /// <param name="layer">A trained layer: l = 1…L, or 0…L + 1.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength{T}(BatchState{T})"/> elements.</param>
    public static T SquaredFrobeniusNorm<T>(BatchState<T> state, int layer, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (columns, stride) = (state.Columns(layer), state.ColumnStride(layer));
        var size = columns * columns;
        var arguments = workspace[..size];
        var signals = workspace.Slice(size, size);
        GramMatrix.Compute<T>(state.Arguments(layer), state.ArgumentFeatures(layer), columns, stride, arguments);
        GramMatrix.Compute<T>(state.Signals(layer), state.SignalFeatures(layer), columns, stride, signals);
        return FixedOrder.Dot<T>(arguments, signals);
    }

    /// <summary>‖∇F‖²_F = Σ_l ‖∇_{W_l}F‖²_F.</summary>
    public static T SquaredFrobeniusNorm<T>(BatchState<T> state, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        for (var l = state.FirstTrained; l <= state.LastTrained; l++)
        {
            sum += SquaredFrobeniusNorm(state, l, workspace);
        }

        return sum;
    }

    /// <summary>Adds α·∇_{W_l}F to <paramref name="destination"/>, a matrix of the shape of W_l.</summary>
    public static void AddTo<T>(BatchState<T> state, int layer, T alpha, Weights<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        destination.AddOuterProduct(alpha, state.Signals(layer), state.Arguments(layer), state.Columns(layer), state.ColumnStride(layer));
}
