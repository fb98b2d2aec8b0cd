using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The certified gradient: every entry, as the product of its factors' balls, and the Frobenius norm from both sides.</summary>
internal sealed class GradientTarget() : NetworkTarget("gradient", "certified derivatives of the loss, and the gradient's Frobenius norm from both sides")
{
    private protected override void Try<T>(NetworkWorkspace<T> workspace, ExactPasses exact)
    {
        var (network, state, radii) = (workspace.Network, workspace.State, workspace.Radii);
        CertifiedForward.Run<T>(network, workspace.Inputs, state, radii);
        CertifiedLoss.Evaluate<T>(state, radii, workspace.Targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<T>(state, radii, workspace.Grams);
        var m = network.Width;
        Dyadic squares = default;
        for (var l = 1; l <= network.Depth; l++)
        {
            var derivative = exact.LossDerivative(l);
            var features = Features(state, radii, l - 1);
            for (var at = 0; at < m * m; at++)
            {
                var (r, c, ball) = (at / m, at % m, Ball.Exactly(0));
                for (var i = 0; i < exact.Samples; i++)
                {
                    ball += At<T>(new(state.Signals(l), radii.Signals(l)), (r * state.Stride) + i) * At(features, (c * state.Stride) + i);
                }

                Judge.Holds(ball, derivative[at], "∂F/∂W", r, c);
                squares += derivative[at] * derivative[at];
            }
        }

        Judge.Holds(norm, squares, "‖∇F‖²");
    }

    private static BallSpan<T> Features<T>(BatchState<T> state, BatchRadii<T> radii, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var features = new BallSpan<T>(new T[state.Features(layer).Length], new T[state.Features(layer).Length]);
        BallVector.Rectify(new BallSpan<T>(state.PreActivations(layer), radii.PreActivations(layer)), features);
        return features;
    }

    private static Ball At<T>(BallSpan<T> balls, int at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(double.CreateTruncating(balls.Midpoints[at]), double.CreateTruncating(balls.Radii[at]));
}
