using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>
/// The lower triangle of a symmetric matrix, row by row, every row on a 64-byte boundary and filled up to whole vectors of eight: what a sweep over a triangle reads fastest, half of the
/// memory and no vector across two cache lines.
/// </summary>
/// <remarks>
/// Row r has 8⌊r/8⌋ + 8 elements. Those beyond the diagonal hold the mirrored entries of its 8 × 8 block, zeros outside of the matrix, so that the blocks on the diagonal are whole.
/// </remarks>
internal static unsafe class PackedTriangle
{
    /// <summary>Doubles in a cache line and in the widest vector.</summary>
    public const int Lanes = 8;

    /// <summary>Below this order a packed triangle is longer than the full matrix it replaces.</summary>
    public const int SmallestInPlace = 16;

    /// <summary>The least multiple of <see cref="Lanes"/> that is at least <paramref name="length"/>.</summary>
    public static int RoundUp(int length) => (length + Lanes - 1) & -Lanes;

    /// <summary>Elements before row <paramref name="r"/>: Σ 8⌊q/8⌋ + 8 over q &lt; r.</summary>
    public static nint RowStart(int r)
    {
        nint block = r / Lanes;
        return Lanes * (block + 1) * ((Lanes / 2 * block) + (r % Lanes));
    }

    /// <summary>Elements of workspace that <see cref="Pack"/> needs, alignment included.</summary>
    public static int WorkspaceLength(int n) => n < SmallestInPlace ? (int)RowStart(n) + Lanes : 0;

    /// <summary>The first address from <paramref name="start"/> on that a cache line begins at.</summary>
    public static double* Align(double* start) => (double*)(((nuint)start + 63) & ~(nuint)63);

    /// <summary>Packs the lower triangle of A, scaled by a power of two, in A's own memory or, if A is very small, in the workspace.</summary>
    /// <param name="a">A, n × n row-major; destroyed.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="exponent">The entries are multiplied by 2 to this power.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> elements.</param>
    public static double* Pack(double* a, int n, int exponent, double* workspace)
    {
        // Row r moves to where only rows before r + 1 were: Lanes + RowStart(r + 1) ≤ (r + 1)n for all n ≥ 16, as RowStart(r + 1) ≤ (r + 1)²/2 + 7.5(r + 1).
        var triangle = Align(n < SmallestInPlace ? workspace : a);
        var (half, rest) = (Math.ScaleB(1, exponent / 2), Math.ScaleB(1, exponent - (exponent / 2)));
        for (var r = 0; r < n; r++)
        {
            var row = new Span<double>(triangle + RowStart(r), r + 1);
            new ReadOnlySpan<double>(a + ((nint)r * n), r + 1).CopyTo(row);
            if (exponent != 0)
            {
                TensorPrimitives.Multiply(row, half, row);
                TensorPrimitives.Multiply(row, rest, row);
            }
        }

        for (var r = 0; r < n; r++)
        {
            var row = triangle + RowStart(r);
            for (var c = r + 1; c < RoundUp(r + 1); c++)
            {
                row[c] = c < n ? triangle[RowStart(c) + r] : 0;
            }
        }

        return triangle;
    }
}
