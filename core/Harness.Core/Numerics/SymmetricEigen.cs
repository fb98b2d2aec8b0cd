using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>All eigenvalues, and eigenvectors on request, of a symmetric matrix; with a rigorous error radius on demand.</summary>
/// <remarks>
/// Householder reduction to tridiagonal form (<see cref="HouseholderTridiagonal"/>), then the implicit QL iteration (<see cref="ImplicitQL"/>). Both are backward
/// stable: the values are those of A + E with ‖E‖₂ a modest multiple of nu‖A‖₂. That is an estimate; <see cref="Radius"/> proves a bound for
/// the values at hand. Cost: about 4/3 n³ multiply-adds for values, 6n³ with vectors.
/// <para>The matrix is scaled by a power of two to unit size first, so that no square in between overflows or vanishes.</para>
/// </remarks>
public static partial class SymmetricEigen
{
    /// <summary>Elements of workspace that <see cref="Values"/> (or <see cref="Decompose"/>, with <paramref name="vectors"/>) and <see cref="Radius"/> need.</summary>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="vectors">True for <see cref="Decompose"/> and <see cref="Radius"/>.</param>
    public static int WorkspaceLength(int n, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return checked((vectors ? 4 : 3) * n);
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
        var exponent = ScaleToUnit(a, n);
        var offDiagonal = workspace[..n];
        HouseholderTridiagonal.Reduce(a, n, values, offDiagonal, workspace.Slice(n, 2 * n), reflectors: []);
        ImplicitQL.Diagonalise(values, offDiagonal, rows: []);
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

        var exponent = ScaleToUnit(a, n);
        var offDiagonal = workspace[..n];
        var reflectors = workspace.Slice(3 * n, n);
        HouseholderTridiagonal.Reduce(a, n, values, offDiagonal, workspace.Slice(n, 2 * n), reflectors);
        HouseholderTridiagonal.Transformation(a, n, reflectors, vectors);
        ImplicitQL.Diagonalise(values, offDiagonal, vectors);
        SortWithRows(values, vectors, workspace[..n]);
        Unscale(values, exponent);
    }

    /// <summary>Scales the lower triangle by 2⁻ᵉ, exactly but for underflow, so that its largest entry is in [1, 2); returns e.</summary>
    private static int ScaleToUnit(Span<double> a, int n)
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            foreach (var entry in a.Slice(i * n, i + 1))
            {
                if (!double.IsFinite(entry))
                {
                    throw new ArgumentException($"Row {i} of the symmetric matrix of order {n} holds {entry}; eigenvalues need finite entries.", nameof(a));
                }

                largest = Math.Max(largest, Math.Abs(entry));
            }
        }

        var exponent = largest == 0 ? 0 : Math.ILogB(largest);
        if (exponent != 0)
        {
            for (var i = 0; i < n; i++)
            {
                foreach (ref var entry in a.Slice(i * n, i + 1))
                {
                    entry = Math.ScaleB(entry, -exponent);
                }
            }
        }

        return exponent;
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
