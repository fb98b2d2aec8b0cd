using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Harness.Core.Threads;

namespace Harness.Core.Numerics;

/// <summary>
/// C[r, s] = Σ_k B[r, k] · A[k, s]: the one contraction behind every matrix product here. A's rows are contiguous and fill the vector lanes;
/// B's elements are broadcast, so that B may lie in memory at any strides.
/// </summary>
/// <remarks>
/// Order: every output element has one accumulator that starts at zero and takes its products by fused multiply-add, k ascending. Vectors run
/// across outputs and never across k, and cutting k leaves the bits alone: an accumulator that was stored and loaded again is the same number. So neither tile nor blocking
/// nor vector width nor the number of threads can reach the bits.
/// <para>Blocking, from the inside out (Goto, van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008, with the roles that the layout of the weights suggests): a register tile of
/// 8 rows (6 where registers are few) by two vectors runs through <see cref="RangeOfK"/> steps of k; a strip of A, that many steps by two vectors wide, is copied once to where it is contiguous; it serves a block of rows of B that
/// stays in that cache beside it, so that B comes from memory once.</para>
/// </remarks>
internal unsafe struct Contraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A[k, s] lies at A + k · AStep + s.</summary>
    public T* A;

    /// <summary>Elements between A[k, s] and A[k + 1, s].</summary>
    public nint AStep;

    /// <summary>
    /// B[r, k] lies at B + (r mod RowsTogether) · BRow + ⌊r / RowsTogether⌋ · BRowBlock + (k mod BlockLength) · BStep + ⌊k / BlockLength⌋ · BBlock: rows and k may run through blocks, as they do
    /// across panels of weights.
    /// </summary>
    public T* B;

    /// <summary>Elements between B[r, k] and B[r + 1, k] within a block of rows.</summary>
    public nint BRow;

    /// <summary>Number of rows in a block, a multiple of 8; 0: all rows are BRow apart.</summary>
    public int RowsTogether;

    /// <summary>Elements between the starts of two blocks of rows.</summary>
    public nint BRowBlock;

    /// <summary>Elements between B[r, k] and B[r, k + 1] within a block.</summary>
    public nint BStep;

    /// <summary>Number of k in a block.</summary>
    public int BlockLength;

    /// <summary>Elements between the starts of two blocks of k.</summary>
    public nint BBlock;

    /// <summary>Number of k.</summary>
    public int Length;

    /// <summary>While one block of k is used, the one so many blocks further on is fetched; past the last block, the first ones of the next tile. 0: nothing is.</summary>
    public int BlocksAhead;

    /// <summary>Where in a step of k the line lies that is fetched ahead: at the last row of a tile whose rows are neighbours, because the line of its first row was fetched for the tile above.</summary>
    public int RowAhead;

    /// <summary>Elements between two cache lines fetched ahead, one for every k.</summary>
    public nint PrefetchStep;

    /// <summary>Tiles to compute one below the other.</summary>
    public int Tiles;

    /// <summary>Elements of B between two such tiles.</summary>
    public nint TileStep;

    /// <summary>B where the tile after the last of them begins, for what is fetched ahead.</summary>
    public T* Next;

    /// <summary>C[r, s] lies at C + r · CRow + s.</summary>
    public T* C;

    /// <summary>Elements between C[r, s] and C[r + 1, s].</summary>
    public nint CRow;

    /// <summary>True: the accumulators start from C instead of zero, so that a range of k carries on where the last one stopped.</summary>
    public bool Continue;

    /// <summary>False: C = Σ. True: C = α · Σ + C, rounded once. Not together with Continue.</summary>
    public bool Accumulate;

    /// <summary>α, where the result is accumulated.</summary>
    public T Alpha;

    /// <summary>Where not null, laid out like C: C becomes zero wherever this is negative.</summary>
    public T* Gate;

    /// <summary>Where not null, laid out like C: receives max(C, 0).</summary>
    public T* Rectified;

    /// <summary>True: |B| takes the place of B.</summary>
    public bool Magnitudes;

    /// <summary>True: only tiles that reach the diagonal or below are computed; C above it is left undefined.</summary>
    public bool LowerTriangle;

    /// <summary>True: B, too, is copied to where it is contiguous; for a B whose rows are neighbours and whose steps are so far apart that few of them fit a set-associative cache at a time.</summary>
    public bool PackB;

    /// <summary>
    /// Number of k to take at a time: a strip of A is then 64 KiB with 512-bit vectors, which the second-level cache streams fast enough, and 8 KiB or less with narrower ones, whose multiply-adds are as fast
    /// but share fewer loads, so that more of these have to come from the first-level cache. Long enough that loading and storing the accumulators costs nothing to speak of.
    /// </summary>
    public static int RangeOfK => Vector512.IsHardwareAccelerated ? 512 : 128;

    /// <summary>Computes C[r, s] for <paramref name="first"/> ≤ r &lt; <paramref name="last"/> and s &lt; <paramref name="n"/>; a first row other than 0 is a multiple of 8.</summary>
    public readonly void Run(int first, int last, int n)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            ContractionBlocks<Simd512<T>, Vector512<T>, T>.Run(in this, first, last, n, pairRows: 8);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ContractionBlocks<Simd256<T>, Vector256<T>, T>.Run(in this, first, last, n, pairRows: 6);
        }
        else
        {
            ContractionBlocks<Simd128<T>, Vector128<T>, T>.Run(in this, first, last, n, pairRows: 6);
        }
    }

    /// <summary>Computes C[r, s] for r &lt; <paramref name="rows"/> and s &lt; <paramref name="n"/>.</summary>
    public readonly void Run(int rows, int n) => Run(0, rows, n);

    /// <summary>The same, the rows shared among a team's members in multiples of <paramref name="grain"/>.</summary>
    public readonly void Run(int rows, int n, int grain, ThreadTeam? team)
    {
        if (team is null)
        {
            Run(rows, n);
            return;
        }

        var work = new SharedRows { Product = this, Rows = rows, N = n, Grain = grain };
        team.Run(ref work);
    }

    private struct SharedRows : ITeamWork
    {
        public Contraction<T> Product;
        public int Rows;
        public int N;
        public int Grain;

        public readonly void Execute(int member, int count)
        {
            var (first, last) = Partition.Of(Rows, Grain, member, count);
            Product.Run(first, last, N);
        }
    }

    /// <summary>B at row <paramref name="r"/>, which starts a tile, and k = <paramref name="k"/>, which starts a range.</summary>
    public readonly T* RowOfB(int r, int k) =>
        B + (RowsTogether == 0 ? r * BRow : (r % RowsTogether * BRow) + (r / RowsTogether * BRowBlock))
          + (BBlock == 0 ? k * BStep : (k / BlockLength * BBlock) + (k % BlockLength * BStep));

    /// <summary>Where to fetch from while the block with <paramref name="left"/> steps of k to go is used, the next tile starting at <paramref name="next"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T* Ahead(T* block, int left, T* next)
    {
        var beyond = (BlocksAhead * BlockLength) - left;
        return RowAhead + (beyond < 0 ? block + (BlocksAhead * BBlock) : next + (beyond / BlockLength * BBlock));
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
