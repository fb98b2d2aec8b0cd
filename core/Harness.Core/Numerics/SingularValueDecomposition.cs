using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>Singular values and vectors of a matrix with few rows, and of a product of two factors with few columns between them, without forming a Gram matrix.</summary>
/// <remarks>
/// One-sided Jacobi (Hestenes, J. SIAM 6 (1958); Demmel, Veselić, SIAM J. Matrix Anal. Appl. 13 (1992)): pairs of rows are rotated until they are orthogonal; what is left of the rows are the singular values as norms and the right
/// vectors as directions. Small singular values keep their relative accuracy where the rows can be scaled to a well-conditioned matrix; a Gram matrix would lose all below √u of the largest.
/// <para>Cost: about 8r²k multiply-adds a sweep for r × k, 6 to 10 sweeps. Sums are <see cref="FixedOrder"/>'s: the same bits at every vector width.</para>
/// </remarks>
public static class SingularValueDecomposition
{
    /// <summary>Rows whose cosine is below this are orthogonal: a few roundings of an inner product.</summary>
    private const double Orthogonal = 1e-15;

    private const int SweepLimit = 60;

    /// <summary>A = Uᵀ diag(σ) V with singular values in descending order.</summary>
    /// <param name="rows">A, r × k row-major; replaced by V, r × k, row i the right singular vector of σ_i (zero where σ_i is).</param>
    /// <param name="count">r.</param>
    /// <param name="values">Receives σ: r numbers.</param>
    /// <param name="left">Receives U, r × r: row i is the left singular vector of σ_i.</param>
    /// <exception cref="ArgumentException">A span does not fit, or A holds an infinity or NaN.</exception>
    /// <exception cref="ArithmeticException">The sweeps did not converge.</exception>
    public static void Compute(Span<double> rows, int count, Span<double> values, Span<double> left)
    {
        if (count < 1 || rows.Length % count != 0 || values.Length != count || left.Length != count * count)
        {
            throw new ArgumentException($"{count} rows have {count} singular values and {(long)count * count} elements of left vectors; got {values.Length} and {left.Length} for {rows.Length} numbers.");
        }

        if (!double.IsFinite(FixedOrder.Sum<double>(rows)) || !double.IsFinite(FixedOrder.SumOfSquares<double>(rows)))
        {
            throw new ArgumentException("The matrix holds an infinity or NaN, or squares that overflow; singular values need finite entries below 1e150.", nameof(rows));
        }

        var width = rows.Length / count;
        left.Clear();
        for (var i = 0; i < count; i++)
        {
            left[(i * count) + i] = 1;
        }

        for (var sweep = 0; Sweep(rows, left, count, width); sweep++)
        {
            if (sweep == SweepLimit)
            {
                throw new ArithmeticException($"One-sided Jacobi did not orthogonalise {count} rows in {SweepLimit} sweeps.");
            }
        }

        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * width, width);
            values[i] = Math.Sqrt(FixedOrder.SumOfSquares<double>(row));
            if (values[i] > 0)
            {
                TensorPrimitives.Divide(row, values[i], row);
            }
        }

        Sort(rows, left, values, width);
    }

    /// <summary>BA = Uᵀ diag(σ) V for B d × r and A r × k: Bᵀ is decomposed first, then diag(σ_B) U_B A.</summary>
    /// <param name="upTransposed">Bᵀ, r × d row-major; replaced by U, r × d (a row is zero where B has no direction left).</param>
    /// <param name="down">A, r × k row-major; replaced by V, r × k.</param>
    /// <param name="rank">r.</param>
    /// <param name="values">Receives σ: r numbers in descending order.</param>
    /// <param name="workspace">At least 2r² + r·max(d, k) elements.</param>
    /// <exception cref="ArgumentException">A span does not fit, or a factor holds an infinity or NaN.</exception>
    public static void OfProduct(Span<double> upTransposed, Span<double> down, int rank, Span<double> values, Span<double> workspace)
    {
        if (rank < 1 || upTransposed.Length % rank != 0 || down.Length % rank != 0 || workspace.Length < (2 * rank * rank) + Math.Max(upTransposed.Length, down.Length))
        {
            throw new ArgumentException($"Factors of rank {rank} with {upTransposed.Length} and {down.Length} numbers need {(2 * rank * rank) + Math.Max(upTransposed.Length, down.Length)} elements of workspace; got {workspace.Length}.", nameof(workspace));
        }

        var first = workspace[..(rank * rank)];
        var second = workspace.Slice(rank * rank, rank * rank);
        Compute(upTransposed, rank, values, first);
        for (var i = 0; i < rank; i++)
        {
            TensorPrimitives.Multiply(first.Slice(i * rank, rank), values[i], first.Slice(i * rank, rank));
        }

        Replace(first, down, rank, workspace[(2 * rank * rank)..]);
        Compute(down, rank, values, second);
        Replace(second, upTransposed, rank, workspace[(2 * rank * rank)..]);
    }

    /// <summary>Rotates every pair of rows once; false if none needed it.</summary>
    private static bool Sweep(Span<double> rows, Span<double> left, int count, int width)
    {
        var rotated = false;
        for (var p = 0; p < count - 1; p++)
        {
            for (var q = p + 1; q < count; q++)
            {
                var x = rows.Slice(p * width, width);
                var y = rows.Slice(q * width, width);
                var (α, β, γ) = (FixedOrder.SumOfSquares<double>(x), FixedOrder.SumOfSquares<double>(y), FixedOrder.Dot<double>(x, y));
                if (!(Math.Abs(γ) > Orthogonal * Math.Sqrt(α) * Math.Sqrt(β)))
                {
                    continue;
                }

                rotated = true;
                var ζ = (β - α) / (2 * γ);
                var tangent = (ζ < 0 ? -1 : 1) / (Math.Abs(ζ) + Math.Sqrt(1 + (ζ * ζ)));
                var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                Rotate(x, y, cosine, cosine * tangent);
                Rotate(left.Slice(p * count, count), left.Slice(q * count, count), cosine, cosine * tangent);
            }
        }

        return rotated;
    }

    private static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = ((cosine * x[i]) - (sine * y[i]), (sine * x[i]) + (cosine * y[i]));
        }
    }

    /// <summary>Rows ← M·rows.</summary>
    private static void Replace(ReadOnlySpan<double> m, Span<double> rows, int count, Span<double> copy)
    {
        var width = rows.Length / count;
        copy = copy[..rows.Length];
        rows.CopyTo(copy);
        rows.Clear();
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * width, width);
            for (var j = 0; j < count; j++)
            {
                TensorPrimitives.FusedMultiplyAdd(copy.Slice(j * width, width), m[(i * count) + j], row, row);
            }
        }
    }

    private static void Sort(Span<double> rows, Span<double> left, Span<double> values, int width)
    {
        var count = values.Length;
        for (var i = 0; i < count - 1; i++)
        {
            var largest = i + TensorPrimitives.IndexOfMax<double>(values[i..]);
            (values[i], values[largest]) = (values[largest], values[i]);
            Exchange(rows.Slice(i * width, width), rows.Slice(largest * width, width));
            Exchange(left.Slice(i * count, count), left.Slice(largest * count, count));
        }
    }

    private static void Exchange(Span<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
