using System.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// The convolutional network of arXiv:1811.03962, appendix B: h_{0,j} = φ(A x_{Q_j}); h_{l,j} = φ(W_l h_{l−1,Q_j}) for l = 1…L − 1 at every position j, where Q_j are the q positions that j reads;
/// a dense layer h_L = φ(W_L h_{L−1}) over all positions; y = B h_L.
/// </summary>
/// <remarks>
/// With p positions and c input channels: A is m × cq, W_l is m × mq, W_L is m × mp, B is d × m. A and W_l are shared by all positions. Initially A, W_l ~ N(0, 2/(qm)), W_L ~ N(0, 2/m) and
/// B ~ N(0, 1/d): since every position is read q times, the squared norm of all features of a layer has the input's as its expectation (docs/derivations.md, "Convolution and residual layers").
/// <para>An input has c·p numbers, channel by channel: number k·p + j is channel k at position j. A row of a filter has channel by channel its q offsets: entry k·q + a. (PyTorch's order of
/// N × C × H × W inputs and C' × C × H × W filters, both flattened.)</para>
/// <para>The paper also adds a small random bias to every position; a constant channel in the input does the same here, and no bias is trained.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Convolutional<T> : Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of the given shape with all weights zero.</summary>
    /// <param name="graph">The p positions and which of them a filter reads.</param>
    /// <param name="inputChannels">c ≥ 1: numbers at one position of the input.</param>
    /// <param name="width">m ≥ 1: channels of every convolution and neurons of the dense layer.</param>
    /// <param name="depth">L ≥ 1: L − 1 convolutions above that of the input, and the dense layer.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public Convolutional(PositionGraph graph, int inputChannels, int width, int depth, int outputDimension)
        : base(Layers(graph, inputChannels, width, depth, outputDimension)) => Graph = graph;

    /// <summary>The positions.</summary>
    public PositionGraph Graph { get; }

    private static LayerForm[] Layers(PositionGraph graph, int inputChannels, int width, int depth, int outputDimension)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        var (p, q) = (graph.Positions, graph.Offsets);
        var forms = new LayerForm[depth + 2];
        Array.Fill(forms, new(width, checked(width * q), p, graph));
        forms[0] = new(width, checked(inputChannels * q), p, graph);
        forms[depth] = new(width, checked(width * p));
        forms[^1] = new(outputDimension, width);
        return forms;
    }
}
