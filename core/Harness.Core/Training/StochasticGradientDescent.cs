using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>
/// Stochastic gradient descent as the paper has it: W(t+1) = W(t) − η (n/b) Σ_{i∈S_t} ∇Fᵢ(W(t)), S_t a uniformly random subset of b of the n samples (arXiv:1811.03962, Algorithm 2, Theorem 2).
/// </summary>
/// <remarks>
/// The factor n/b makes the step unbiased: every sample is in S_t with probability b/n. <see cref="GradientDescent.StableRate"/> is stable here too, because (n/b) times the trace of the kernel of b samples
/// is at most that of n samples whose inputs have one norm.
/// </remarks>
public static class StochasticGradientDescent
{
    /// <summary>One step. Allocates nothing.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="inputs">n × 𝔡, all of them.</param>
    /// <param name="targets">n × d.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="loss">The loss of a sample.</param>
    /// <param name="batch">Workspace; afterwards it holds the batch and its passes at W(t).</param>
    /// <param name="stream">Random numbers of this step: derive one by t.</param>
    /// <returns>(n/b) Σ_{i∈S} Fᵢ(W(t)), an unbiased estimate of the loss before the step.</returns>
    public static T Step<T>(Network<T> network, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, T learningRate, Loss loss, MiniBatch<T> batch, RandomStream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        batch.Draw(stream, inputs, targets);
        network.Forward(batch.Inputs, batch.State);
        var sum = loss.Evaluate(batch.State, batch.Targets);
        var factor = T.CreateChecked(batch.Samples) / T.CreateChecked(batch.State.Samples);
        network.Backward(batch.State, learningRate * factor);
        return factor * sum;
    }
}
