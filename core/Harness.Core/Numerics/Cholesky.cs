using System.Numerics;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>The Cholesky factorisation A = LLᵀ of a symmetric positive definite matrix, and the solution of its systems.</summary>
/// <remarks>
/// Left-looking in blocks of 64 columns: the contraction kernel takes all earlier columns off a block, so that an entry of A is updated once and L is read once a block; the square on the diagonal is
/// factored, and the rows below it are solved against it in strips (<see cref="CholeskyBlock{TSimd,TVector,T}"/>). If the factorisation completes, LLᵀ = A + E with |E| ≤ γ_{n+1} |L||Lᵀ|, in whatever order the
/// sums are taken (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., theorem 10.3). Cost: n³/6 multiply-adds.
/// </remarks>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">A, n × n row-major. Only its lower triangle is read or written.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <returns>False when a pivot is not positive (or not a number): A is then not positive definite up to rounding, and the content of its lower triangle is undefined.</returns>
    /// <exception cref="ArgumentException">The span is not n × n.</exception>
    public static unsafe bool TryFactor<T>(Span<T> a, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSquare(a.Length, n);
        fixed (T* matrix = a)
        {
            return Vector512.IsHardwareAccelerated ? CholeskyBlock<Paired<Simd512<T>, Vector512<T>, T>, Pair<Vector512<T>>, T>.TryFactor(matrix, n)
                : Vector256.IsHardwareAccelerated ? CholeskyBlock<Paired<Simd256<T>, Vector256<T>, T>, Pair<Vector256<T>>, T>.TryFactor(matrix, n)
                : CholeskyBlock<Paired<Simd128<T>, Vector128<T>, T>, Pair<Vector128<T>>, T>.TryFactor(matrix, n);
        }
    }

    /// <summary>d_k: if the factorisation completes, LLᵀ = A + E with |E| ≤ |L| diag(γ_{d_k}) |Lᵀ|, barring underflow. It follows the order of operations and must change with it.</summary>
    /// <remarks>
    /// An element takes its products from it one after the other; when that with column k joins, k roundings lie behind the element, and what comes after is common to both. Between the two strips of a
    /// square 32 products are summed first. A division adds one rounding to the last term, a square root two. Hence k + 34 (docs/derivations.md, "Enclosures").
    /// </remarks>
    /// <param name="column">k, from zero.</param>
    internal static int RoundingDepth(int column) => column + 34;

    /// <summary>Solves LLᵀx = b in place.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="factor">L in the lower triangle, n × n row-major, as <see cref="TryFactor"/> leaves it.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="b">b on entry, x on return.</param>
    /// <exception cref="ArgumentException">A span does not fit the order.</exception>
    public static void Solve<T>(ReadOnlySpan<T> factor, int n, Span<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSquare(factor.Length, n);
        if (b.Length != n)
        {
            throw new ArgumentException($"A system of order {n} needs a right-hand side of {n} elements; got {b.Length}.", nameof(b));
        }

        for (var i = 0; i < n; i++)
        {
            b[i] = (b[i] - FixedOrder.Dot(factor.Slice(i * n, i), b[..i])) / factor[(i * n) + i];
        }

        // Backwards by rows of L, that is by columns of Lᵀ: once x[i] is known it leaves all earlier equations.
        for (var i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[(i * n) + i];
            var row = factor.Slice(i * n, i);
            for (var j = 0; j < row.Length; j++)
            {
                b[j] = T.FusedMultiplyAdd(-b[i], row[j], b[j]);
            }
        }
    }

    private static void RequireSquare(int length, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (length != (long)n * n)
        {
            throw new ArgumentException($"A matrix of order {n} has {(long)n * n} elements; the span has {length}.");
        }
    }
}
