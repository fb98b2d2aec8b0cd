using System.Numerics;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>Gradient descent on the trained layers: W(t+1) = W(t) − η ∇F(W(t)) (arXiv:1811.03962, Algorithm 1).</summary>
public static class GradientDescent
{
    /// <summary>
    /// η = d/(n L m): half the inverse of nLm/(2d), which bounds the largest eigenvalue of the tangent kernel on unit inputs in the limit of infinite width
    /// (its trace per output is nLm/(2d); docs/derivations.md, "Limit kernel"). Theorem 1 asks for the smaller order dδ/(n⁴L²m).
    /// </summary>
    /// <param name="samples">n.</param>
    /// <param name="width">m.</param>
    /// <param name="depth">L.</param>
    /// <param name="outputDimension">d.</param>
    public static double StableRate(int samples, int width, int depth, int outputDimension) => outputDimension / ((double)samples * depth * width);

    /// <summary>One step with the squared loss. Allocates nothing.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="targets">n × d.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="state">Workspace; afterwards it holds the passes of W(t), before the step.</param>
    /// <returns>F(W(t)), the loss before the step.</returns>
    public static T Step<T>(Network<T> network, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, T learningRate, BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Forward(inputs, state);
        var loss = SquaredLoss.Evaluate(state, targets);
        network.Backward(state, learningRate);
        return loss;
    }

    /// <summary>One step with any loss. Allocates nothing after the first.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="targets">n × d.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="loss">The loss of a sample.</param>
    /// <param name="state">Workspace; afterwards it holds the passes of W(t), before the step.</param>
    /// <returns>F(W(t)), the loss before the step.</returns>
    public static T Step<T>(Network<T> network, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, T learningRate, Loss loss, BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Forward(inputs, state);
        var before = loss.Evaluate(state, targets);
        network.Backward(state, learningRate);
        return before;
    }

    /// <summary>The same step, bit for bit, that also encloses the loss before it: one product of magnitudes a layer more. Allocates nothing.</summary>
    /// <param name="network">Updated in place.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="targets">n × d.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="state">Workspace; afterwards it holds the passes of W(t), before the step.</param>
    /// <param name="radii">Made for this state; afterwards it holds the radii of the forward pass of W(t).</param>
    /// <returns>F(W(t)), the loss before the step, with a proven radius.</returns>
    public static Ball Step<T>(Network<T> network, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, T learningRate, BatchState<T> state, BatchRadii<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CertifiedForward.Run(network, inputs, state, radii);
        var loss = CertifiedLoss.Evaluate(state, radii, targets);
        network.Backward(state, learningRate);
        return loss;
    }
}
