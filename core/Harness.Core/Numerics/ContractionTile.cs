using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>
/// The register tiles of a <see cref="Contraction{T}"/>: 8, 4 or 1 rows by two vectors of columns that begin at columns <c>first</c> and <c>second</c>.
/// </summary>
/// <remarks>All accumulators stay in registers for the whole of k; each k costs two vector loads and one broadcast a row.</remarks>
internal static unsafe class ContractionTile<TSimd, TVector, T>
    where TSimd : ISimd<TVector, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8(in Contraction<T> product, int first, int second)
    {
        Begin(in product, 0, first, second, out var c00, out var c01);
        Begin(in product, 1, first, second, out var c10, out var c11);
        Begin(in product, 2, first, second, out var c20, out var c21);
        Begin(in product, 3, first, second, out var c30, out var c31);
        Begin(in product, 4, first, second, out var c40, out var c41);
        Begin(in product, 5, first, second, out var c50, out var c51);
        Begin(in product, 6, first, second, out var c60, out var c61);
        Begin(in product, 7, first, second, out var c70, out var c71);
        T* a0 = product.A + first, a1 = product.A + second, block = product.B;
        nint aStep = product.AStep, row = product.BRow, row3 = 3 * product.BRow, step = product.BStep, aheadStep = product.PrefetchStep;
        for (var left = product.Length; left > 0; left -= product.BlockLength, block += product.BBlock)
        {
            T* b = block, b4 = block + (4 * row), ahead = block + product.PrefetchOffset;
            for (var k = Math.Min(left, product.BlockLength); k > 0; k--)
            {
                Contraction<T>.Prefetch(ahead);
                var (x0, x1) = (TSimd.Load(a0), TSimd.Load(a1));
                var w = TSimd.Broadcast(*b);
                (c00, c01) = (TSimd.MultiplyAdd(w, x0, c00), TSimd.MultiplyAdd(w, x1, c01));
                w = TSimd.Broadcast(b[row]);
                (c10, c11) = (TSimd.MultiplyAdd(w, x0, c10), TSimd.MultiplyAdd(w, x1, c11));
                w = TSimd.Broadcast(b[2 * row]);
                (c20, c21) = (TSimd.MultiplyAdd(w, x0, c20), TSimd.MultiplyAdd(w, x1, c21));
                w = TSimd.Broadcast(b[row3]);
                (c30, c31) = (TSimd.MultiplyAdd(w, x0, c30), TSimd.MultiplyAdd(w, x1, c31));
                w = TSimd.Broadcast(*b4);
                (c40, c41) = (TSimd.MultiplyAdd(w, x0, c40), TSimd.MultiplyAdd(w, x1, c41));
                w = TSimd.Broadcast(b4[row]);
                (c50, c51) = (TSimd.MultiplyAdd(w, x0, c50), TSimd.MultiplyAdd(w, x1, c51));
                w = TSimd.Broadcast(b4[2 * row]);
                (c60, c61) = (TSimd.MultiplyAdd(w, x0, c60), TSimd.MultiplyAdd(w, x1, c61));
                w = TSimd.Broadcast(b4[row3]);
                (c70, c71) = (TSimd.MultiplyAdd(w, x0, c70), TSimd.MultiplyAdd(w, x1, c71));
                a0 += aStep;
                a1 += aStep;
                b += step;
                b4 += step;
                ahead += aheadStep;
            }
        }

        Finish(in product, 0, first, second, c00, c01);
        Finish(in product, 1, first, second, c10, c11);
        Finish(in product, 2, first, second, c20, c21);
        Finish(in product, 3, first, second, c30, c31);
        Finish(in product, 4, first, second, c40, c41);
        Finish(in product, 5, first, second, c50, c51);
        Finish(in product, 6, first, second, c60, c61);
        Finish(in product, 7, first, second, c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4(in Contraction<T> product, int first, int second)
    {
        Begin(in product, 0, first, second, out var c00, out var c01);
        Begin(in product, 1, first, second, out var c10, out var c11);
        Begin(in product, 2, first, second, out var c20, out var c21);
        Begin(in product, 3, first, second, out var c30, out var c31);
        T* a0 = product.A + first, a1 = product.A + second, block = product.B;
        nint aStep = product.AStep, row = product.BRow, row3 = 3 * product.BRow, step = product.BStep, aheadStep = product.PrefetchStep;
        for (var left = product.Length; left > 0; left -= product.BlockLength, block += product.BBlock)
        {
            T* b = block, ahead = block + product.PrefetchOffset;
            for (var k = Math.Min(left, product.BlockLength); k > 0; k--)
            {
                Contraction<T>.Prefetch(ahead);
                var (x0, x1) = (TSimd.Load(a0), TSimd.Load(a1));
                var w = TSimd.Broadcast(*b);
                (c00, c01) = (TSimd.MultiplyAdd(w, x0, c00), TSimd.MultiplyAdd(w, x1, c01));
                w = TSimd.Broadcast(b[row]);
                (c10, c11) = (TSimd.MultiplyAdd(w, x0, c10), TSimd.MultiplyAdd(w, x1, c11));
                w = TSimd.Broadcast(b[2 * row]);
                (c20, c21) = (TSimd.MultiplyAdd(w, x0, c20), TSimd.MultiplyAdd(w, x1, c21));
                w = TSimd.Broadcast(b[row3]);
                (c30, c31) = (TSimd.MultiplyAdd(w, x0, c30), TSimd.MultiplyAdd(w, x1, c31));
                a0 += aStep;
                a1 += aStep;
                b += step;
                ahead += aheadStep;
            }
        }

        Finish(in product, 0, first, second, c00, c01);
        Finish(in product, 1, first, second, c10, c11);
        Finish(in product, 2, first, second, c20, c21);
        Finish(in product, 3, first, second, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(in Contraction<T> product, int first, int second)
    {
        Begin(in product, 0, first, second, out var c0, out var c1);
        T* a0 = product.A + first, a1 = product.A + second, block = product.B;
        nint aStep = product.AStep, step = product.BStep;
        for (var left = product.Length; left > 0; left -= product.BlockLength, block += product.BBlock)
        {
            var b = block;
            for (var k = Math.Min(left, product.BlockLength); k > 0; k--)
            {
                var w = TSimd.Broadcast(*b);
                (c0, c1) = (TSimd.MultiplyAdd(w, TSimd.Load(a0), c0), TSimd.MultiplyAdd(w, TSimd.Load(a1), c1));
                a0 += aStep;
                a1 += aStep;
                b += step;
            }
        }

        Finish(in product, 0, first, second, c0, c1);
    }

    /// <summary>The accumulators of one row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(in Contraction<T> product, int row, int first, int second, out TVector sum0, out TVector sum1)
    {
        T* c = product.C + (row * product.CRow);
        sum0 = product.Continue ? TSimd.Load(c + first) : TSimd.Broadcast(T.Zero);
        sum1 = product.Continue ? TSimd.Load(c + second) : TSimd.Broadcast(T.Zero);
    }

    /// <summary>Stores one row of the tile. Both halves are read before either is written: lanes that they share must not be accumulated twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Contraction<T> product, int row, int first, int second, TVector sum0, TVector sum1)
    {
        T* c0 = product.C + (row * product.CRow) + first, c1 = product.C + (row * product.CRow) + second;
        if (product.Accumulate)
        {
            var alpha = TSimd.Broadcast(product.Alpha);
            (sum0, sum1) = (TSimd.MultiplyAdd(alpha, sum0, TSimd.Load(c0)), TSimd.MultiplyAdd(alpha, sum1, TSimd.Load(c1)));
        }

        TSimd.Store(sum0, c0);
        TSimd.Store(sum1, c1);
    }
}
