namespace Harness.Core.Numerics;

/// <content>Gram matrices of the weights' own rows or columns, for singular values.</content>
public sealed partial class Weights<T>
{
    /// <summary>Columns of the Gram matrix computed together: two 512-bit vectors.</summary>
    private static int SlabColumns => PanelRows;

    /// <summary>Elements of scratch that <see cref="SmallerGram"/> needs.</summary>
    internal static int SlabLength(int rows, int columns) => checked(PanelRows * Math.Max(rows, columns));

    /// <summary>WWᵀ or WᵀW, whichever is smaller, row-major: its eigenvalues are the squares of W's min(rows, columns) singular values.</summary>
    /// <remarks>Every element sums over the longer side in ascending order by fused multiply-add; the result is symmetric to the bit.</remarks>
    internal unsafe void SmallerGram(Span<T> k, Span<T> slab)
    {
        var order = Math.Min(Rows, Columns);
        var overRows = Columns < Rows;
        fixed (T* weights = &storage[origin], ks = k, slabs = slab)
        {
            for (var first = 0; first < order; first += SlabColumns)
            {
                // The slab's columns as a batch of vectors; only rows of K from the slab's own on are computed, the rest is mirrored.
                var count = Math.Min(SlabColumns, order - first);
                CopySlab(weights, slabs, first, count, overRows);
                for (var i = first; i < order;)
                {
                    var rows = overRows ? order - i : Math.Min(PanelRows - (i % PanelRows), order - i);
                    var product = new Contraction<T>
                    {
                        A = slabs, AStep = SlabColumns,
                        B = weights + (overRows ? (nint)i * PanelRows : (i / PanelRows * PanelStride) + (i % PanelRows)),
                        BRow = overRows ? PanelRows : 1, BStep = overRows ? 1 : PanelRows,
                        BlockLength = overRows ? PanelRows : Columns, BBlock = PanelStride, Length = overRows ? Rows : Columns,
                        C = ks + ((nint)i * order) + first, CRow = order,
                    };
                    product.Run(rows, count);
                    i += rows;
                }
            }
        }

        SymmetricMatrix.MirrorLower(k, order);
    }

    private unsafe void CopySlab(T* weights, T* slab, int first, int count, bool overRows)
    {
        var length = overRows ? Rows : Columns;
        for (var k = 0; k < length; k++)
        {
            for (var s = 0; s < count; s++)
            {
                var (row, column) = overRows ? (k, first + s) : (first + s, k);
                slab[((nint)k * SlabColumns) + s] = weights[(row / PanelRows * PanelStride) + ((nint)column * PanelRows) + (row % PanelRows)];
            }
        }
    }
}
