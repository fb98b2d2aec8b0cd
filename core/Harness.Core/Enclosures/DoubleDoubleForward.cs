using System.Numerics.Tensors;
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
    public static Ball Loss(Network<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, DoubleDoubleState state)
    {
        DoubleDoubleLoss.RequireTargets(state, targets);
        Run(network, inputs, state);
        return DoubleDoubleLoss.Evaluate(state, targets).ToBall();
    }

    /// <summary>The outputs y as balls of double midpoints. Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Made for this shape of network and n samples.</param>
    /// <param name="outputs">Receives y, n × d, one sample a row.</param>
    /// <exception cref="ArgumentException">The inputs, outputs or network do not fit the state.</exception>
    public static void Outputs(Network<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state, Span<Ball> outputs)
    {
        if (outputs.Length != state.Samples * network.OutputDimension)
        {
            throw new ArgumentException($"{outputs.Length} balls do not fit {state.Samples} samples with {network.OutputDimension} outputs.", nameof(outputs));
        }

        Run(network, inputs, state);
        for (var e = 0; e < outputs.Length; e++)
        {
            outputs[e] = state.Output(e / network.OutputDimension, e % network.OutputDimension).ToBall();
        }
    }

    /// <summary>The pass alone: afterwards the state holds the outputs with both words (<see cref="DoubleDoubleState.Output"/>). Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Made for this shape of network and n samples.</param>
    /// <exception cref="ArgumentException">The inputs or network do not fit the state.</exception>
    public static void Run(Network<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state) => Sweep(network, inputs, state, null, null, 1);

    /// <summary>The pass, left in a batch too as balls of double midpoints: what <see cref="CertifiedForward.Run{T}(Network{T}, ReadOnlySpan{T}, BatchState{T}, BatchRadii{T})"/> leaves, with radii of half a unit in the last place. Allocates nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Made for this shape of network and n samples.</param>
    /// <param name="batch">Receives pre-activations, features and outputs; for n·copies samples.</param>
    /// <param name="radii">Receives the radii; made for this batch.</param>
    /// <param name="copies">Columns of the batch that each sample fills in succession: one, or the number of outputs for a tangent kernel.</param>
    /// <exception cref="ArgumentException">The inputs, network or batch do not fit the state.</exception>
    public static void Run(
        Network<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state, BatchState<double> batch, BatchRadii<double> radii, int copies)
    {
        radii.RequireFit(batch);
        if (batch.Samples != state.Samples * copies || !batch.Fits(network))
        {
            throw new ArgumentException($"A batch of {batch.Samples} samples (width {batch.Width}, depth {batch.Depth}) does not fit {copies} copies of {state.Samples} (width {network.Width}, depth {network.Depth}).", nameof(batch));
        }

        Sweep(network, inputs, state, batch, radii, copies);
    }

    private static void Sweep(Network<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state, BatchState<double>? batch, BatchRadii<double>? radii, int copies)
    {
        Load(network, inputs, state);
        if (batch is not null)
        {
            network.Load(inputs, batch, copies);
        }

        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var (form, weights) = (network.Forms[l], network.Layer(l));
            Multiply(weights, Read(form.Reads, weights.Columns * form.Positions, state), state, form.Positions * state.Stride);
            if (form.Step is { } τ)
            {
                Step(state, weights.Rows * state.Stride, τ);
            }

            (state.Below, state.Above) = (state.Above, state.Below);
            if (batch is not null && radii is not null)
            {
                var hidden = l <= network.Depth;
                form.Reads?.Gather<double>(batch.Below(l), batch.Arguments(l), batch.Stride);
                Round(state, copies, new(hidden ? batch.PreActivations(l) : batch.Output, hidden ? radii.PreActivations(l) : radii.Output), batch.Stride);
                if (hidden)
                {
                    TensorPrimitives.Max(batch.PreActivations(l), 0, batch.Features(l));
                }
            }

            if (l <= network.Depth)
            {
                Rectify(state.Below, weights.Rows * form.Positions * state.Stride);
            }
        }
    }

    /// <summary>What W_l multiplies: the numbers below as they lie, or the patches of a filter, moved and not rounded.</summary>
    private static DoubleDoubleBatch Read(PositionGraph? graph, int patchRows, DoubleDoubleState state)
    {
        if (graph is null)
        {
            return state.Below;
        }

        var (below, patches, length) = (state.Below, state.Patches, patchRows * state.Stride);
        var features = length / graph.Offsets;
        graph.Gather<double>(below.High.AsSpan(0, features), patches.High.AsSpan(0, length), state.Stride);
        graph.Gather<double>(below.Low.AsSpan(0, features), patches.Low.AsSpan(0, length), state.Stride);
        graph.Gather<double>(below.Radii.AsSpan(0, features), patches.Radii.AsSpan(0, length), state.Stride);
        return patches;
    }

    /// <summary>Above = Below + τ · Above: a residual layer.</summary>
    private static void Step(DoubleDoubleState state, int length, double τ)
    {
        var (below, above) = (state.Below, state.Above);
        for (var at = 0; at < length; at++)
        {
            var g = below[at] + DoubleDoubleBall.Scale(above[at], τ);
            (above.High[at], above.Low[at], above.Radii[at]) = (g.High, g.Low, g.Radius);
        }
    }

    /// <summary>The numbers of the state as balls of one word, each sample in so many columns.</summary>
    private static void Round(DoubleDoubleState state, int copies, BallSpan<double> destination, int stride)
    {
        for (var row = 0; row < destination.Length / stride; row++)
        {
            for (var column = 0; column < state.Samples * copies; column++)
            {
                var (from, to) = ((row * state.Stride) + (column / copies), (row * stride) + column);
                destination.Midpoints[to] = state.Below.High[from];
                destination.Radii[to] = RoundedUp.Add(Math.Abs(state.Below.Low[from]), state.Below.Radii[from]);
            }
        }
    }

    private static void Load(Network<double> network, ReadOnlySpan<double> inputs, DoubleDoubleState state)
    {
        if (inputs.Length != state.Samples * network.InputDimension || !state.Fits(network))
        {
            throw new ArgumentException($"A state for {state.Samples} samples does not fit {inputs.Length} inputs of dimension {network.InputDimension}, or was made for a network of another shape than this one of width {network.Width}.");
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

    /// <summary>Above = W x.</summary>
    private static void Multiply(Weights<double> w, DoubleDoubleBatch x, DoubleDoubleState state, int stride)
    {
        var (k, z) = (w.Columns, state.Above);
        var error = RoundingError.Inflate(Rounding.Gamma(k + 2L) * (k + 3) * Rounding.Unit, 4);
        var rounding = new ProductRounding<double>(k, error);
        for (var at = 0; at < k * stride; at += Vector512<double>.Count)
        {
            rounding.Spread(Vector512.LoadUnsafe(ref x.High[at]), Vector512.LoadUnsafe(ref x.Radii[at])).StoreUnsafe(ref state.Spread[at]);
        }

        w.MultiplyMagnitudes(state.Spread.AsSpan(0, k * stride), z.Radii.AsSpan(0, w.Rows * stride), stride, stride);
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
                var radius = rounding.Radius(high, Vector512.LoadUnsafe(ref z.Radii[at]));
                Vector512.AndNot(radius, ExactLanes(rows.Slice(i * k, k), x, column, stride)).StoreUnsafe(ref z.Radii[at]);
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

    /// <summary>The samples for which <see cref="Dot"/> rounds nothing: exact features of one word, and every step of the correction exact too. So exact ties, and neurons that nothing reaches, have a certain sign.</summary>
    /// <remarks>Ends with the first few terms of ordinary numbers, whose corrections round.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> ExactLanes(ReadOnlySpan<double> w, DoubleDoubleBatch x, int column, int stride)
    {
        var (sum, correction, exact) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.AllBitsSet);
        for (var (k, at) = (0, column); k < w.Length && exact != Vector512<double>.Zero; k++, at += stride)
        {
            var (weight, high) = (Vector512.Create(w[k]), Vector512.LoadUnsafe(ref x.High[at]));
            var product = weight * high;
            (sum, var sumError) = TwoSum(sum, product);
            var (step, stepError) = TwoSum(Vector512.FusedMultiplyAdd(weight, high, -product), sumError);
            (correction, var correctionError) = TwoSum(correction, step);

            // The fused multiply-add tells the error of a product only where that cannot underflow.
            var told = Vector512.GreaterThanOrEqual(Vector512.Abs(product), Vector512.Create(RoundedUpLanes<double>.Small))
                | Vector512.Equals(weight, Vector512<double>.Zero) | Vector512.Equals(high, Vector512<double>.Zero);
            var inexact = Vector512.Abs(stepError) + Vector512.Abs(correctionError) + Vector512.Abs(Vector512.LoadUnsafe(ref x.Low[at])) + Vector512.LoadUnsafe(ref x.Radii[at]);
            exact &= told & Vector512.Equals(inexact, Vector512<double>.Zero);
        }

        return exact;
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
