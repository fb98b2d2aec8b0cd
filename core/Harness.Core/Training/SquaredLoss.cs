using System.Numerics;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>
/// F(W) = ½ Σᵢ ‖yᵢ − yᵢ*‖²: a sum over samples, not a mean, as in arXiv:1811.03962, section 2; the learning rates of the paper assume this.
/// </summary>
public static class SquaredLoss
{
    /// <summary>Evaluates F on the state's outputs and leaves vᵢ = ∂F/∂yᵢ = yᵢ − yᵢ* in its output signal.</summary>
    /// <param name="state">Holds a forward pass.</param>
    /// <param name="targets">n × d, one sample a row.</param>
    /// <returns>F, summed over samples and then coordinates in one fixed order; relative error at most γ_{nd+2} = (nd+2)u/(1 − (nd+2)u) for the outputs as they stand.</returns>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static T Evaluate<T>(BatchState<T> state, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputDimension = state.Output.Length / state.Stride;
        if (targets.Length != state.Samples * outputDimension)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples with {outputDimension} outputs.", nameof(targets));
        }

        var twice = T.Zero;
        for (var i = 0; i < state.Samples; i++)
        {
            for (var j = 0; j < outputDimension; j++)
            {
                var at = (j * state.Stride) + i;
                var residual = state.Output[at] - targets[(i * outputDimension) + j];
                state.OutputSignal[at] = residual;
                twice += residual * residual;
            }
        }

        return twice / T.CreateChecked(2);
    }
}
