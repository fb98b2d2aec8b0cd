using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The retry in double-double arithmetic: outputs and loss.</summary>
internal sealed class DoubleDoubleTarget() : NetworkTarget("double-double", "outputs and loss of a network in double-double arithmetic, from both sides")
{
    private protected override bool TakesSingle => false;

    private protected override void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
    {
        if (workspace.Network is not Network<double> network)
        {
            throw new NotSupportedException("Double-double arithmetic is made of doubles.");
        }

        Try(Judge, network, exact);
    }

    /// <summary>Outputs and loss of any network.</summary>
    internal static void Try(Judge judge, Network<double> network, ExactPasses exact)
    {
        var (state, outputs) = (new DoubleDoubleState(network, exact.Samples), new Ball[exact.Targets.Length]);
        judge.Holds(DoubleDoubleForward.Loss(network, exact.Inputs, exact.Targets, state), exact.Loss(), "F");
        DoubleDoubleForward.Outputs(network, exact.Inputs, state, outputs);
        for (var at = 0; at < outputs.Length; at++)
        {
            judge.Holds(outputs[at], exact.Values[at / exact.Oracle.Outputs][^1][at % exact.Oracle.Outputs], "y", at / exact.Oracle.Outputs, at % exact.Oracle.Outputs);
        }
    }
}
