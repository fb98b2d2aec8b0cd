using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harness.Core.Numerics;

/// <summary>
/// C[r, s] = Σ_k B[r, k] · A[k, s]: the one contraction behind every matrix product here. A's rows are contiguous and fill the vector lanes;
/// B's elements are broadcast, so that B may lie in memory at any strides.
/// </summary>
/// <remarks>
/// Order: every output element has one accumulator that starts at zero and takes its products by fused multiply-add, k ascending. Vectors run
/// across outputs and never across k, so neither the tile nor the vector width can reach the bits.
/// </remarks>
internal unsafe struct Contraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A[k, s] lies at A + k · AStep + s.</summary>
    public T* A;

    /// <summary>Elements between A[k, s] and A[k + 1, s].</summary>
    public nint AStep;

    /// <summary>
    /// B[r, k] lies at B + r · BRow + (k mod BlockLength) · BStep + ⌊k / BlockLength⌋ · BBlock: k runs through blocks, as it does across panels.
    /// </summary>
    public T* B;

    /// <summary>Elements between B[r, k] and B[r + 1, k].</summary>
    public nint BRow;

    /// <summary>Elements between B[r, k] and B[r, k + 1] within a block.</summary>
    public nint BStep;

    /// <summary>Number of k in a block.</summary>
    public int BlockLength;

    /// <summary>Elements between the starts of two blocks.</summary>
    public nint BBlock;

    /// <summary>Number of k.</summary>
    public int Length;

    /// <summary>Where, relative to B at a block's start, the first cache line to fetch ahead lies; the following ones lie PrefetchStep apart for every k.</summary>
    public nint PrefetchOffset;

    /// <summary>Elements between two lines fetched ahead.</summary>
    public nint PrefetchStep;

    /// <summary>C[r, s] lies at C + r · CRow + s.</summary>
    public T* C;

    /// <summary>Elements between C[r, s] and C[r + 1, s].</summary>
    public nint CRow;

    /// <summary>True: the accumulators start from C instead of zero, so that a range of k carries on where the last one stopped.</summary>
    public bool Continue;

    /// <summary>False: C = Σ. True: C = α · Σ + C, rounded once.</summary>
    public bool Accumulate;

    /// <summary>α, where the result is accumulated.</summary>
    public T Alpha;

    /// <summary>Rows in the widest tile: as many as leave all accumulators in registers (32 with AVX-512, else 16).</summary>
    private static int TileRows => Vector512.IsHardwareAccelerated ? 8 : 4;

    /// <summary>
    /// Number of k to take at a time, a multiple of every panel height, so that the part of A in use, n wide, stays in half of a 1 MiB second-level cache. Cutting
    /// k leaves the bits alone: an accumulator that was stored and loaded again is the same number.
    /// </summary>
    public static int RangeOfK(int n) => Math.Max(256, (1 << 19) / sizeof(T) / Math.Max(n, 1) / 64 * 64);

    /// <summary>The part of the contraction with k in [<paramref name="start"/>, <paramref name="start"/> + <paramref name="length"/>), start being a multiple of BlockLength or in the only block.</summary>
    public readonly Contraction<T> Range(int start, int length)
    {
        var part = this;
        part.A += start * AStep;
        part.B += BBlock == 0 ? start * BStep : start / BlockLength * BBlock;
        part.Length = Math.Min(length, Length - start);
        part.Continue = start > 0;
        return part;
    }

    /// <summary>Computes C[r, s] for r &lt; <paramref name="rows"/> and s &lt; <paramref name="n"/>.</summary>
    public void Run(int rows, int n)
    {
        T* b = B, c = C;
        var r = 0;
        for (; r <= rows - TileRows; r += TileRows)
        {
            B = b + (r * BRow);
            C = c + (r * CRow);
            CoverColumns(TileRows, n);
        }

        for (; r < rows; r++)
        {
            B = b + (r * BRow);
            C = c + (r * CRow);
            CoverColumns(1, n);
        }

        B = b;
        C = c;
    }

    private void CoverColumns(int rows, int n)
    {
        var s = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            s = Cover<Simd512<T>, Vector512<T>>(rows, s, n);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            s = Cover<Simd256<T>, Vector256<T>>(rows, s, n);
        }

        s = Cover<Simd128<T>, Vector128<T>>(rows, s, n);
        Cover<Scalar<T>, T>(rows, s, n);
    }

    /// <summary>
    /// Covers columns from <paramref name="s"/> on by pairs of vectors and returns the first column left to narrower ones. A last pair may
    /// overlap itself: the shared lanes are computed twice, to the same bits, which costs less than masks and needs no padding.
    /// </summary>
    private readonly int Cover<TSimd, TVector>(int rows, int s, int n)
        where TSimd : ISimd<TVector, T>
    {
        var width = TSimd.Count;
        for (; s < n && (n - s > width || width == 1); s = Math.Min(s + (2 * width), n))
        {
            var second = Math.Min(s + width, n - width);
            switch (rows)
            {
                case 8: ContractionTile<TSimd, TVector, T>.Rows8(in this, s, second); break;
                case 4: ContractionTile<TSimd, TVector, T>.Rows4(in this, s, second); break;
                default: ContractionTile<TSimd, TVector, T>.Row(in this, s, second); break;
            }
        }

        return s;
    }

    /// <summary>Asks for a cache line ahead of time; the hardware does not foresee the jumps between panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
