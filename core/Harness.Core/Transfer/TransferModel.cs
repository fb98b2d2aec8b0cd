namespace Harness.Core.Transfer;

/// <summary>
/// The Gaussian model of transfer from K sources: independent X̄_k ~ N(θ + δ_k, I/n_k) in ℝ^d, k = 0, …, K, with δ_0 = 0. Group 0 is the target, whose mean θ is estimated; the δ_k are unknown.
/// </summary>
/// <remarks>
/// This is the canonical model of the problem that Chakraborty and Maity (arXiv 2605.09471) state; unit variance of a single observation sets the scale. Means are (K + 1) × d, a row a group.
/// </remarks>
public sealed class TransferModel
{
    private readonly double[] sizes;

    /// <summary>A model.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="sizes">n_0, …, n_K: positive and finite, not necessarily whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is less than 1.</exception>
    /// <exception cref="ArgumentException">There is no target, or a size is not a positive number.</exception>
    public TransferModel(int dimension, params ReadOnlySpan<double> sizes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (sizes.IsEmpty)
        {
            throw new ArgumentException("A model needs the size of its target.", nameof(sizes));
        }

        foreach (var size in sizes)
        {
            if (!(size > 0) || !double.IsFinite(size))
            {
                throw new ArgumentException($"Sample sizes are positive numbers; got {size}.", nameof(sizes));
            }

            TotalSize += size;
        }

        (Dimension, this.sizes) = (dimension, sizes.ToArray());
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>K.</summary>
    public int Sources => sizes.Length - 1;

    /// <summary>n_0, …, n_K.</summary>
    public ReadOnlySpan<double> Sizes => sizes;

    /// <summary>n_0.</summary>
    public double TargetSize => sizes[0];

    /// <summary>n_0 + … + n_K.</summary>
    public double TotalSize { get; }

    /// <summary>(K + 1)d, the length of all means.</summary>
    public int MeansLength => sizes.Length * Dimension;

    /// <summary>X̄_k among all means.</summary>
    /// <param name="means">(K + 1) × d.</param>
    /// <param name="k">0 for the target, 1, …, K for the sources.</param>
    public ReadOnlySpan<double> Mean(ReadOnlySpan<double> means, int k) => means.Slice(k * Dimension, Dimension);

    /// <summary>‖X̄_j − X̄_k‖² in units of its variance per coordinate, 1/n_j + 1/n_k: a χ²_d if both groups have the same mean.</summary>
    /// <param name="means">(K + 1) × d.</param>
    /// <param name="j">A group.</param>
    /// <param name="k">Another one.</param>
    public double Discrepancy(ReadOnlySpan<double> means, int j, int k) =>
        SquaredDistance.Between(Mean(means, j), Mean(means, k)) / ((1 / sizes[j]) + (1 / sizes[k]));
}
