using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>The blocked Cholesky factorisation behind <see cref="Cholesky"/>, for one vector width.</summary>
internal static unsafe class CholeskyBlock<TSimd, TVector, T>
    where TSimd : ISimd<TVector, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Columns of a block: two strips. The triangular steps cost 3 · 64/n of all multiply-adds, and run slower than products do.</summary>
    private const int Columns = 64;

    /// <summary>Earlier columns taken off at a time: 64 KiB of doubles, transposed.</summary>
    private const int RangeOfK = 128;

    private const int Rows = TriangularStrip<TSimd, TVector, T>.Rows;

    /// <summary>Replaces the lower triangle of A by L; false when a pivot is not positive and finite.</summary>
    [SkipLocalsInit]
    public static bool TryFactor(T* a, int n)
    {
        T* square = stackalloc T[Columns * Columns], earlier = stackalloc T[RangeOfK * Columns], strip = stackalloc T[Columns * Rows];
        for (var first = 0; first < n; first += Columns)
        {
            var count = Math.Min(Columns, n - first);
            var rows = a + ((nint)first * n);
            CopyLower(rows + first, n, square, Columns, count);
            TakeOff(rows, n, first, count, n - first, square, earlier);
            if (!TryFactorSquare(square, count, strip))
            {
                return false;
            }

            CopyLower(square, Columns, rows + first, n, count);
            Negate(square, count);
            for (var r = first + count; r < n; r += Rows)
            {
                var x = a + ((nint)r * n) + first;
                var height = Math.Min(Rows, n - r);
                Transpose(x, n, height, Columns, strip, Rows);
                TriangularStrip<TSimd, TVector, T>.Solve(strip, Columns, square, Columns);
                Transpose(strip, Rows, Columns, height, earlier, Columns);
                for (var i = 0; i < height; i++)
                {
                    new ReadOnlySpan<T>(earlier + (i * Columns), Columns).CopyTo(new Span<T>(x + ((nint)i * n), Columns));
                }
            }
        }

        return true;
    }

    /// <summary>A −= LLᵀ over all columns before a block: its square, whose upper triangle must stay as it was, in a copy, the rows below it in place.</summary>
    private static void TakeOff(T* rows, int n, int first, int count, int height, T* square, T* earlier)
    {
        for (var k = 0; k < first; k += RangeOfK)
        {
            var length = Math.Min(RangeOfK, first - k);
            Transpose(rows + k, n, count, length, earlier, Columns);
            var product = new Contraction<T>
            {
                A = earlier, AStep = Columns, Length = length, BlockLength = length,
                B = rows + k, BRow = n, BStep = 1,
                C = square, CRow = Columns, Continue = true,
            };

            // The accumulators start from A and take products of −Lᵀ.
            for (var e = 0; e < length * Columns; e++)
            {
                earlier[e] = -earlier[e];
            }

            product.Run(count, count);
            product.B += (nint)count * n;
            product.C = rows + first + ((nint)count * n);
            product.CRow = n;
            product.Run(height - count, count);
        }
    }

    private static bool TryFactorSquare(T* square, int count, T* strip)
    {
        for (var first = 0; first < count; first += Rows)
        {
            var height = Math.Min(Rows, count - first);
            var corner = strip + (first * Rows);
            Transpose(square + (first * Columns), Columns, height, first + Rows, strip, Rows);
            if (first > 0)
            {
                Negate(square, first);
                TriangularStrip<TSimd, TVector, T>.Solve(strip, first, square, Columns);
                Negate(square, first);
                var product = new Contraction<T>
                {
                    A = strip, AStep = Rows, Length = first, BlockLength = first,
                    B = strip, BRow = 1, BStep = Rows,
                    C = corner, CRow = Rows, Accumulate = true, Alpha = T.NegativeOne,
                };
                product.Run(height, Rows);
            }

            if (!TriangularStrip<TSimd, TVector, T>.TryFactor(corner, height))
            {
                return false;
            }

            for (var i = 0; i < height; i++)
            {
                for (var k = 0; k <= first + i; k++)
                {
                    square[((first + i) * Columns) + k] = strip[(k * Rows) + i];
                }
            }
        }

        return true;
    }

    /// <summary>Negates what is below the diagonal.</summary>
    private static void Negate(T* square, int count)
    {
        for (var i = 1; i < count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                square[(i * Columns) + k] = -square[(i * Columns) + k];
            }
        }
    }

    private static void CopyLower(T* from, nint fromRow, T* to, nint toRow, int count)
    {
        for (var i = 0; i < count; i++)
        {
            new ReadOnlySpan<T>(from + (i * fromRow), i + 1).CopyTo(new Span<T>(to + (i * toRow), i + 1));
        }
    }

    /// <summary>Writes rows × columns as columns × rows, each filled up with zeros to the length of <paramref name="toRow"/>.</summary>
    private static void Transpose(T* from, nint fromRow, int rows, int columns, T* to, int toRow)
    {
        var transposition = new PanelTransposition<T> { D = from, Stride = fromRow, Rows = rows, Columns = columns, PanelRows = toRow, Panels = to };
        transposition.Execute(0, 1);
    }
}
