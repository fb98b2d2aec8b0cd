using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Certified forward passes: pre-activations, their signs, outputs.</summary>
internal class ForwardTarget() : NetworkTarget("forward", "certified pre-activations, signs and outputs of a network")
{
    /// <summary>The pass under test; a planted fault takes its place.</summary>
    private protected virtual void Run<T>(NetworkWorkspace<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CertifiedForward.Run<T>(workspace.Network, workspace.Inputs, workspace.State, workspace.Radii);

    private protected sealed override void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
    {
        Run(workspace);
        Values(Judge, workspace, exact);
    }

    /// <summary>Judges pre-activations, signs and outputs.</summary>
    internal static void Values<T>(Judge judge, NetworkWorkspace<T> workspace, ExactPasses exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (state, radii, depth) = (workspace.State, workspace.Radii, workspace.Network.Depth);
        for (var i = 0; i < exact.Samples; i++)
        {
            for (var l = 0; l <= depth + 1; l++)
            {
                ReadOnlySpan<T> midpoints = l <= depth ? state.PreActivations(l) : state.Output, bounds = l <= depth ? radii.PreActivations(l) : radii.Output;
                var values = exact.Values[i][l];
                for (var k = 0; k < values.Length; k++)
                {
                    var (midpoint, radius) = (midpoints[(k * state.Stride) + i], bounds[(k * state.Stride) + i]);
                    judge.Holds(midpoint, radius, values[k], l <= depth ? "g" : "y", k, i);
                    if (midpoint - radius >= T.Zero)
                    {
                        judge.That(values[k].Sign >= 0, "sign", k, i);
                    }
                    else if (midpoint + radius < T.Zero)
                    {
                        judge.That(values[k].Sign < 0, "sign", k, i);
                    }
                }
            }
        }
    }
}
