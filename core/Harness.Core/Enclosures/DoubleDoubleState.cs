using System.Runtime.Intrinsics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>The workspace of <see cref="DoubleDoubleForward"/>: the batch at two neighbouring layers, what a filter reads of the lower one, and the weights between them in rows.</summary>
/// <remarks>A number is the unevaluated sum high + low with |low| ≤ u|high|, within a radius of the exact one. Batches are feature-major, rows padded to whole vectors.</remarks>
public sealed class DoubleDoubleState
{
    private readonly LayerForm[] forms;

    /// <summary>Allocates the workspace.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than one.</exception>
    public DoubleDoubleState(Network<double> network, int samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Samples, OutputDimension) = (samples, network.OutputDimension);
        Stride = (samples + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        forms = network.Forms.ToArray();
        var (widest, reads, patches, rows) = (network.InputDimension, 0, 0, 0);
        foreach (var form in forms)
        {
            widest = Math.Max(widest, form.Rows * form.Positions);
            reads = Math.Max(reads, form.Columns * form.Positions);
            patches = Math.Max(patches, form.Reads is null ? 0 : form.Columns * form.Positions);
            rows = Math.Max(rows, checked(form.Rows * form.Columns));
        }

        (Below, Above, Patches) = (new(checked(widest * Stride)), new(widest * Stride), new(checked(patches * Stride)));
        (Spread, Rows) = (new double[checked(reads * Stride)], new double[rows]);
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

    /// <summary>What a filter reads, where a layer has one.</summary>
    internal DoubleDoubleBatch Patches { get; }

    /// <summary>What a product of magnitudes is applied to.</summary>
    internal double[] Spread { get; }

    /// <summary>A layer's weights, row-major.</summary>
    internal double[] Rows { get; }

    /// <summary>Whether the network has the shape that this state was made for.</summary>
    internal bool Fits(Network<double> network) => network.Forms.SequenceEqual(forms);
}

/// <summary>A batch of double-double numbers with radii.</summary>
internal sealed class DoubleDoubleBatch(int length)
{
    public double[] High { get; } = new double[length];

    public double[] Low { get; } = new double[length];

    public double[] Radii { get; } = new double[length];

    public DoubleDoubleBall this[int at] => new(High[at], Low[at], Radii[at]);
}
