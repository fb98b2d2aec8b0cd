using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>
/// The triangular steps of a Cholesky factorisation on strips: 32 rows of a matrix held by columns, element (i, k) at 32k + i, so that the vector lanes run over rows and a
/// column of the factor is known before any row needs it.
/// </summary>
/// <remarks>Order: an element takes its products by fused multiply-add, k ascending, and is divided last; lanes never meet, so no vector width reaches the bits.</remarks>
internal static unsafe class TriangularStrip<TSimd, TVector, T>
    where TSimd : ISimd<TVector, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a strip.</summary>
    public const int Rows = 32;

    /// <summary>X ← XL⁻ᵀ for the first columns of a strip.</summary>
    /// <param name="strip">X.</param>
    /// <param name="columns">Order of L, a multiple of 4.</param>
    /// <param name="l">L by rows: its diagonal, and below it its entries negated.</param>
    /// <param name="lRow">Elements between two rows of L.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(T* strip, int columns, T* l, nint lRow)
    {
        for (var s = strip; s < strip + Rows; s += TSimd.Count)
        {
            for (nint j = 0; j < columns; j += 4)
            {
                T* x = s + (j * Rows), l0 = l + (j * lRow), l1 = l0 + lRow, l2 = l1 + lRow, l3 = l2 + lRow;
                var (x0, x1, x2, x3) = (TSimd.Load(x), TSimd.Load(x + Rows), TSimd.Load(x + (2 * Rows)), TSimd.Load(x + (3 * Rows)));
                var known = s;
                for (nint k = 0; k < j; k++, known += Rows)
                {
                    var column = TSimd.Load(known);
                    x0 = TSimd.MultiplyAdd(TSimd.Broadcast(l0[k]), column, x0);
                    x1 = TSimd.MultiplyAdd(TSimd.Broadcast(l1[k]), column, x1);
                    x2 = TSimd.MultiplyAdd(TSimd.Broadcast(l2[k]), column, x2);
                    x3 = TSimd.MultiplyAdd(TSimd.Broadcast(l3[k]), column, x3);
                }

                x0 = TSimd.Divide(x0, TSimd.Broadcast(l0[j]));
                x1 = TSimd.Divide(TSimd.MultiplyAdd(TSimd.Broadcast(l1[j]), x0, x1), TSimd.Broadcast(l1[j + 1]));
                x2 = TSimd.MultiplyAdd(TSimd.Broadcast(l2[j + 1]), x1, TSimd.MultiplyAdd(TSimd.Broadcast(l2[j]), x0, x2));
                x2 = TSimd.Divide(x2, TSimd.Broadcast(l2[j + 2]));
                x3 = TSimd.MultiplyAdd(TSimd.Broadcast(l3[j + 1]), x1, TSimd.MultiplyAdd(TSimd.Broadcast(l3[j]), x0, x3));
                x3 = TSimd.Divide(TSimd.MultiplyAdd(TSimd.Broadcast(l3[j + 2]), x2, x3), TSimd.Broadcast(l3[j + 3]));
                TSimd.Store(x0, x);
                TSimd.Store(x1, x + Rows);
                TSimd.Store(x2, x + (2 * Rows));
                TSimd.Store(x3, x + (3 * Rows));
            }
        }
    }

    /// <summary>Factors the symmetric square that a strip holds, of which only i ≥ k is read; false when a pivot is not positive and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFactor(T* square, int order)
    {
        for (nint k = 0; k < order; k++)
        {
            var column = square + (k * Rows);
            if (!(column[k] > T.Zero && T.IsFinite(column[k])))
            {
                return false;
            }

            column[k] = T.Sqrt(column[k]);
            for (var i = k + 1; i < order; i++)
            {
                column[i] /= column[k];
            }

            for (var j = k + 1; j < order; j++)
            {
                var factor = TSimd.Broadcast(-column[j]);
                for (var i = j / TSimd.Count * TSimd.Count; i < order; i += TSimd.Count)
                {
                    var entries = square + (j * Rows) + i;
                    TSimd.Store(TSimd.MultiplyAdd(factor, TSimd.Load(column + i), TSimd.Load(entries)), entries);
                }
            }
        }

        return true;
    }
}
