using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <content>The recursion, one row of a block at a time: correlations and Θ over the deviations of one sample with a chunk of columns, for every pair of positions. A pair has a vector of columns.</content>
public sealed partial class InfiniteWidthKernel
{
    /// <summary>Columns of one position that fill the first-level cache with the nine arrays of a chunk, and how many pairs of positions a chunk holds at most.</summary>
    private const int WidestChunk = 256, PairsOfChunk = 4096;

    /// <summary>Rows whose first correlations are one product, where there are positions.</summary>
    private const int RowsOfProduct = 8;

    private int Hidden => layers.Length - 1;

    /// <summary>Equal positions read equal positions, so others are carried only for a readout that pools.</summary>
    private PositionPairs Pairs => new(Graph.Positions, Readout == KernelReadout.Flatten);

    /// <summary>What the output layer reads.</summary>
    private PositionPairs LastPairs => isLastDense ? new(1, areEqual: true) : Pairs;

    /// <inheritdoc/>
    public int WorkspaceLength(int rows, int columns, int dimension)
    {
        var (p, chunk) = (Graph.Positions, Chunk(columns));
        return checked(KernelSamples.Length(p, dimension, Hidden, rows) + KernelSamples.Length(p, dimension, Hidden, chunk) + ((RowsTogether(rows) + KernelState.Arrays) * Pairs.Count * chunk));
    }

    /// <inheritdoc/>
    public void Block(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, Span<double> block, Span<double> workspace)
    {
        var dimension = DimensionOf(x, rows, y, columns, block.Length);
        var (p, pairs) = (Graph.Positions, Pairs);
        var memory = new Workspace<double>(workspace);
        var hidden = layers.AsSpan(0, Hidden);
        var chunk = Chunk(columns);
        var left = KernelSamples.Prepare(Graph, isLastDense, hidden, φ.SecondMoment, x, rows, memory.Take(KernelSamples.Length(p, dimension, Hidden, rows)));
        var store = memory.Take(KernelSamples.Length(p, dimension, Hidden, chunk));
        var together = RowsTogether(rows);
        var correlations = memory.Take(together * pairs.Count * chunk);
        var memoryOfState = memory.Take(KernelState.Arrays * pairs.Count * chunk);
        for (var first = 0; first < columns; first += chunk)
        {
            var count = Math.Min(chunk, columns - first);
            var right = KernelSamples.Prepare(Graph, isLastDense, hidden, φ.SecondMoment, y.Slice(first * dimension, count * dimension), count, store);
            for (var row = 0; row < rows; row++)
            {
                if (row % together == 0)
                {
                    FirstCorrelations.Multiply(left, row, Math.Min(together, rows - row), right, pairs, dimension / p, correlations);
                }

                var length = pairs.Count * right.Stride;
                var current = new KernelState(memoryOfState, length);
                FirstCorrelations.Refine(correlations.Slice(row % together * length, length), left, row, right, pairs, dimension / p, current);
                current.Tangent.Clear();
                Run(left, row, right, ref current);
                ReadOut(left, row, right, current, block.Slice((row * columns) + first, count));
            }
        }
    }

    private int DimensionOf(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, int block)
    {
        var dimension = KernelMatrix.Dimension(x, rows, y, columns, block);
        return dimension % Graph.Positions == 0
            ? dimension
            : throw new ArgumentException($"An input of {dimension} numbers has no whole number of channels at {Graph.Positions} positions.", nameof(x));
    }

    private int Chunk(int columns) => Math.Min(KernelSamples.Padded(columns), Math.Clamp(PairsOfChunk / Pairs.Count & ~7, 8, WidestChunk));

    private int RowsTogether(int rows) => Graph.Positions == 1 ? rows : Math.Min(rows, RowsOfProduct);

    private void Run(KernelSamples left, int row, KernelSamples right, ref KernelState current)
    {
        for (var l = 0; l < Hidden; l++)
        {
            if (l > 0)
            {
                DualActivation.Apply(φ, current.Versine, current.Cosine, current.Vercosine, current.Derivative);
            }

            if (Reads(l).Offsets > 1 || layers[l].BiasVariance > 0)
            {
                if (l > 0)
                {
                    TensorPrimitives.Multiply(current.Tangent, current.Derivative, current.Tangent);
                }

                Mix(l, left, row, right, current);
                current = current.Swapped;
            }
            else if (l > 0 && layers[l].IsTrained)
            {
                TensorPrimitives.FusedMultiplyAdd(current.Tangent, current.Derivative, current.Cosine, current.Tangent);
            }
            else if (l > 0)
            {
                TensorPrimitives.Multiply(current.Tangent, current.Derivative, current.Tangent);
            }
            else if (layers[l].IsTrained)
            {
                current.Cosine.CopyTo(current.Tangent);
            }
        }

        var last = LastPairs.Count * right.Stride;
        DualActivation.Apply(φ, current.Versine[..last], current.Cosine[..last], current.Vercosine[..last], current.Derivative[..last]);
    }

    private LayerReads Reads(int l) => new(Graph, isLastDense && l == Hidden - 1);

    /// <summary>Σ_a P P′ (v, c, w, Θ) and what the biases add: 1 − c is Σ PP′v̂ + g and 1 + c is Σ PP′ŵ + g + 2rr′ with g = 1 − Σ PP′ − rr′ = ½‖(P, r) − (P′, r′)‖², positive terms only.</summary>
    private void Mix(int l, KernelSamples left, int row, KernelSamples right, KernelState current)
    {
        var (reads, below, stride) = (Reads(l), Pairs, right.Stride);
        var (above, ownTerm, half) = (new PositionPairs(reads.Positions, Readout == KernelReadout.Flatten), Vector512.Create(own[l]), Vector512.Create(0.5));
        for (var pair = 0; pair < above.Count; pair++)
        {
            var (j, other) = above[pair];
            var bias = Vector512.Create(left.Biases(l, j)[row]);
            var inverse = left.Inverses(l, j)[row];
            ref var biases = ref MemoryMarshal.GetReference(right.Biases(l, other));
            ref var inverses = ref MemoryMarshal.GetReference(right.Inverses(l, other));
            for (nuint i = 0; i < (nuint)stride; i += 8)
            {
                var (otherBias, otherInverse) = (Vector512.LoadUnsafe(ref biases, i), Vector512.LoadUnsafe(ref inverses, i));
                var (c, d) = (bias * otherBias, bias - otherBias);
                var (v, w, θ, gap) = (Vector512<double>.Zero, c + c, Vector512<double>.Zero, d * d);
                for (var a = 0; a < reads.Offsets; a++)
                {
                    var (source, otherSource) = (reads.Read(j, a), reads.Read(other, a));
                    var weight = Vector512.Create(left.Sources(l, source)[row] * inverse);
                    var otherWeight = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(right.Sources(l, otherSource)), i) * otherInverse;
                    var at = (nuint)(below.Of(source, otherSource) * stride) + i;
                    d = weight - otherWeight;
                    gap = Vector512.FusedMultiplyAdd(d, d, gap);
                    weight *= otherWeight;
                    v = Vector512.FusedMultiplyAdd(weight, Load(current.Versine, at), v);
                    c = Vector512.FusedMultiplyAdd(weight, Load(current.Cosine, at), c);
                    w = Vector512.FusedMultiplyAdd(weight, Load(current.Vercosine, at), w);
                    θ = Vector512.FusedMultiplyAdd(weight, Load(current.Tangent, at), θ);
                }

                gap *= half;
                var target = (nuint)(pair * stride) + i;
                Store(v + gap, current.NextVersine, target);
                Store(c, current.NextCosine, target);
                Store(w + gap, current.NextVercosine, target);
                Store(Vector512.FusedMultiplyAdd(ownTerm, c, θ), current.NextTangent, target);
            }
        }
    }

    /// <summary>σ_w² N Σ s s′ (own + Θ κ̂₀) + σ_b² over the pairs of positions that the output reads, in the order of the pairs.</summary>
    private void ReadOut(KernelSamples left, int row, KernelSamples right, KernelState current, Span<double> values)
    {
        var (pairs, output) = (LastPairs, layers[^1]);
        if (Kind == LimitingKernel.Tangent)
        {
            TensorPrimitives.Multiply(current.Tangent, current.Derivative, current.Tangent);
            if (output.IsTrained)
            {
                TensorPrimitives.Add(current.Cosine, current.Tangent, current.Cosine);
            }
            else
            {
                current.Tangent.CopyTo(current.Cosine);
            }
        }

        var factor = output.WeightVariance * φ.SecondMoment / (Readout == KernelReadout.Flatten ? 1 : pairs.Count);
        var bias = Kind == LimitingKernel.GaussianProcess || output.IsTrained ? output.BiasVariance : 0;
        for (var i = 0; i < values.Length; i++)
        {
            double sum = 0;
            for (var pair = 0; pair < pairs.Count; pair++)
            {
                var (j, other) = pairs[pair];
                var deviations = left.Deviations[(j * left.Stride) + row] * right.Deviations[(other * right.Stride) + i];
                sum = Math.FusedMultiplyAdd(deviations, current.Cosine[(pair * right.Stride) + i], sum);
            }

            var exponent = (int)(left.Exponents[row] + right.Exponents[i]);
            values[i] = exponent == 0 ? Math.FusedMultiplyAdd(factor, sum, bias) : Math.ScaleB(factor * sum, exponent) + bias;
        }
    }

    private static Vector512<double> Load(Span<double> from, nuint at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from), at);

    private static void Store(Vector512<double> value, Span<double> to, nuint at) => value.StoreUnsafe(ref MemoryMarshal.GetReference(to), at);
}
