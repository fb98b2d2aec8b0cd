using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>Gradient descent on the neurons of a two-layer network with Φ = ½ Σ_i (u_i − y_i)²: w_r ← w_r − η ∂Φ/∂w_r, ∂Φ/∂w_r = (a_r/√m) Σ_i (u_i − y_i) φ′(⟨w_r, x_i⟩) x_i (arXiv:1810.02054, section 3).</summary>
public static class ShallowDescent
{
    /// <summary>One step: a single sweep over the neurons, each block of which is moved and adds to the new outputs while it is in the cache. Allocates nothing.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="targets">y, n numbers.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="state">Holds inputs and outputs of the network before the step (<see cref="ShallowNetwork{T}.Forward"/> or the last step), and of the network after it on return.</param>
    /// <returns>Φ before the step: squares added in ascending order, relative error at most γ_{n+2} for the outputs as they stand.</returns>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static T Step<T>(ShallowNetwork<T> network, ReadOnlySpan<T> targets, T learningRate, ShallowState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Step(network, targets, learningRate, state, []);

    /// <summary>The same step, to the same bits, which also counts for every sample the neurons that change piece on it (for the rectifier: their sign).</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="targets">y, n numbers.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="state">As for the plain step.</param>
    /// <param name="crossings">Receives n counts; or empty.</param>
    /// <returns>Φ before the step.</returns>
    /// <exception cref="ArgumentException">The targets or the counts do not fit the batch.</exception>
    public static T Step<T>(ShallowNetwork<T> network, ReadOnlySpan<T> targets, T learningRate, ShallowState<T> state, Span<int> crossings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        if (crossings.Length > 0 && crossings.Length != state.Samples)
        {
            throw new ArgumentException($"{crossings.Length} counts do not fit {state.Samples} samples.", nameof(crossings));
        }

        var loss = Loss(targets, state);
        crossings.Clear();
        TensorPrimitives.Multiply(state.OutputSignal, network.OutputScale, state.OutputSignal);
        Array.Clear(state.Output);
        for (var b = 0; b < network.Blocks; b++)
        {
            network.Descend(b, learningRate, state);
            var g = state.PreActivations.AsSpan(0, network.Hidden(b).Rows * state.Stride);
            var before = state.Previous.AsSpan(0, g.Length);
            if (crossings.Length > 0)
            {
                g.CopyTo(before);
            }

            network.AddOutput(b, state);
            if (crossings.Length > 0)
            {
                Array.Clear(state.Crossings);
                network.Activation.CountCrossings<T>(before, g, state.Crossings);
                for (var i = 0; i < crossings.Length; i++)
                {
                    crossings[i] += int.CreateTruncating(state.Crossings[i]);
                }
            }
        }

        TensorPrimitives.Multiply(state.Output, network.OutputScale, state.Output);
        return loss;
    }

    /// <summary>Φ of the state's outputs, with the same rounding as in <see cref="Step{T}(ShallowNetwork{T}, ReadOnlySpan{T}, T, ShallowState{T})"/>.</summary>
    /// <param name="targets">y, n numbers.</param>
    /// <param name="state">Holds outputs.</param>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static T Loss<T>(ReadOnlySpan<T> targets, ShallowState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (targets.Length != state.Samples)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples.", nameof(targets));
        }

        var twice = T.Zero;
        for (var i = 0; i < targets.Length; i++)
        {
            var residual = state.Output[i] - targets[i];
            state.OutputSignal[i] = residual;
            twice += residual * residual;
        }

        return twice / T.CreateChecked(2);
    }
}
