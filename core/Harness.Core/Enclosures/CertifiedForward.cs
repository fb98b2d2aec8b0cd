using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>The forward pass of a network at its floating-point weights, every number with a proven radius: g_l, h_l and y of exact arithmetic lie in the balls.</summary>
/// <remarks>
/// The plain pass, then for every layer one product of magnitudes (<see cref="CertifiedProduct"/>) and one sweep; about twice the cost of the plain pass. A neuron whose sign is open passes as a ball that reaches over zero,
/// so nothing is assumed about signs. Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
public static class CertifiedForward
{
    /// <summary>Fills the state as <see cref="Network{T}.Forward(ReadOnlySpan{T}, BatchState{T})"/> does, and the radii of pre-activations and outputs. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Receives the midpoints.</param>
    /// <param name="radii">Receives the radii; made for this state.</param>
    /// <exception cref="ArgumentException">The inputs or radii do not fit the state.</exception>
    public static void Run<T>(Network<T> network, ReadOnlySpan<T> inputs, BatchState<T> state, BatchRadii<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Load(inputs, state, copies: 1);
        Run(network, state, radii);
    }

    /// <summary>The number of neurons of layer l = 0…L, over all samples, whose sign no rounding bound settles.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">Holds a certified forward pass.</param>
    /// <param name="radii">Its radii.</param>
    /// <param name="layer">l.</param>
    public static int CountOpenSigns<T>(BatchState<T> state, BatchRadii<T> radii, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var g = PreActivations(state, radii, layer);
        var count = 0;
        for (var at = 0; at < g.Length; at += state.Stride)
        {
            count += BallVector.CountOpenSigns(g.Slice(at, state.Samples));
        }

        return count;
    }

    /// <summary>The pass on inputs that are already in the state.</summary>
    internal static void Run<T>(Network<T> network, BatchState<T> state, BatchRadii<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        network.Forward(state);
        var rounding = new ProductRounding<T>(network.Input.Columns);
        var spread = radii.Scratch.AsSpan(0, state.InputMatrix.Length);
        BallSweep.Run<T, SpreadingExact<T>>(new(rounding), new(state.InputMatrix, state.InputMatrix), new(state.InputMatrix, state.InputMatrix), new(spread, spread));
        for (var l = 0; l <= network.Depth; l++)
        {
            var (form, columns) = (network.Forms[l], state.ColumnStride(l));
            network.Layer(l).MultiplyMagnitudes(Read(form.Reads, spread, state, radii, l), radii.PreActivations(l), columns, columns, state.Team);

            // Both results of the sweep are radii, as they are and spread for the next product: two destinations, not a ball.
            var next = new ProductRounding<T>(network.Layer(l + 1).Columns);
            var g = PreActivations(state, radii, l);
            spread = radii.Scratch.AsSpan(0, g.Length);
            if (form.Step is { } τ)
            {
                BallSweep.Run<T, Adding<T>>(new(rounding, next, T.CreateTruncating(τ)), g, PreActivations(state, radii, l - 1), new(radii.PreActivations(l), spread));
            }
            else
            {
                BallSweep.Run<T, Bounding<T>>(new(rounding, next), g, g, new(radii.PreActivations(l), spread));
            }

            rounding = next;
        }

        network.Output.MultiplyMagnitudes(spread, radii.Output, state.Stride, state.Stride, state.Team);
        BallSweep.Run<T, BoundingLast<T>>(new(rounding), new(state.Output, radii.Output), new(state.Output, radii.Output), new(radii.Output, radii.Output));
    }

    /// <summary>Numbers beside the features below a layer, where its matrix reads them: moved, not rounded.</summary>
    internal static Span<T> Read<T>(PositionGraph? graph, Span<T> beside, BatchState<T> state, BatchRadii<T> radii, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (graph is null)
        {
            return beside;
        }

        var patches = radii.Patches.AsSpan(0, state.Arguments(layer).Length);
        graph.Gather<T>(beside, patches, state.Stride);
        return patches;
    }

    internal static BallSpan<T> PreActivations<T>(BatchState<T> state, BatchRadii<T> radii, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(state.PreActivations(layer), radii.PreActivations(layer));

    private readonly struct SpreadingExact<T>(ProductRounding<T> rounding) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y)
        {
            var spread = rounding.Spread(x.Midpoint, Vector512<T>.Zero);
            return new(spread, spread);
        }
    }

    private readonly struct Bounding<T>(ProductRounding<T> rounding, ProductRounding<T> next) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> g, BallLanes<T> y)
        {
            var radius = rounding.Radius(g.Midpoint, g.Radius);
            return new(radius, next.Spread(Vector512.Max(g.Midpoint, Vector512<T>.Zero), BallVector.RectifiedRadius(new BallLanes<T>(g.Midpoint, radius))));
        }
    }

    /// <summary>The radius of g = h + τ W h, and what it and max(g, 0) spread: |ĝ − g| ≤ τ|fl(Wh) − Wh| + r_h + u|ĝ|, the last for the one rounding of the sum.</summary>
    private readonly struct Adding<T>(ProductRounding<T> rounding, ProductRounding<T> next, T step) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector512<T> τ = Vector512.Create(step), unit = Vector512.Create(T.CreateTruncating(Precision<T>.Unit)), tiny = Vector512.Create(Precision<T>.Tiny);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> g, BallLanes<T> below)
        {
            // A product that overflowed leaves a g that is not finite, so that the radius of the sum says so in its place.
            var product = RoundedUpLanes<T>.Multiply(τ, rounding.Radius(g.Midpoint, g.Radius));
            var sum = RoundedUpLanes<T>.Add(RoundedUpLanes<T>.Multiply(unit, Vector512.Abs(g.Midpoint)), tiny);
            var radius = RoundedUpLanes<T>.Add(RoundedUpLanes<T>.Add(product, BallVector.RectifiedRadius(below)), sum);
            return new(radius, next.Spread(Vector512.Max(g.Midpoint, Vector512<T>.Zero), BallVector.RectifiedRadius(new BallLanes<T>(g.Midpoint, radius))));
        }
    }

    private readonly struct BoundingLast<T>(ProductRounding<T> rounding) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y)
        {
            var radius = rounding.Radius(x.Midpoint, x.Radius);
            return new(radius, radius);
        }
    }
}
