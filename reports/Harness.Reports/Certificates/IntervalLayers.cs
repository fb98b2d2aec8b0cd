using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Reports.Certificates;

/// <summary>
/// The layers of a network on intervals with ends of two words, of every kind of network: what is multiplied is moved where a filter reads it, and what a residual layer adds is the inner product (τ, 1)·(W h, h).
/// </summary>
/// <remarks>With p positions a batch has p·n columns, those of position j from j·n on.</remarks>
internal sealed class IntervalLayers(Network<double> network, int samples)
{
    private readonly PositionGraph? graph = (network as Convolutional<double>)?.Graph;
    private readonly double? step = (network as Residual<double>)?.Step;
    private int openSigns;

    /// <summary>Neurons, over all layers, positions and samples, whose sign is not settled.</summary>
    public int OpenSigns => openSigns;

    /// <summary>The outputs, d × n.</summary>
    /// <param name="inputs">n × 𝔡, exact.</param>
    public TwoWordEnds Outputs(double[] inputs)
    {
        var x = Exactly(inputs);
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            // The filters are A, W₁ … W_{L−1}; W_L is dense over all positions. The residual layers are 1 … L − 1.
            var weights = network.Layer(l);
            var columns = samples * network.Positions(l);
            var below = graph is null || l > network.Depth ? x : l < network.Depth ? Patches(x) : Flattened(x, weights.Columns);
            var isHidden = l <= network.Depth;
            x = step is { } τ && l > 0 && l < network.Depth
                ? Stepped(Multiply(weights, below, columns, isRectified: false), x, τ)
                : Multiply(weights, below, columns, isHidden);
        }

        return x;
    }

    /// <summary>W·x, rectified or not, the rows in parallel.</summary>
    private TwoWordEnds Multiply(Weights<double> weights, TwoWordEnds below, int columns, bool isRectified)
    {
        var above = new TwoWordEnds(weights.Rows, columns);
        var rows = new double[weights.Rows * weights.Columns];
        weights.CopyTo(rows);
        for (var block = 0; block < below.Blocks; block++)
        {
            // A block stays in a core's own cache while the rows of W pass.
            var of = block;
            Parallel.For(0, weights.Rows, i => Interlocked.Add(
                ref openSigns, RunningErrorProduct.Row(rows.AsSpan(i * weights.Columns, weights.Columns), below, above, i, of, columns, isRectified)));
        }

        return above;
    }

    /// <summary>max(h + τ z, 0).</summary>
    private TwoWordEnds Stepped(TwoWordEnds z, TwoWordEnds h, double τ)
    {
        var above = new TwoWordEnds(network.Width, samples);
        double[] weights = [τ, 1];
        Parallel.For(0, network.Width, i =>
        {
            var pair = new TwoWordEnds(2, samples);
            for (var column = 0; column < samples; column++)
            {
                TwoWordEnds.Copy(z, z.At(i, column), pair, pair.At(0, column));
                TwoWordEnds.Copy(h, h.At(i, column), pair, pair.At(1, column));
            }

            for (var block = 0; block < pair.Blocks; block++)
            {
                Interlocked.Add(ref openSigns, RunningErrorProduct.Row(weights, pair, above, i, block, samples, isRectified: true));
            }
        });
        return above;
    }

    /// <summary>What the filter reads: row k·q + a at position j is channel k at the position that j reads at offset a.</summary>
    private TwoWordEnds Patches(TwoWordEnds x)
    {
        var (p, q) = (graph!.Positions, graph.Offsets);
        var patches = new TwoWordEnds(x.Features * q, p * samples);
        for (var row = 0; row < patches.Features; row++)
        {
            for (var column = 0; column < p * samples; column++)
            {
                TwoWordEnds.Copy(x, x.At(row / q, (graph.Read(column / samples, row % q) * samples) + (column % samples)), patches, patches.At(row, column));
            }
        }

        return patches;
    }

    /// <summary>All positions of a sample in one column: row k·p + j is channel k at position j.</summary>
    private TwoWordEnds Flattened(TwoWordEnds x, int features)
    {
        var (p, flat) = (graph!.Positions, new TwoWordEnds(features, samples));
        for (var row = 0; row < features; row++)
        {
            for (var i = 0; i < samples; i++)
            {
                TwoWordEnds.Copy(x, x.At(row / p, (row % p * samples) + i), flat, flat.At(row, i));
            }
        }

        return flat;
    }

    /// <summary>The inputs, channel by channel where there are positions.</summary>
    private TwoWordEnds Exactly(double[] inputs)
    {
        var (p, dimension) = (graph?.Positions ?? 1, network.InputDimension);
        var ends = new TwoWordEnds(dimension / p, p * samples);
        for (var e = 0; e < inputs.Length; e++)
        {
            var (i, feature) = (e / dimension, e % dimension);
            var at = ends.At(feature / p, (feature % p * samples) + i);
            (ends.High[at], ends.High[ends.Upper + at]) = (inputs[e], inputs[e]);
        }

        return ends;
    }
}
