using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>All eigenvalues, and eigenvectors on request, of a symmetric matrix; with a rigorous error radius on demand.</summary>
/// <remarks>
/// Householder reduction to tridiagonal form (<see cref="HouseholderTridiagonal"/>), then the root-free QL iteration for values alone (<see cref="RootFreeQL"/>), divide and conquer (<see cref="DivideAndConquer"/>) and the reflections once more (<see cref="HouseholderBlock"/>) for
/// vectors. All are backward stable: the values are those of A + E with ‖E‖₂ a modest multiple of nu‖A‖₂. That is an estimate; <see cref="Radius"/> proves a bound for
/// the values at hand. Cost: 2n³/3 multiply-adds for the reduction, and O(n²) for the values of T; with vectors at most 2n³/3 more for those of T and n³ for the reflections, both in products.
/// <para>The matrix is scaled by a power of two to unit size first, so that no square in between overflows or vanishes.</para>
/// </remarks>
public static unsafe partial class SymmetricEigen
{
    /// <summary>Elements of workspace that <see cref="Values"/> (or <see cref="Decompose"/>, with <paramref name="vectors"/>) and <see cref="Radius"/> need.</summary>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="vectors">True for <see cref="Decompose"/> and <see cref="Radius"/>.</param>
    public static int WorkspaceLength(int n, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var kept = checked(((vectors ? 2 : 1) * n) + PackedTriangle.WorkspaceLength(n));
        return checked(kept + Math.Max(HouseholderTridiagonal.WorkspaceLength(n), vectors ? Math.Max(DivideAndConquer.WorkspaceLength(n), HouseholderBlock.WorkspaceLength(n)) : 0));
    }

    /// <summary>Eigenvalues in ascending order.</summary>
    /// <param name="a">A, n × n row-major; only the lower triangle is read. Destroyed.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="values">Receives the n eigenvalues.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/>(n, false) elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the order, or A holds an infinity or NaN.</exception>
    /// <exception cref="ArithmeticException">The iteration did not converge (its cap is far beyond what any matrix is known to need).</exception>
    public static void Values(Span<double> a, int n, Span<double> values, Span<double> workspace)
    {
        RequireShapes(a.Length, n, values.Length, workspace.Length, vectors: false);
        var exponent = Exponent(a, n);
        fixed (double* matrix = a, d = values, work = workspace)
        {
            double* offDiagonal = work, packing = work + n, reduction = packing + PackedTriangle.WorkspaceLength(n);
            var triangle = PackedTriangle.Pack(matrix, n, -exponent, packing);
            HouseholderTridiagonal.Reduce(triangle, n, d, offDiagonal, reflectors: null, reduction);
            RootFreeQL.Diagonalise(d, offDiagonal, n);
        }

        values.Sort();
        Unscale(values, exponent);
    }

    /// <summary>Eigenvalues in ascending order and orthonormal eigenvectors: A = VᵀΛV with the eigenvectors as rows of V.</summary>
    /// <param name="a">A, n × n row-major; only the lower triangle is read. Destroyed.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="values">Receives the n eigenvalues.</param>
    /// <param name="vectors">Receives V, n × n row-major: row k is the eigenvector of value k.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/>(n, true) elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the order, or A holds an infinity or NaN.</exception>
    /// <exception cref="ArithmeticException">The iteration did not converge (its cap is far beyond what any matrix is known to need).</exception>
    public static void Decompose(Span<double> a, int n, Span<double> values, Span<double> vectors, Span<double> workspace)
    {
        RequireShapes(a.Length, n, values.Length, workspace.Length, vectors: true);
        if (vectors.Length != a.Length)
        {
            throw new ArgumentException($"The eigenvectors of a matrix of order {n} need {a.Length} elements; the span has {vectors.Length}.", nameof(vectors));
        }

        var exponent = Exponent(a, n);
        fixed (double* matrix = a, d = values, rows = vectors, offDiagonal = workspace)
        {
            double* reflectors = offDiagonal + n, packing = reflectors + n, scratch = packing + PackedTriangle.WorkspaceLength(n);
            var triangle = PackedTriangle.Pack(matrix, n, -exponent, packing);
            HouseholderTridiagonal.Reduce(triangle, n, d, offDiagonal, reflectors, scratch);
            DivideAndConquer.Diagonalise(d, offDiagonal, n, rows, scratch);
            HouseholderBlock.ApplyTransposed(triangle, n, reflectors, rows, scratch);
        }

        SortWithRows(values, vectors, workspace[..n]);
        Unscale(values, exponent);
    }

    /// <summary>e with 2ᵉ ≤ |entry| &lt; 2ᵉ⁺¹ for the largest entry of the lower triangle; 0 for the zero matrix.</summary>
    private static int Exponent(ReadOnlySpan<double> a, int n)
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            var entry = Math.Abs(TensorPrimitives.MaxMagnitude(a.Slice(i * n, i + 1)));
            if (!double.IsFinite(entry))
            {
                throw new ArgumentException($"Row {i} of the symmetric matrix of order {n} holds {entry}; eigenvalues need finite entries.", nameof(a));
            }

            largest = Math.Max(largest, entry);
        }

        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    private static void Unscale(Span<double> values, int exponent)
    {
        foreach (ref var value in values)
        {
            value = Math.ScaleB(value, exponent);
        }
    }

    /// <summary>Selection sort: n² comparisons, but at most n exchanges of rows.</summary>
    private static void SortWithRows(Span<double> values, Span<double> rows, Span<double> scratch)
    {
        var n = values.Length;
        for (var i = 0; i < n - 1; i++)
        {
            var least = i + values[i..].IndexOf(TensorPrimitives.Min<double>(values[i..]));
            if (values[least] < values[i])
            {
                (values[i], values[least]) = (values[least], values[i]);
                rows.Slice(i * n, n).CopyTo(scratch);
                rows.Slice(least * n, n).CopyTo(rows.Slice(i * n, n));
                scratch[..n].CopyTo(rows.Slice(least * n, n));
            }
        }
    }

    private static void RequireShapes(int matrix, int n, int values, int workspace, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (matrix != (long)n * n || values != n)
        {
            throw new ArgumentException($"A matrix of order {n} has {(long)n * n} elements and {n} eigenvalues; the spans have {matrix} and {values}.");
        }

        if (workspace < WorkspaceLength(n, vectors))
        {
            throw new ArgumentException($"Order {n} needs {WorkspaceLength(n, vectors)} elements of workspace; the span has {workspace}.", nameof(workspace));
        }
    }
}
