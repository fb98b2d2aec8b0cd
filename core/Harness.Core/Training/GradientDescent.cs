using System.Numerics;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>Gradient descent on the trained layers: W(t+1) = W(t) − η ∇F(W(t)) (arXiv:1811.03962, Algorithm 1).</summary>
public static class GradientDescent
{
    /// <summary>One step with the squared loss. Allocates nothing.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="targets">n × d.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="state">Workspace; afterwards it holds the passes of W(t), before the step.</param>
    /// <returns>F(W(t)), the loss before the step.</returns>
    public static T Step<T>(FullyConnected<T> network, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, T learningRate, BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Forward(inputs, state);
        var loss = SquaredLoss.Evaluate(state, targets);
        network.Backward(state, learningRate);
        return loss;
    }
}
