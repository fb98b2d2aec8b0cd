using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>
/// ∇_{W_l}F = u_l·h_{l−1}ᵀ in the factored form that a backward pass leaves behind (arXiv:1811.03962, Fact 2.6): rank n, never formed unless asked for.
/// </summary>
public static class Gradient
{
    /// <summary>Number of elements of workspace for <see cref="SquaredFrobeniusNorm{T}(BatchState{T}, int, Span{T})"/>: two n × n Gram matrices.</summary>
    public static int WorkspaceLength(int samples) => 2 * samples * samples;

    /// <summary>‖∇_{W_l}F‖²_F = Σ_{i,i'} ⟨h_{l−1,i}, h_{l−1,i'}⟩ ⟨u_{l,i}, u_{l,i'}⟩, in O(m n²) without forming the gradient.</summary>
    /// <param name="state">Holds a forward and a backward pass.</param>
    /// <param name="layer">l = 1…L.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    public static T SquaredFrobeniusNorm<T>(BatchState<T> state, int layer, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = state.Samples * state.Samples;
        var features = workspace[..size];
        var signals = workspace.Slice(size, size);
        GramMatrix.Compute<T>(state.Features(layer - 1), state.Width, state.Samples, state.Stride, features);
        GramMatrix.Compute<T>(state.Signals(layer), state.Width, state.Samples, state.Stride, signals);
        return FixedOrder.Dot<T>(features, signals);
    }

    /// <summary>‖∇F‖²_F = Σ_l ‖∇_{W_l}F‖²_F.</summary>
    public static T SquaredFrobeniusNorm<T>(BatchState<T> state, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        for (var l = 1; l <= state.Depth; l++)
        {
            sum += SquaredFrobeniusNorm(state, l, workspace);
        }

        return sum;
    }

    /// <summary>Adds α·∇_{W_l}F to <paramref name="destination"/>, an m × m matrix.</summary>
    public static void AddTo<T>(BatchState<T> state, int layer, T alpha, Weights<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        destination.AddOuterProduct(alpha, state.Signals(layer), state.Features(layer - 1), state.Samples, state.Stride);
}
