using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>The Cholesky factorisation A = LLᵀ of a symmetric positive definite matrix, and the solution of its systems.</summary>
/// <remarks>
/// Right-looking in blocks of columns: a block is factored by inner products of rows, and what is left of the matrix is updated by the
/// contraction kernel. If the factorisation completes, LLᵀ = A + E with |E| ≤ γ_{n+1} |L||Lᵀ|, in whatever order the sums are taken
/// (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., theorem 10.3); for the order taken here, with the smaller γ of <see cref="RoundingDepth"/>.
/// </remarks>
public static class Cholesky
{
    private const int BlockColumns = 64;

    /// <summary>Replaces the lower triangle of A by L.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">A, n × n row-major. Only its lower triangle is read or written.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <returns>False when a pivot is not positive (or not a number): A is then not positive definite up to rounding, and the content of its lower triangle is undefined.</returns>
    /// <exception cref="ArgumentException">The span is not n × n.</exception>
    public static bool TryFactor<T>(Span<T> a, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSquare(a.Length, n);
        for (var first = 0; first < n; first += BlockColumns)
        {
            var count = Math.Min(BlockColumns, n - first);
            if (!TryFactorBlock(a, n, first, count))
            {
                return false;
            }

            Downdate(a, n, first, count);
        }

        return true;
    }

    /// <summary>d: if the factorisation of a matrix of order n completes, LLᵀ = A + E with |E| ≤ γ_d |L||Lᵀ|, barring underflow. It follows the order of operations below and must change with it.</summary>
    /// <remarks>
    /// A product of block b passes at most 64 roundings in its block's sum; the element it is taken from has by then passed b subtractions, and what comes after is common to both. The element itself passes
    /// one subtraction a block and a division, or a square root, whose error counts twice. So no term differs from another by more than min(n, 64) + ⌈n/64⌉ + 2 roundings (Higham, lemma 8.4).
    /// </remarks>
    /// <param name="n">Order of the matrix.</param>
    internal static int RoundingDepth(int n) => Math.Min(n, BlockColumns) + ((n + BlockColumns - 1) / BlockColumns) + 2;

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

    /// <summary>Columns <paramref name="first"/>, … of L in all rows below, earlier columns having been taken off already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFactorBlock<T>(Span<T> a, int n, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = first; i < n; i++)
        {
            var row = a.Slice((i * n) + first, Math.Min(count, i - first + 1));
            for (var j = 0; j < row.Length; j++)
            {
                var pivotRow = a.Slice(((first + j) * n) + first, j + 1);
                var rest = row[j] - FixedOrder.Dot<T>(row[..j], pivotRow[..j]);
                if (first + j < i)
                {
                    row[j] = rest / pivotRow[j];
                }
                else if (rest > T.Zero && T.IsFinite(rest))
                {
                    row[j] = T.Sqrt(rest);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A −= L₂L₂ᵀ on what is left of the lower triangle, L₂ being the rows of the block below its square.</summary>
    [SkipLocalsInit]
    private static unsafe void Downdate<T>(Span<T> a, int n, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int PanelColumns = 16;
        var panel = stackalloc T[PanelColumns * BlockColumns];
        var square = stackalloc T[PanelColumns * PanelColumns];
        fixed (T* matrix = a)
        {
            for (var left = first + count; left < n; left += PanelColumns)
            {
                var width = Math.Min(PanelColumns, n - left);
                var corner = matrix + ((nint)left * n) + left;
                for (var j = 0; j < width; j++)
                {
                    for (var k = 0; k < count; k++)
                    {
                        panel[(k * PanelColumns) + j] = matrix[((nint)(left + j) * n) + first + k];
                    }
                }

                var product = new Contraction<T>
                {
                    A = panel, AStep = PanelColumns,
                    B = matrix + ((nint)left * n) + first, BRow = n, BStep = 1, BlockLength = count, Length = count,
                    C = square, CRow = PanelColumns, Alpha = T.NegativeOne,
                };

                // The square on the diagonal goes through scratch, so that the triangle above it stays as it was.
                product.Run(width, width);
                for (var i = 0; i < width; i++)
                {
                    for (var j = 0; j <= i; j++)
                    {
                        corner[((nint)i * n) + j] -= square[(i * PanelColumns) + j];
                    }
                }

                product.B += (nint)width * n;
                product.C = corner + ((nint)width * n);
                product.CRow = n;
                product.Accumulate = true;
                product.Run(n - left - width, width);
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
