using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The certified loss, from both sides to the last bit, and the output signal it leaves behind.</summary>
internal sealed class LossTarget() : NetworkTarget("loss", "the certified loss of a network from both sides, and its residuals")
{
    private protected override void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
    {
        var (state, radii) = (workspace.State, workspace.Radii);
        CertifiedForward.Run<T>(workspace.Network, workspace.Inputs, state, radii);
        Judge.Holds(CertifiedLoss.Evaluate<T>(state, radii, workspace.Targets), exact.Loss(), "F");
        for (var at = 0; at < exact.Residuals.Length; at++)
        {
            var (i, j) = (at / exact.Oracle.Outputs, at % exact.Oracle.Outputs);
            Judge.Holds(state.OutputSignal[(j * state.Stride) + i], radii.OutputSignal[(j * state.Stride) + i], exact.Residuals[at], "v", j, i);
        }
    }
}
