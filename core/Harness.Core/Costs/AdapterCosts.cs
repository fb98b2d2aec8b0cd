namespace Harness.Core.Costs;

/// <summary>What a low-rank adapter of a d × k matrix holds and costs, exactly, in the units of <see cref="FullyConnectedCosts"/> (arXiv:2106.09685, section 4).</summary>
public readonly struct AdapterCosts
{
    private readonly long d, k, r;

    /// <summary>Costs at one shape.</summary>
    /// <param name="rows">d ≥ 1.</param>
    /// <param name="columns">k ≥ 1.</param>
    /// <param name="rank">r ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public AdapterCosts(int rows, int columns, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        (d, k, r) = (rows, columns, rank);
    }

    /// <summary>Trained numbers: r(d + k).</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long Parameters => checked(r * (d + k));

    /// <summary>Multiply-adds of merging, or of unmerging: dk(r + 1).</summary>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long Merge => checked(d * k * (r + 1));

    /// <summary>Multiply-adds of the product with n columns once merged: ndk, what the matrix costs without an adapter.</summary>
    /// <param name="samples">n.</param>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long MergedForward(int samples) => checked(samples * d * k);

    /// <summary>Multiply-adds of both products side by side: n(dk + r(d + k)), and nd for s times the second added to the first.</summary>
    /// <param name="samples">n.</param>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long UnmergedForward(int samples) => checked(samples * ((d * k) + (r * (d + k)) + d));

    /// <summary>Multiply-adds of a step on A and B from signals and arguments: (2n + 1)r(d + k).</summary>
    /// <param name="samples">n.</param>
    /// <exception cref="OverflowException">The count exceeds 2⁶³ − 1.</exception>
    public long Step(int samples) => checked(((2L * samples) + 1) * r * (d + k));
}
