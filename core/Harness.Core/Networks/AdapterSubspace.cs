using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>The subspaces that adapters span (arXiv:2106.09685, sections 7.2 and 7.3, appendix G): similarity and amplification.</summary>
/// <remarks>
/// Right singular vectors of A, r × k with r ≤ k, are Aᵀu/σ for the eigenvectors u of AAᵀ with eigenvalues σ². A direction with σ below 10⁻⁷ of the largest is lost in the rounding of AAᵀ; such an A has no well-defined
/// subspace of that dimension, and is refused.
/// </remarks>
public static class AdapterSubspace
{
    private const double LeastRelativeSquare = 1e-14;

    /// <summary>
    /// φ(A, B, i, j) = ‖UᵀV‖²_F/min(i, j) ∈ [0, 1], where the columns of U and V are the first i and j right singular vectors of A and B. Of independent Gaussian matrices E φ = max(i, j)/k.
    /// </summary>
    /// <param name="first">A, r × k row-major.</param>
    /// <param name="firstRank">r.</param>
    /// <param name="i">1 ≤ i ≤ r.</param>
    /// <param name="second">B, r′ × k row-major.</param>
    /// <param name="secondRank">r′.</param>
    /// <param name="j">1 ≤ j ≤ r′.</param>
    /// <param name="columns">k.</param>
    /// <exception cref="ArgumentException">A matrix has another size, too few directions, or singular values too small to tell its directions.</exception>
    public static double Similarity(ReadOnlySpan<double> first, int firstRank, int i, ReadOnlySpan<double> second, int secondRank, int j, int columns)
    {
        var (u, v) = (RightSingularVectors(first, firstRank, i, columns), RightSingularVectors(second, secondRank, j, columns));
        var sum = 0.0;
        for (var a = 0; a < i; a++)
        {
            for (var b = 0; b < j; b++)
            {
                var cosine = FixedOrder.Dot<double>(u.AsSpan(a * columns, columns), v.AsSpan(b * columns, columns));
                sum = Math.FusedMultiplyAdd(cosine, cosine, sum);
            }
        }

        return sum / Math.Min(i, j);
    }

    /// <summary>The first right singular vectors, count × k row-major, from the largest singular value down.</summary>
    /// <param name="matrix">A, r × k row-major.</param>
    /// <param name="rank">r.</param>
    /// <param name="count">1 ≤ count ≤ r.</param>
    /// <param name="columns">k ≥ r.</param>
    /// <exception cref="ArgumentException">The matrix has another size, too few directions, or singular values too small to tell its directions.</exception>
    public static double[] RightSingularVectors(ReadOnlySpan<double> matrix, int rank, int count, int columns)
    {
        if (matrix.Length != (long)rank * columns || rank > columns || count < 1 || count > rank)
        {
            throw new ArgumentException($"{count} directions of a {rank} × {columns} matrix of {matrix.Length} numbers: give {(long)rank * columns} numbers with r ≤ k and between 1 and {rank} directions.", nameof(matrix));
        }

        var (gram, values, vectors) = (new double[rank * rank], new double[rank], new double[rank * rank]);
        for (var a = 0; a < rank; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                gram[(a * rank) + b] = gram[(b * rank) + a] = FixedOrder.Dot<double>(matrix.Slice(a * columns, columns), matrix.Slice(b * columns, columns));
            }
        }

        SymmetricEigen.Decompose(gram, rank, values, vectors, new double[SymmetricEigen.WorkspaceLength(rank, vectors: true)]);
        if (!(values[rank - count] > LeastRelativeSquare * values[^1]))
        {
            throw new ArgumentException($"Direction {count} of the matrix has a singular value below 1e-7 of the largest; ask for fewer directions.", nameof(count));
        }

        var directions = new double[count * columns];
        for (var a = 0; a < count; a++)
        {
            var direction = directions.AsSpan(a * columns, columns);
            for (var b = 0; b < rank; b++)
            {
                TensorPrimitives.FusedMultiplyAdd(matrix.Slice(b * columns, columns), vectors[((rank - 1 - a) * rank) + b], direction, direction);
            }
        }

        Orthonormalise(directions, count, columns);
        return directions;
    }

    /// <summary>Makes the rows of a matrix orthonormal, in order, by Gram and Schmidt twice over.</summary>
    /// <param name="rows">count × columns row-major, of full rank; replaced.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="columns">Their length.</param>
    public static void Orthonormalise(Span<double> rows, int count, int columns)
    {
        for (var a = 0; a < count; a++)
        {
            var row = rows.Slice(a * columns, columns);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var b = 0; b < a; b++)
                {
                    var other = rows.Slice(b * columns, columns);
                    TensorPrimitives.FusedMultiplyAdd(other, -FixedOrder.Dot<double>(row, other), row, row);
                }
            }

            TensorPrimitives.Multiply(row, 1 / Math.Sqrt(FixedOrder.SumOfSquares<double>(row)), row);
        }
    }

    /// <summary>‖ΔW‖_F/‖UᵀWV‖_F with U and V the left and right singular frames of ΔW: how much more of what W has there the adapter adds (section 7.3).</summary>
    /// <param name="updateNorm">‖ΔW‖_F.</param>
    /// <param name="leftFrame">Uᵀ, r × d row-major, orthonormal rows.</param>
    /// <param name="rightFrame">Vᵀ, r × k row-major, orthonormal rows.</param>
    /// <param name="weights">W, d × k.</param>
    /// <param name="rank">r.</param>
    /// <exception cref="ArgumentException">A frame has another size.</exception>
    public static double Amplification(double updateNorm, ReadOnlySpan<double> leftFrame, ReadOnlySpan<double> rightFrame, Weights<double> weights, int rank)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (leftFrame.Length != rank * weights.Rows || rightFrame.Length != rank * weights.Columns)
        {
            throw new ArgumentException($"Frames of {rank} vectors of a {weights.Rows} × {weights.Columns} matrix have {rank * weights.Rows} and {rank * weights.Columns} numbers; got {leftFrame.Length} and {rightFrame.Length}.", nameof(leftFrame));
        }

        var (image, sum) = (new double[weights.Rows], 0.0);
        for (var b = 0; b < rank; b++)
        {
            weights.Multiply(rightFrame.Slice(b * weights.Columns, weights.Columns), image, 1, 1);
            for (var a = 0; a < rank; a++)
            {
                var entry = FixedOrder.Dot<double>(leftFrame.Slice(a * weights.Rows, weights.Rows), image);
                sum = Math.FusedMultiplyAdd(entry, entry, sum);
            }
        }

        return updateNorm / Math.Sqrt(sum);
    }
}
