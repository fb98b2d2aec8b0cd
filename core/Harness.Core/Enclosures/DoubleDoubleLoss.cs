using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>F(W) = ½ Σᵢ ‖yᵢ − yᵢ*‖² in double-double arithmetic: <see cref="CertifiedLoss"/> for the retry.</summary>
public static class DoubleDoubleLoss
{
    /// <summary>Encloses F on the outputs of a pass. Allocates nothing.</summary>
    /// <param name="state">Holds a pass of <see cref="DoubleDoubleForward"/>.</param>
    /// <param name="targets">n × d, one sample a row, exact.</param>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static DoubleDoubleBall Evaluate(DoubleDoubleState state, ReadOnlySpan<double> targets)
    {
        RequireTargets(state, targets);
        var twice = DoubleDoubleBall.Exactly(0);
        for (var e = 0; e < targets.Length; e++)
        {
            twice += DoubleDoubleBall.Square(Residual(state, targets, e));
        }

        return DoubleDoubleBall.Half(twice);
    }

    /// <summary>Leaves vᵢ = yᵢ − yᵢ* with its radius in the output signal of a batch, where <see cref="CertifiedGradient.Backward"/> starts: a residual loses no digits to the size of its output. Allocates nothing.</summary>
    /// <param name="state">Holds a pass of <see cref="DoubleDoubleForward"/>.</param>
    /// <param name="targets">n × d, one sample a row, exact.</param>
    /// <param name="batch">Receives v; made for the same samples.</param>
    /// <param name="radii">Receives its radii; made for this batch.</param>
    /// <exception cref="ArgumentException">The targets or the batch do not fit the state.</exception>
    public static void Signal(DoubleDoubleState state, ReadOnlySpan<double> targets, BatchState<double> batch, BatchRadii<double> radii)
    {
        RequireTargets(state, targets);
        radii.RequireFit(batch);
        if (batch.Samples != state.Samples || batch.OutputSignal.Length != state.OutputDimension * batch.Stride)
        {
            throw new ArgumentException($"A batch of {batch.Samples} samples does not fit a state of {state.Samples}, or has another number of outputs.", nameof(batch));
        }

        for (var e = 0; e < targets.Length; e++)
        {
            var residual = Residual(state, targets, e).ToBall();
            var at = (e % state.OutputDimension * batch.Stride) + (e / state.OutputDimension);
            (batch.OutputSignal[at], radii.OutputSignal[at]) = (residual.Midpoint, residual.Radius);
        }
    }

    private static DoubleDoubleBall Residual(DoubleDoubleState state, ReadOnlySpan<double> targets, int e) =>
        state.Output(e / state.OutputDimension, e % state.OutputDimension) - DoubleDoubleBall.Exactly(targets[e]);

    /// <summary>Throws unless there is a target for every output of every sample.</summary>
    internal static void RequireTargets(DoubleDoubleState state, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (targets.Length != state.Samples * state.OutputDimension)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples with {state.OutputDimension} outputs.", nameof(targets));
        }
    }
}
