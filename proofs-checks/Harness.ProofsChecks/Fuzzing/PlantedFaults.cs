using System.Runtime.Intrinsics;
using Harness.Claims.Fuzzing.Targets;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Fuzzing;

/// <summary>Certified products with a term of the error bound made wrong.</summary>
/// <param name="γ">Factor on γ_K.</param>
/// <param name="radius">Factor on the radii of the operand.</param>
/// <param name="τ">Factor on what is added for underflow.</param>
internal sealed class FaultyProduct(double γ, double radius, double τ) : ProductTarget
{
    private protected override void Multiply<T>(Weights<T> w, bool transposed, BallSpan<T> x, BallSpan<T> z, int n)
    {
        var terms = transposed ? w.Rows : w.Columns;
        var rounding = new ProductRounding<T>(terms, γ * Precision<T>.Gamma(terms));
        var v = new T[x.Length];
        for (var i = 0; i < v.Length; i++)
        {
            var spread = rounding.Spread(Vector512.Create(x.Midpoints[i]), Vector512.Create(x.Radii[i] * T.CreateTruncating(radius)))[0];
            v[i] = spread - (Precision<T>.Tiny * T.CreateTruncating(1 - τ));
        }

        if (transposed)
        {
            w.MultiplyTransposed(x.Midpoints, z.Midpoints, n, n);
            w.MultiplyMagnitudesTransposed(v, z.Radii, n, n);
        }
        else
        {
            w.Multiply(x.Midpoints, z.Midpoints, n, n);
            w.MultiplyMagnitudes(v, z.Radii, n, n);
        }

        for (var i = 0; i < z.Length; i++)
        {
            var bound = rounding.Radius(Vector512.Create(z.Midpoints[i]), Vector512.Create(z.Radii[i]))[0];
            z.Radii[i] = bound - (Precision<T>.Tiny * T.CreateTruncating((1 - τ) * terms));
        }
    }
}

/// <summary>A forward pass with half of γ in its first layer, where the radius is γ_K|A||x|.</summary>
internal sealed class HalvedForward : ForwardTarget
{
    private protected override void Run<T>(NetworkWorkspace<T> workspace)
    {
        base.Run(workspace);
        foreach (ref var radius in workspace.Radii.PreActivations(0))
        {
            radius /= T.CreateTruncating(2);
        }
    }
}

/// <summary>A forward pass in which a neuron of open sign is taken for what its midpoint says: the rest of the network sees no radius of it.</summary>
internal sealed class SettledSigns : ForwardTarget
{
    private protected override void Run<T>(NetworkWorkspace<T> workspace)
    {
        base.Run(workspace);
        var (network, state, radii) = (workspace.Network, workspace.State, workspace.Radii);
        var features = new BallSpan<T>(state.Features(network.Depth), new T[state.Features(network.Depth).Length]);
        BallVector.Rectify(new BallSpan<T>(state.PreActivations(network.Depth), radii.PreActivations(network.Depth)), features);
        for (var at = 0; at < features.Length; at++)
        {
            features.Radii[at] = state.PreActivations(network.Depth)[at] > T.Zero ? features.Radii[at] : T.Zero;
        }

        CertifiedProduct.Multiply(network.Output, features, new(state.Output, radii.Output), state.Stride, state.Stride, new T[features.Length]);
    }
}
