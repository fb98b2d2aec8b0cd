using System.Numerics.Tensors;
using System.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// Which positions a filter reads: output position j reads q positions, and every position is read q times (the q-regular graph of arXiv:1811.03962, appendix B).
/// </summary>
/// <remarks>Neighbours wrap around the border, in one dimension and in two: that is what makes the graph regular, and regularity what keeps norms.</remarks>
public sealed class PositionGraph : IEquatable<PositionGraph>
{
    /// <summary>Position that output position j reads at offset a: element a·p + j.</summary>
    private readonly int[] reads;

    private PositionGraph(int positions, int offsets, int[] reads) => (Positions, Offsets, this.reads) = (positions, offsets, reads);

    /// <summary>p, the number of positions.</summary>
    public int Positions { get; }

    /// <summary>q, how many positions an output position reads.</summary>
    public int Offsets { get; }

    /// <summary>p positions on a ring, each reading q consecutive ones around itself.</summary>
    /// <param name="positions">p ≥ 1.</param>
    /// <param name="filter">q, at most p.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ q ≤ p.</exception>
    public static PositionGraph Ring(int positions, int filter) => Torus(1, positions, 1, filter);

    /// <summary>A height × width grid that wraps around, read by filters of filterHeight × filterWidth; positions and offsets are numbered row by row.</summary>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="filterHeight">At most <paramref name="height"/>.</param>
    /// <param name="filterWidth">At most <paramref name="width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A filter is empty or larger than the grid: it would read a position twice.</exception>
    public static PositionGraph Torus(int height, int width, int filterHeight, int filterWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filterHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filterWidth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filterHeight, height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filterWidth, width);
        var (p, q) = (checked(height * width), filterHeight * filterWidth);
        var reads = new int[checked(p * q)];
        for (var a = 0; a < q; a++)
        {
            // The middle of the filter lies on the output position; of an even filter, the later of the two middles.
            var (down, right) = ((a / filterWidth) - (filterHeight / 2), (a % filterWidth) - (filterWidth / 2));
            for (var j = 0; j < p; j++)
            {
                reads[(a * p) + j] = (Wrapped((j / width) + down, height) * width) + Wrapped((j % width) + right, width);
            }
        }

        return new(p, q, reads);
    }

    /// <summary>The position that output position <paramref name="position"/> reads at an offset of the filter.</summary>
    public int Read(int position, int offset) => reads[(offset * Positions) + position];

    /// <inheritdoc/>
    public bool Equals(PositionGraph? other) => other is not null && (ReferenceEquals(this, other) || (Positions == other.Positions && reads.AsSpan().SequenceEqual(other.reads)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PositionGraph);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Positions, Offsets);

    /// <summary>
    /// Patches of a feature-major batch: row k·q + a, position j holds channel k at the position that j reads at offset a. Exact: numbers are moved.
    /// </summary>
    /// <param name="features">channels × (p · stride): element (k·p + j)·stride + i is channel k at position j of sample i.</param>
    /// <param name="patches">(channels · q) × (p · stride).</param>
    /// <param name="stride">Columns of one position.</param>
    internal void Gather<T>(ReadOnlySpan<T> features, Span<T> patches, int stride)
    {
        var channels = features.Length / (Positions * stride);
        for (var k = 0; k < channels; k++)
        {
            var channel = features.Slice(k * Positions * stride, Positions * stride);
            for (var a = 0; a < Offsets; a++)
            {
                var row = patches.Slice(((k * Offsets) + a) * Positions * stride, Positions * stride);
                for (var j = 0; j < Positions; j++)
                {
                    channel.Slice(Read(j, a) * stride, stride).CopyTo(row.Slice(j * stride, stride));
                }
            }
        }
    }

    /// <summary>The adjoint: every position sums what its q readers send back, in ascending order of their offsets, from zero: q − 1 roundings.</summary>
    /// <param name="patches">(channels · q) × (p · stride).</param>
    /// <param name="features">channels × (p · stride); overwritten.</param>
    /// <param name="stride">Columns of one position.</param>
    internal void Scatter<T>(ReadOnlySpan<T> patches, Span<T> features, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        features.Clear();
        var channels = features.Length / (Positions * stride);
        for (var k = 0; k < channels; k++)
        {
            var channel = features.Slice(k * Positions * stride, Positions * stride);
            for (var a = 0; a < Offsets; a++)
            {
                var row = patches.Slice(((k * Offsets) + a) * Positions * stride, Positions * stride);
                for (var j = 0; j < Positions; j++)
                {
                    var target = channel.Slice(Read(j, a) * stride, stride);
                    TensorPrimitives.Add(target, row.Slice(j * stride, stride), target);
                }
            }
        }
    }

    private static int Wrapped(int index, int length) => ((index % length) + length) % length;
}
