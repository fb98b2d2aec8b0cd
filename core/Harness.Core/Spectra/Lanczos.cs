using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>A few of the largest eigenvalues of a large symmetric matrix with their vectors, from products with it alone.</summary>
/// <remarks>
/// Lanczos with full reorthogonalisation, twice, and thick restarts: Wu, Simon, SIAM J. Matrix Anal. Appl. 22 (2000); Parlett, "The Symmetric Eigenvalue Problem", chapter 13. The projected matrix is made of the
/// overlaps that the orthogonalisation computes anyway, so nothing has to be assumed of its form after a restart. Where the basis spans an invariant subspace a random vector goes on, so a matrix of low rank and a multiple
/// eigenvalue do no harm.
/// <para>What is proven is the residual of each pair (<see cref="EigenpairBounds.Residual"/>): some eigenvalue is within it. That none was missed is not: for that, <see cref="SymmetricEigen.Radius"/> of the whole
/// spectrum. Smallest eigenvalues: apply −A.</para>
/// </remarks>
public static class Lanczos
{
    private const int RestartLimit = 100;

    /// <summary>Elements of workspace for <see cref="Largest"/>.</summary>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="count">Number of eigenpairs.</param>
    public static int WorkspaceLength(int n, int count)
    {
        var m = BasisSize(n, count);
        var projected = Math.Max(SymmetricEigen.WorkspaceLength(m, vectors: true), SymmetricEigen.WorkspaceLength(Math.Min(m, PackedTriangle.SmallestInPlace - 1), vectors: true));
        return checked(((m + m + 1) * n) + (3 * m * m) + m + projected);
    }

    /// <summary>The largest eigenvalues, in descending order, with vectors and residuals.</summary>
    /// <typeparam name="TOperator">The operator.</typeparam>
    /// <param name="matrix">A.</param>
    /// <param name="start">Random numbers of the starting vector.</param>
    /// <param name="tolerance">Residual to aim at, relative to the largest eigenvalue in magnitude; what rounding forbids is not reached.</param>
    /// <param name="values">Receives as many Ritz values as it is long, at most n.</param>
    /// <param name="vectors">Receives the Ritz vectors as rows, count × n.</param>
    /// <param name="residuals">Receives the proven residuals: an eigenvalue of A is within residuals[i] of values[i].</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>True if every estimated residual fell below the tolerance before the restarts ran out; the proven ones hold either way.</returns>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    public static bool Largest<TOperator>(
        scoped TOperator matrix, RandomStream start, double tolerance, Span<double> values, Span<double> vectors, Span<double> residuals, Span<double> workspace)
        where TOperator : ISymmetricOperator, allows ref struct
    {
        var (n, count) = (matrix.Order, values.Length);
        if (count < 1 || count > n || vectors.Length != (long)count * n || residuals.Length != count || workspace.Length < WorkspaceLength(n, count))
        {
            throw new ArgumentException(
                $"{count} eigenpairs of order {n} need {count} residuals, {(long)count * n} elements of vectors and {WorkspaceLength(n, count)} of workspace; got {residuals.Length}, {vectors.Length} and {workspace.Length}.");
        }

        var m = BasisSize(n, count);
        var basis = workspace[..(m * n)];
        var ritz = workspace.Slice(m * n, m * n);
        var next = workspace.Slice(2 * m * n, n);
        workspace = workspace[(((2 * m) + 1) * n)..];
        var projected = workspace[..(m * m)];
        var scratch = workspace.Slice(m * m, m * m);
        var rotation = workspace.Slice(2 * m * m, m * m);
        var ritzValues = workspace.Slice(3 * m * m, m);
        workspace = workspace[((3 * m * m) + m)..];
        projected.Clear();
        start.FillGaussian(next, 1.0);
        var converged = false;
        for (int restart = 0, kept = 0; ; restart++)
        {
            var β = Extend(matrix, basis, projected, next, m, kept, start.Derive((ulong)restart));
            projected.CopyTo(scratch);
            SymmetricEigen.Decompose(scratch, m, ritzValues, rotation, workspace);
            converged = m == n || IsConverged(β, ritzValues, rotation, count, tolerance);
            if (converged || restart == RestartLimit)
            {
                break;
            }

            kept = count + ((m - count) / 2);
            Restart(basis, ritz, projected, ritzValues, rotation, n, kept);
        }

        for (var i = 0; i < count; i++)
        {
            values[i] = ritzValues[m - 1 - i];
            var vector = vectors.Slice(i * n, n);
            Combine(basis, rotation.Slice((m - 1 - i) * m, m), vector);
            residuals[i] = EigenpairBounds.Residual(matrix, values[i], vector, next);
        }

        return converged;
    }

    private static int BasisSize(int n, int count) => Math.Min(n, (2 * count) + 32);

    /// <summary>Fills the basis from vector <paramref name="kept"/> on and the rows of the projected matrix; returns the norm of what is left.</summary>
    private static double Extend<TOperator>(scoped TOperator matrix, Span<double> basis, Span<double> projected, Span<double> next, int m, int kept, RandomStream spare)
        where TOperator : ISymmetricOperator, allows ref struct
    {
        var n = next.Length;
        var size = 0.0;
        for (var k = kept; k < m; k++)
        {
            var norm = Norm(next);
            if (norm <= 1e-14 * size || norm == 0)
            {
                // The basis spans an invariant subspace up to rounding.
                spare.Derive((ulong)k).FillGaussian(next, 1.0);
                Orthogonalise(basis, next, k, []);
                norm = Norm(next);
            }

            var current = basis.Slice(k * n, n);
            TensorPrimitives.Multiply(next, 1 / norm, current);
            matrix.Apply(current, next);
            size = Math.Max(size, Norm(next));
            Orthogonalise(basis, next, k + 1, projected.Slice(k * m, m));
        }

        return Norm(next);
    }

    /// <summary>Takes the first <paramref name="count"/> vectors of the basis off <paramref name="next"/>, twice, and adds up the overlaps.</summary>
    private static void Orthogonalise(ReadOnlySpan<double> basis, Span<double> next, int count, Span<double> overlaps)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < count; j++)
            {
                var vector = basis.Slice(j * next.Length, next.Length);
                var overlap = FixedOrder.Dot(vector, next);
                if (!overlaps.IsEmpty)
                {
                    overlaps[j] += overlap;
                }

                TensorPrimitives.FusedMultiplyAdd(vector, -overlap, next, next);
            }
        }
    }

    private static bool IsConverged(double β, ReadOnlySpan<double> values, ReadOnlySpan<double> rotation, int count, double tolerance)
    {
        var m = values.Length;
        var scale = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        for (var i = 0; i < count; i++)
        {
            if (!(Math.Abs(β * rotation[((m - 1 - i) * m) + m - 1]) <= tolerance * scale))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Begins a new basis with the leading Ritz vectors; the vector that is next is orthogonal to them as it was to all.</summary>
    private static void Restart(Span<double> basis, Span<double> ritz, Span<double> projected, ReadOnlySpan<double> values, ReadOnlySpan<double> rotation, int n, int kept)
    {
        var m = values.Length;
        projected.Clear();
        for (var i = 0; i < kept; i++)
        {
            Combine(basis, rotation.Slice((m - 1 - i) * m, m), ritz.Slice(i * n, n));
            projected[(i * m) + i] = values[m - 1 - i];
        }

        ritz[..(kept * n)].CopyTo(basis);
    }

    private static void Combine(ReadOnlySpan<double> basis, ReadOnlySpan<double> coefficients, Span<double> vector)
    {
        vector.Clear();
        for (var j = 0; j < coefficients.Length; j++)
        {
            TensorPrimitives.FusedMultiplyAdd(basis.Slice(j * vector.Length, vector.Length), coefficients[j], vector, vector);
        }
    }

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(FixedOrder.SumOfSquares(x));
}
