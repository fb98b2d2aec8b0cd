using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>Cuts a <see cref="Contraction{T}"/> into blocks that fit the caches, and covers these by register tiles of one vector width.</summary>
internal static unsafe class ContractionBlocks<TSimd, TVector, T>
    where TSimd : ISimd<TVector, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of the tallest tile.</summary>
    private const int Tall = 8;

    /// <summary>Copying a strip costs about as much as one row of it; below this many rows it is read where it lies.</summary>
    private const int RowsWorthPacking = 64;

    /// <summary>Columns of the widest tile, and of a strip of A.</summary>
    private static int Wide => 2 * TSimd.Count;

    /// <summary>Rows of B that a strip of A serves before the next strip takes its place: RangeOfK of them fill half of a 1 MiB second-level cache.</summary>
    private static int BlockOfRows => (1 << 19) / sizeof(T) / Contraction<T>.RangeOfK;

    /// <summary>Computes C[r, s] for <paramref name="first"/> ≤ r &lt; <paramref name="last"/> and s &lt; <paramref name="n"/>.</summary>
    /// <param name="product">The contraction.</param>
    /// <param name="first">First row.</param>
    /// <param name="last">One past the last row.</param>
    /// <param name="n">Number of columns.</param>
    /// <param name="pairRows">Rows of a tile two vectors wide: as many as leave its accumulators in registers.</param>
    public static void Run(in Contraction<T> product, int first, int last, int n, int pairRows)
    {
        // Packed rows of B come in eights, which six does not divide.
        pairRows = product.PackB && pairRows == 6 ? 4 : pairRows;

        // Accumulating needs the whole sum before it is added, so k is not cut.
        var range = product.Accumulate ? Math.Max(product.Length, 1) : n <= Wide && product.AStep <= Wide ? 8 * Contraction<T>.RangeOfK : Contraction<T>.RangeOfK;
        var strip = Math.Min(product.Length, range) * Wide;
        var block = n <= Wide && !product.PackB ? last - first : BlockOfRows;
        var scratch = Scratch<T>.Take(strip + (3 * Tall * Wide) + (product.PackB ? block * Math.Min(product.Length, range) : 0));
        T* edge = scratch + strip, rowsOfB = edge + (3 * Tall * Wide);
        for (var top = first; top < last; top += block)
        {
            var bottom = Math.Min(top + block, last);
            for (var k = 0; k == 0 || k < product.Length; k += range)
            {
                var tile = product;
                tile.Length = Math.Min(range, product.Length - k);
                tile.Continue |= k > 0;
                if (k + range < product.Length)
                {
                    tile.Gate = tile.Rectified = null;
                }

                if (product.PackB)
                {
                    PackRows(in product, top, bottom, k, tile.Length, rowsOfB);
                    (tile.BRow, tile.BStep, tile.BlockLength, tile.BBlock) = (1, Tall, tile.Length, 0);
                    (tile.BlocksAhead, tile.PrefetchStep) = (0, 0);
                }

                var right = product.LowerTriangle ? Math.Min(n, bottom) : n;
                for (var s = 0; s < right; s += Wide)
                {
                    var columns = Math.Min(Wide, n - s);
                    var width = columns > TSimd.Count ? Wide : TSimd.Count;
                    tile.A = product.A + (k * product.AStep) + s;
                    tile.AStep = product.AStep;
                    if (columns < width || (tile.AStep > Wide && bottom - top > RowsWorthPacking))
                    {
                        PackStrip(tile.A, tile.AStep, tile.Length, columns, width, scratch);
                        tile.A = scratch;
                        tile.AStep = width;
                    }

                    // Tiles wholly above the diagonal are left out.
                    var from = product.LowerTriangle ? Math.Max(top, s / Tall * Tall) : top;
                    for (int r = from, rows; r < bottom; r += rows * tile.Tiles)
                    {
                        var together = product.RowsTogether == 0 ? bottom - r : Math.Min(bottom - r, product.RowsTogether - (r % product.RowsTogether));
                        rows = RowsOfTile(together, width == Wide ? pairRows : Tall);
                        tile.Tiles = columns < width || rows == 1 || (product.PackB && rows < Tall) ? 1 : TilesTogether(together, rows);
                        Place(in product, ref tile, r, k, s, rows, product.PackB ? rowsOfB + ((r - top) / Tall * Tall * tile.Length) + ((r - top) % Tall) : null);
                        if (columns == width)
                        {
                            Cover(in tile, rows, width);
                        }
                        else
                        {
                            CoverEdge(in tile, rows, columns, width, edge);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Points a tile at its rows of B, packed or not, and at its place in C.</summary>
    private static void Place(in Contraction<T> product, ref Contraction<T> tile, int r, int k, int s, int rows, T* packed)
    {
        tile.B = packed == null ? product.RowOfB(r, k) : packed;
        tile.TileStep = rows * (packed != null && rows == Tall ? tile.Length : tile.BRow);
        tile.Next = product.RowOfB(r + (rows * tile.Tiles), k);
        tile.RowAhead = product.BRow == 1 ? rows - 1 : 0;
        var at = (r * product.CRow) + s;
        tile.C = product.C + at;
        tile.Gate = tile.Gate == null ? null : product.Gate + at;
        tile.Rectified = tile.Rectified == null ? null : product.Rectified + at;
    }

    /// <summary>Rows of the next tile, of so many that lie at equal steps: as many as allowed, but rather twice four than six and two.</summary>
    private static int RowsOfTile(int left, int most) => left >= most && (most != 6 || left != 8) ? most : left >= 4 ? 4 : 1;

    /// <summary>Tiles of so many rows one below the other; tiles of six leave eight rows to two of four.</summary>
    private static int TilesTogether(int left, int rows) => rows == 6 ? Math.Max(1, left % 6 == 2 ? (left - 8) / 6 : left / 6) : left / rows;

    private static void Cover(in Contraction<T> tile, int rows, int width)
    {
        if (tile.Magnitudes)
        {
            Cover<Magnitude>(in tile, rows, width);
        }
        else
        {
            Cover<Itself>(in tile, rows, width);
        }
    }

    private static void Cover<TFactor>(in Contraction<T> tile, int rows, int width)
        where TFactor : IFactor
    {
        if (width == Wide)
        {
            switch (rows)
            {
                case Tall: ContractionTile<TFactor, Paired<TSimd, TVector, T>, Pair<TVector>, T>.Rows8(in tile); break;
                case 6: ContractionTile<TFactor, Paired<TSimd, TVector, T>, Pair<TVector>, T>.Rows6(in tile); break;
                case 4: ContractionTile<TFactor, Paired<TSimd, TVector, T>, Pair<TVector>, T>.Rows4(in tile); break;
                default: ContractionTile<TFactor, Paired<TSimd, TVector, T>, Pair<TVector>, T>.Row(in tile); break;
            }
        }
        else
        {
            switch (rows)
            {
                case Tall: ContractionTile<TFactor, TSimd, TVector, T>.Rows8(in tile); break;
                case 4: ContractionTile<TFactor, TSimd, TVector, T>.Rows4(in tile); break;
                default: ContractionTile<TFactor, TSimd, TVector, T>.Row(in tile); break;
            }
        }
    }

    /// <summary>Columns that do not fill the vectors: the tile works on a full copy, whose other columns are zero and go nowhere.</summary>
    private static void CoverEdge(in Contraction<T> tile, int rows, int columns, int width, T* edge)
    {
        var full = tile;
        full.CRow = width;
        full.C = edge;
        full.Gate = tile.Gate == null ? null : edge + (Tall * width);
        full.Rectified = tile.Rectified == null ? null : edge + (2 * Tall * width);
        if (tile.Continue || tile.Accumulate)
        {
            CopyTile(tile.C, tile.CRow, full.C, width, rows, columns);
        }

        if (tile.Gate != null)
        {
            CopyTile(tile.Gate, tile.CRow, full.Gate, width, rows, columns);
        }

        Cover(in full, rows, width);
        CopyTile(full.C, width, tile.C, tile.CRow, rows, columns);
        if (tile.Rectified != null)
        {
            CopyTile(full.Rectified, width, tile.Rectified, tile.CRow, rows, columns);
        }
    }

    private static void CopyTile(T* from, nint fromRow, T* to, nint toRow, int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            new ReadOnlySpan<T>(from + (r * fromRow), columns).CopyTo(new(to + (r * toRow), columns));
        }
    }

    /// <summary>Copies a strip of A to where each step of k follows the last, and fills its width up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackStrip(T* a, nint aStep, int length, int columns, int width, T* strip)
    {
        if (columns == width)
        {
            for (var k = 0; k < length; k++, a += aStep, strip += width)
            {
                for (var s = 0; s < width; s += TSimd.Count)
                {
                    TSimd.Store(TSimd.Load(a + s), strip + s);
                }
            }

            return;
        }

        for (var k = 0; k < length; k++, a += aStep, strip += width)
        {
            for (var s = 0; s < width; s++)
            {
                strip[s] = s < columns ? a[s] : T.Zero;
            }
        }
    }

    /// <summary>Copies rows of B, tile by tile, to where each step of k follows the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(in Contraction<T> product, int top, int bottom, int k, int length, T* rowsOfB)
    {
        for (var r = top; r < bottom; r += Tall, rowsOfB += Tall * length)
        {
            var b = product.RowOfB(r, k);
            var rows = Math.Min(Tall, bottom - r);
            for (nint step = 0; step < length; step++)
            {
                T* from = b + (step * product.BStep), to = rowsOfB + (step * Tall);
                if (rows == Tall)
                {
                    *(TallColumn*)to = *(TallColumn*)from;
                    continue;
                }

                for (var i = 0; i < rows; i++)
                {
                    to[i] = from[i];
                }
            }
        }
    }

    /// <summary>One column of the tallest tile, to be copied as a whole.</summary>
    [InlineArray(Tall)]
    private struct TallColumn
    {
        private T first;
    }
}
