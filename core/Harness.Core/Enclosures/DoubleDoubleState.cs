using System.Runtime.Intrinsics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>The workspace of <see cref="DoubleDoubleForward"/>: the batch at two neighbouring layers and the weights between them in rows.</summary>
/// <remarks>A number is the unevaluated sum high + low with |low| ≤ u|high|, within a radius of the exact one. Batches are feature-major, rows padded to whole vectors.</remarks>
public sealed class DoubleDoubleState
{
    /// <summary>Allocates the workspace.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than one.</exception>
    public DoubleDoubleState(FullyConnected<double> network, int samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Samples, OutputDimension) = (samples, network.OutputDimension);
        Stride = (samples + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        var widest = Math.Max(network.Width, Math.Max(network.InputDimension, network.OutputDimension));
        (Below, Above, Spread) = (new(widest * Stride), new(widest * Stride), new double[widest * Stride]);
        Rows = new double[network.Width * widest];
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>d.</summary>
    public int OutputDimension { get; }

    /// <summary>Elements between two features.</summary>
    public int Stride { get; }

    /// <summary>Output j of sample i after a pass.</summary>
    /// <param name="sample">i.</param>
    /// <param name="output">j.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample or output.</exception>
    public DoubleDoubleBall Output(int sample, int output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sample, (uint)Samples, nameof(sample));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)output, (uint)OutputDimension, nameof(output));
        var at = (output * Stride) + sample;
        return new(Below.High[at], Below.Low[at], Below.Radii[at]);
    }

    /// <summary>What the next layer reads; after a pass the outputs y, d × n.</summary>
    internal DoubleDoubleBatch Below { get; set; }

    /// <summary>What the next layer writes.</summary>
    internal DoubleDoubleBatch Above { get; set; }

    /// <summary>What a product of magnitudes is applied to.</summary>
    internal double[] Spread { get; }

    /// <summary>A layer's weights, row-major.</summary>
    internal double[] Rows { get; }
}

/// <summary>A batch of double-double numbers with radii.</summary>
internal sealed class DoubleDoubleBatch(int length)
{
    public double[] High { get; } = new double[length];

    public double[] Low { get; } = new double[length];

    public double[] Radii { get; } = new double[length];
}
