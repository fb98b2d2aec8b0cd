using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>Gradient descent on the neurons of a two-layer network with Φ = ½ Σ_i (u_i − y_i)²: w_r ← w_r − η ∂Φ/∂w_r, ∂Φ/∂w_r = (a_r/√m) Σ_i (u_i − y_i) 1{⟨w_r, x_i⟩ ≥ 0} x_i (arXiv:1810.02054, section 3).</summary>
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var loss = Loss(targets, state);
        TensorPrimitives.Multiply(state.OutputSignal, network.OutputScale, state.OutputSignal);
        Array.Clear(state.Output);
        for (var b = 0; b < network.Blocks; b++)
        {
            network.Descend(b, learningRate, state);
            network.AddOutput(b, state);
        }

        TensorPrimitives.Multiply(state.Output, network.OutputScale, state.Output);
        return loss;
    }

    /// <summary>Φ of the state's outputs, with the same rounding as in <see cref="Step"/>.</summary>
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
