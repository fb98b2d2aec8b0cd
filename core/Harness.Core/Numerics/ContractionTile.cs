using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>
/// The register tiles of a <see cref="Contraction{T}"/>: 8, 6, 4 or 1 rows by one <typeparamref name="TVector"/> of columns.
/// </summary>
/// <remarks>
/// All accumulators stay in registers for the whole of k; each k costs one load of A and one broadcast a row. With pairs of vectors 8 rows make 16 independent multiply-adds for 10
/// loads, which hides the latency of two multiply-add units and leaves half of two load ports free; with sixteen registers in place of 32, 6 rows and 12 accumulators do nearly as well.
/// </remarks>
internal static unsafe class ContractionTile<TFactor, TSimd, TVector, T>
    where TFactor : IFactor
    where TSimd : ISimd<TVector, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8(in Contraction<T> tile)
    {
        T* top = tile.B, c = tile.C;
        nint aStep = tile.AStep, row = tile.BRow, row3 = 3 * tile.BRow, step = tile.BStep, cRow = tile.CRow, aheadStep = tile.PrefetchStep;
        for (var tiles = tile.Tiles; tiles > 0; tiles--)
        {
            var (c0, c1, c2, c3) = (Begin(in tile, c), Begin(in tile, c + cRow), Begin(in tile, c + (2 * cRow)), Begin(in tile, c + (3 * cRow)));
            var c4th = c + (4 * cRow);
            var (c4, c5, c6, c7) = (Begin(in tile, c4th), Begin(in tile, c4th + cRow), Begin(in tile, c4th + (2 * cRow)), Begin(in tile, c4th + (3 * cRow)));
            T* a = tile.A, block = top, next = tiles > 1 ? top + tile.TileStep : tile.Next;
            for (var left = tile.Length; left > 0; left -= tile.BlockLength, block += tile.BBlock)
            {
                T* b = block, b4 = block + (4 * row), ahead = tile.Ahead(block, left, next);
                for (var k = Math.Min(left, tile.BlockLength); k > 0; k--)
                {
                    Contraction<T>.Prefetch(ahead);
                    var x = TSimd.Load(a);
                    c0 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b), x, c0);
                    c1 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[row]), x, c1);
                    c2 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[2 * row]), x, c2);
                    c3 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[row3]), x, c3);
                    c4 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b4), x, c4);
                    c5 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b4[row]), x, c5);
                    c6 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b4[2 * row]), x, c6);
                    c7 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b4[row3]), x, c7);
                    a += aStep;
                    b += step;
                    b4 += step;
                    ahead += aheadStep;
                }
            }

            Finish(in tile, c0, c);
            Finish(in tile, c1, c + cRow);
            Finish(in tile, c2, c + (2 * cRow));
            Finish(in tile, c3, c + (3 * cRow));
            Finish(in tile, c4, c4th);
            Finish(in tile, c5, c4th + cRow);
            Finish(in tile, c6, c4th + (2 * cRow));
            Finish(in tile, c7, c4th + (3 * cRow));
            top += tile.TileStep;
            c = c4th + (4 * cRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows6(in Contraction<T> tile)
    {
        T* top = tile.B, c = tile.C;
        nint aStep = tile.AStep, row = tile.BRow, step = tile.BStep, cRow = tile.CRow, aheadStep = tile.PrefetchStep;
        for (var tiles = tile.Tiles; tiles > 0; tiles--)
        {
            var (c0, c1, c2) = (Begin(in tile, c), Begin(in tile, c + cRow), Begin(in tile, c + (2 * cRow)));
            var c3rd = c + (3 * cRow);
            var (c3, c4, c5) = (Begin(in tile, c3rd), Begin(in tile, c3rd + cRow), Begin(in tile, c3rd + (2 * cRow)));
            T* a = tile.A, block = top, next = tiles > 1 ? top + tile.TileStep : tile.Next;
            for (var left = tile.Length; left > 0; left -= tile.BlockLength, block += tile.BBlock)
            {
                T* b = block, b3 = block + (3 * row), ahead = tile.Ahead(block, left, next);
                for (var k = Math.Min(left, tile.BlockLength); k > 0; k--)
                {
                    Contraction<T>.Prefetch(ahead);
                    var x = TSimd.Load(a);
                    c0 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b), x, c0);
                    c1 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[row]), x, c1);
                    c2 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[2 * row]), x, c2);
                    c3 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b3), x, c3);
                    c4 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b3[row]), x, c4);
                    c5 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b3[2 * row]), x, c5);
                    a += aStep;
                    b += step;
                    b3 += step;
                    ahead += aheadStep;
                }
            }

            Finish(in tile, c0, c);
            Finish(in tile, c1, c + cRow);
            Finish(in tile, c2, c + (2 * cRow));
            Finish(in tile, c3, c3rd);
            Finish(in tile, c4, c3rd + cRow);
            Finish(in tile, c5, c3rd + (2 * cRow));
            top += tile.TileStep;
            c = c3rd + (3 * cRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4(in Contraction<T> tile)
    {
        T* top = tile.B, c = tile.C;
        nint aStep = tile.AStep, row = tile.BRow, row3 = 3 * tile.BRow, step = tile.BStep, cRow = tile.CRow, aheadStep = tile.PrefetchStep;
        for (var tiles = tile.Tiles; tiles > 0; tiles--)
        {
            var (c0, c1, c2, c3) = (Begin(in tile, c), Begin(in tile, c + cRow), Begin(in tile, c + (2 * cRow)), Begin(in tile, c + (3 * cRow)));
            T* a = tile.A, block = top, next = tiles > 1 ? top + tile.TileStep : tile.Next;
            for (var left = tile.Length; left > 0; left -= tile.BlockLength, block += tile.BBlock)
            {
                T* b = block, ahead = tile.Ahead(block, left, next);
                for (var k = Math.Min(left, tile.BlockLength); k > 0; k--)
                {
                    Contraction<T>.Prefetch(ahead);
                    var x = TSimd.Load(a);
                    c0 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b), x, c0);
                    c1 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[row]), x, c1);
                    c2 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[2 * row]), x, c2);
                    c3 = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(b[row3]), x, c3);
                    a += aStep;
                    b += step;
                    ahead += aheadStep;
                }
            }

            Finish(in tile, c0, c);
            Finish(in tile, c1, c + cRow);
            Finish(in tile, c2, c + (2 * cRow));
            Finish(in tile, c3, c + (3 * cRow));
            top += tile.TileStep;
            c += 4 * cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(in Contraction<T> tile)
    {
        T* a = tile.A, block = tile.B;
        nint aStep = tile.AStep, step = tile.BStep;
        var sum = Begin(in tile, tile.C);
        for (var left = tile.Length; left > 0; left -= tile.BlockLength, block += tile.BBlock)
        {
            var b = block;
            for (var k = Math.Min(left, tile.BlockLength); k > 0; k--)
            {
                sum = TSimd.MultiplyAdd(TFactor.Of<TSimd, TVector, T>(*b), TSimd.Load(a), sum);
                a += aStep;
                b += step;
            }
        }

        Finish(in tile, sum, tile.C);
    }

    /// <summary>The accumulators of one row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin(in Contraction<T> tile, T* c) => tile.Continue ? TSimd.Load(c) : TSimd.Broadcast(T.Zero);

    /// <summary>Stores one row of the tile, through what follows the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Contraction<T> tile, TVector sum, T* c)
    {
        if (tile.Accumulate)
        {
            sum = TSimd.MultiplyAdd(TSimd.Broadcast(tile.Alpha), sum, TSimd.Load(c));
        }

        if (tile.Gate != null)
        {
            sum = TSimd.Gate(sum, TSimd.Load(tile.Gate + (c - tile.C)));
        }

        TSimd.Store(sum, c);
        if (tile.Rectified != null)
        {
            TSimd.Store(TSimd.Rectify(sum), tile.Rectified + (c - tile.C));
        }
    }
}
