using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>The certified forward pass and loss in double-double arithmetic: the retry for statements that double precision leaves undecided.</summary>
/// <remarks>
/// Inner products by Dot2 (Ogita, Rump, Oishi, SIAM J. Sci. Comput. 26 (2005)), the error of every product and every sum recovered exactly and summed beside; features keep both words. Error of an element: |W|r + γ_{K+2}(K + 3)u|W||x̂|, so radii shrink by about
/// K u against <see cref="CertifiedForward"/>. Costs about 13 plain passes. Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
public static class DoubleDoubleForward
{
    /// <summary>F(W) = ½ Σᵢ ‖yᵢ − yᵢ*‖² at the network's very weights. Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="targets">n × d, exact.</param>
    /// <param name="state">Made for this shape of network and n samples; afterwards it holds the outputs.</param>
    /// <exception cref="ArgumentException">The inputs, targets or network do not fit the state.</exception>
    public static Ball Loss(FullyConnected<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, DoubleDoubleState state)
    {
        if (targets.Length != state.Samples * network.OutputDimension)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples with {network.OutputDimension} outputs.", nameof(targets));
        }

        Pass(network, inputs, state, null, null);
        var twice = Ball.Exactly(0);
        for (var i = 0; i < state.Samples; i++)
        {
            for (var j = 0; j < network.OutputDimension; j++)
            {
                var at = (j * state.Stride) + i;
                var residual = (Ball.Exactly(state.Below.High[at]) - Ball.Exactly(targets[(i * network.OutputDimension) + j])) + new Ball(state.Below.Low[at], state.Below.Radii[at]);
                twice += Ball.Square(residual);
            }
        }

        return twice * Ball.Exactly(0.5);
    }

    /// <summary>The outputs y as balls of double midpoints. Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Made for this shape of network and n samples.</param>
    /// <param name="outputs">Receives y, n × d, one sample a row.</param>
    /// <exception cref="ArgumentException">The inputs, outputs or network do not fit the state.</exception>
    public static void Outputs(FullyConnected<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state, Span<Ball> outputs)
    {
        if (outputs.Length != state.Samples * network.OutputDimension)
        {
            throw new ArgumentException($"{outputs.Length} balls do not fit {state.Samples} samples with {network.OutputDimension} outputs.", nameof(outputs));
        }

        Pass(network, inputs, state, null, null);
        for (var e = 0; e < outputs.Length; e++)
        {
            var at = (e % network.OutputDimension * state.Stride) + (e / network.OutputDimension);
            outputs[e] = Ball.Exactly(state.Below.High[at]) + new Ball(state.Below.Low[at], state.Below.Radii[at]);
        }
    }

    /// <summary>Fills a state and its radii like <see cref="CertifiedForward.Run{T}(Network{T}, ReadOnlySpan{T}, BatchState{T}, BatchRadii{T})"/>, with midpoints that are rounded once and radii that are little more than that rounding: certified losses and backward passes then start from these. Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="workspace">Made for this shape of network and n samples.</param>
    /// <param name="state">Receives the midpoints.</param>
    /// <param name="radii">Receives the radii; made for <paramref name="state"/>.</param>
    /// <exception cref="ArgumentException">The inputs, the network or the radii do not fit the states.</exception>
    public static void Run(FullyConnected<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState workspace, BatchState<double> state, BatchRadii<double> radii)
    {
        radii.RequireFit(state);
        if (state.Samples != workspace.Samples || !state.Fits(network))
        {
            throw new ArgumentException($"A state of {state.Samples} samples, width {state.Width} and depth {state.Depth} does not fit {workspace.Samples} samples of this network.", nameof(state));
        }

        Pass(network, inputs, workspace, state, radii);
    }

    private static void Pass(FullyConnected<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state, BatchState<double>? rounded, BatchRadii<double>? radii)
    {
        Load(network, inputs, state);
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var weights = l == 0 ? network.Input : l <= network.Depth ? network.Hidden(l) : network.Output;
            Multiply(weights, state);
            (state.Below, state.Above) = (state.Above, state.Below);
            if (rounded is not null && radii is not null)
            {
                Round(state.Below, l <= network.Depth ? new(rounded.PreActivations(l), radii.PreActivations(l)) : new(rounded.Output, radii.Output));
            }

            if (l <= network.Depth)
            {
                Rectify(state.Below, weights.Rows * state.Stride);
                if (rounded is not null)
                {
                    state.Below.High.AsSpan(0, weights.Rows * state.Stride).CopyTo(rounded.Features(l));
                }
            }
        }
    }

    /// <summary>High words as midpoints; low words join the radii. A high word that is not finite has a radius that is not.</summary>
    private static void Round(DoubleDoubleBatch x, BallSpan<double> destination)
    {
        for (var at = 0; at < destination.Length; at += Vector512<double>.Count)
        {
            var radius = RoundedUpLanes<double>.Add(Vector512.LoadUnsafe(ref x.Radii[at]), Vector512.Abs(Vector512.LoadUnsafe(ref x.Low[at])));
            Vector512.LoadUnsafe(ref x.High[at]).StoreUnsafe(ref destination.Midpoints[at]);
            radius.StoreUnsafe(ref destination.Radii[at]);
        }
    }

    private static void Load(FullyConnected<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state)
    {
        var widest = Math.Max(network.Width, Math.Max(network.InputDimension, network.OutputDimension));
        if (inputs.Length != state.Samples * network.InputDimension || state.Spread.Length != widest * state.Stride || state.Rows.Length != network.Width * widest)
        {
            throw new ArgumentException($"A state for {state.Samples} samples does not fit {inputs.Length} inputs of dimension {network.InputDimension} or a network of width {network.Width}.");
        }

        var length = network.InputDimension * state.Stride;
        state.Below.High.AsSpan(0, length).Clear();
        state.Below.Low.AsSpan(0, length).Clear();
        state.Below.Radii.AsSpan(0, length).Clear();
        for (var e = 0; e < inputs.Length; e++)
        {
            state.Below.High[(e % network.InputDimension * state.Stride) + (e / network.InputDimension)] = inputs[e];
        }
    }

    /// <summary>Above = W · Below.</summary>
    private static void Multiply(Weights<double> w, DoubleDoubleState state)
    {
        var (k, stride, x, z) = (w.Columns, state.Stride, state.Below, state.Above);
        var error = RoundingError.Inflate(Rounding.Gamma(k + 2L) * (k + 3) * Rounding.Unit, 4);
        var rounding = new ProductRounding<double>(k, error);
        for (var at = 0; at < k * stride; at += Vector512<double>.Count)
        {
            rounding.Spread(Vector512.LoadUnsafe(ref x.High[at]), Vector512.LoadUnsafe(ref x.Radii[at])).StoreUnsafe(ref state.Spread[at]);
        }

        w.MultiplyMagnitudes(state.Spread, z.Radii, stride, stride);
        var rows = state.Rows.AsSpan(0, w.Rows * k);
        w.CopyTo(rows);
        for (var column = 0; column < stride; column += Vector512<double>.Count)
        {
            for (var i = 0; i < w.Rows; i++)
            {
                var (high, low) = Dot(rows.Slice(i * k, k), x, column, stride);
                var at = (i * stride) + column;
                high.StoreUnsafe(ref z.High[at]);
                low.StoreUnsafe(ref z.Low[at]);
                rounding.Radius(high, Vector512.LoadUnsafe(ref z.Radii[at])).StoreUnsafe(ref z.Radii[at]);
            }
        }
    }

    /// <summary>Σ w_k (high_k + low_k) for eight samples, as a double-double number each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector512<double> High, Vector512<double> Low) Dot(ReadOnlySpan<double> w, DoubleDoubleBatch x, int column, int stride)
    {
        var (sum, correction) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (var (k, at) = (0, column); k < w.Length; k++, at += stride)
        {
            var (weight, high) = (Vector512.Create(w[k]), Vector512.LoadUnsafe(ref x.High[at]));
            var product = weight * high;
            var productError = Vector512.FusedMultiplyAdd(weight, high, -product);
            var (next, sumError) = TwoSum(sum, product);
            correction += Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref x.Low[at]), productError + sumError);
            sum = next;
        }

        return TwoSum(sum, correction);
    }

    /// <summary>a + b = sum + error exactly, whichever is larger (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sum, Vector512<double> Error) TwoSum(Vector512<double> a, Vector512<double> b)
    {
        var sum = a + b;
        var fromB = sum - a;
        return (sum, (a - (sum - fromB)) + (b - fromB));
    }

    /// <summary>max(x, 0): the sign is that of the high word; the radius goes where the ball is certainly not above zero.</summary>
    private static void Rectify(DoubleDoubleBatch x, int length)
    {
        for (var at = 0; at < length; at += Vector512<double>.Count)
        {
            var (high, low, radius) = (Vector512.LoadUnsafe(ref x.High[at]), Vector512.LoadUnsafe(ref x.Low[at]), Vector512.LoadUnsafe(ref x.Radii[at]));
            var reach = RoundedUpLanes<double>.Add(radius, Vector512.Abs(low));
            var negative = Vector512.LessThan(high, Vector512<double>.Zero);
            Vector512.AndNot(high, negative).StoreUnsafe(ref x.High[at]);
            Vector512.AndNot(low, negative).StoreUnsafe(ref x.Low[at]);
            Vector512.AndNot(radius, Vector512.LessThanOrEqual(high + reach, Vector512<double>.Zero)).StoreUnsafe(ref x.Radii[at]);
        }
    }
}
