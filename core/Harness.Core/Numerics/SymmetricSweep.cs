using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>The sweep that a Householder reduction spends its time in: A ← A − xyᵀ − yxᵀ and p = Av, with every entry of the triangle loaded and stored once.</summary>
/// <remarks>
/// Four rows at a time: a vector of eight columns then takes 16 multiply-adds for 8 loads and 5 stores, so that arithmetic is the limit as long as the triangle comes from the second-level cache.
/// Order: entry (r, c) of the triangle takes −x_r y_c, then −y_r x_c. p_c takes v_r A[r, c] from the rows r ≥ 8⌊c/8⌋, ascending; p_r also the sum of A[r, c]v_c over c &lt; 8⌊r/8⌋, in eight lanes
/// (c mod 8) that are folded in halves. So an inner product passes through at most n/8 + 4 roundings there, and the whole of p_r through at most n.
/// </remarks>
internal static unsafe class SymmetricSweep
{
    private const int Rows = 4;

    /// <summary>Columns swept at a time: the pieces of x, y, v and p then take 32 KiB and stay in the first-level cache.</summary>
    private const int PanelColumns = 1024;

    /// <summary>Updates the leading block of the triangle and multiplies it by v.</summary>
    /// <param name="triangle">A, a <see cref="PackedTriangle"/>.</param>
    /// <param name="order">Order of the leading block.</param>
    /// <param name="x">At least the order rounded up to whole vectors, as for y, v and p; all aligned like the triangle.</param>
    /// <param name="y">See x.</param>
    /// <param name="v">See x; zero from the order on.</param>
    /// <param name="p">Receives Av; undefined from the order on.</param>
    /// <param name="spare">As long as x, zero, and zero again on return.</param>
    public static void Run(double* triangle, int order, double* x, double* y, double* v, double* p, double* spare)
    {
        new Span<double>(p, PackedTriangle.RoundUp(order)).Clear();
        for (var left = 0; left < order; left += PanelColumns)
        {
            for (var r = left; r < order; r += Rows)
            {
                var diagonal = r & -PackedTriangle.Lanes;
                var right = Math.Min(diagonal, left + PanelColumns);
                var closes = diagonal < left + PanelColumns;
                var first = triangle + PackedTriangle.RowStart(r);
                var length = PackedTriangle.RoundUp(r + 1);
                if (r + Rows <= order)
                {
                    FourRows(first, first + length, first + (2 * length), first + (3 * length), x + r, y + r, v + r, p + r, x, y, v, p, left, right, closes);
                }
                else
                {
                    LastRows(first, length, order - r, r, x, y, v, p, left, right, closes, spare);
                }
            }
        }
    }

    /// <summary>Fewer than four rows: zeros take the place of the others.</summary>
    private static void LastRows(double* first, int length, int count, int r, double* x, double* y, double* v, double* p, int left, int right, bool diagonal, double* spare)
    {
        double* xs = stackalloc double[Rows], ys = stackalloc double[Rows], vs = stackalloc double[Rows], ps = stackalloc double[Rows];
        for (var i = 0; i < Rows; i++)
        {
            (xs[i], ys[i], vs[i], ps[i]) = i < count ? (x[r + i], y[r + i], v[r + i], 0) : (0, 0, 0, 0);
        }

        FourRows(first, count > 1 ? first + length : spare, count > 2 ? first + (2 * length) : spare, spare, xs, ys, vs, ps, x, y, v, p, left, right, diagonal);
        for (var i = 0; i < count; i++)
        {
            p[r + i] += ps[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(
        double* a0, double* a1, double* a2, double* a3, double* xs, double* ys, double* vs, double* ps,
        double* x, double* y, double* v, double* p, int left, int right, bool diagonal)
    {
        var (x0, x1, x2, x3) = (Vector512.Create(-xs[0]), Vector512.Create(-xs[1]), Vector512.Create(-xs[2]), Vector512.Create(-xs[3]));
        var (y0, y1, y2, y3) = (Vector512.Create(-ys[0]), Vector512.Create(-ys[1]), Vector512.Create(-ys[2]), Vector512.Create(-ys[3]));
        var (v0, v1, v2, v3) = (Vector512.Create(vs[0]), Vector512.Create(vs[1]), Vector512.Create(vs[2]), Vector512.Create(vs[3]));
        var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        nint c = left;
        for (; c < right; c += PackedTriangle.Lanes)
        {
            var (xc, yc, vc, pc) = (Vector512.Load(x + c), Vector512.Load(y + c), Vector512.Load(v + c), Vector512.Load(p + c));
            var row = Updated(a0 + c, x0, yc, y0, xc);
            s0 = Vector512.FusedMultiplyAdd(row, vc, s0);
            pc = Vector512.FusedMultiplyAdd(row, v0, pc);
            row = Updated(a1 + c, x1, yc, y1, xc);
            s1 = Vector512.FusedMultiplyAdd(row, vc, s1);
            pc = Vector512.FusedMultiplyAdd(row, v1, pc);
            row = Updated(a2 + c, x2, yc, y2, xc);
            s2 = Vector512.FusedMultiplyAdd(row, vc, s2);
            pc = Vector512.FusedMultiplyAdd(row, v2, pc);
            row = Updated(a3 + c, x3, yc, y3, xc);
            s3 = Vector512.FusedMultiplyAdd(row, vc, s3);
            pc = Vector512.FusedMultiplyAdd(row, v3, pc);
            pc.Store(p + c);
        }

        if (diagonal)
        {
            // The block on the diagonal is whole, so its columns are all that is needed of it.
            var (xc, yc, pc) = (Vector512.Load(x + c), Vector512.Load(y + c), Vector512.Load(p + c));
            pc = Vector512.FusedMultiplyAdd(Updated(a0 + c, x0, yc, y0, xc), v0, pc);
            pc = Vector512.FusedMultiplyAdd(Updated(a1 + c, x1, yc, y1, xc), v1, pc);
            pc = Vector512.FusedMultiplyAdd(Updated(a2 + c, x2, yc, y2, xc), v2, pc);
            pc = Vector512.FusedMultiplyAdd(Updated(a3 + c, x3, yc, y3, xc), v3, pc);
            pc.Store(p + c);
        }

        ps[0] += Fold(s0);
        ps[1] += Fold(s1);
        ps[2] += Fold(s2);
        ps[3] += Fold(s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Updated(double* a, Vector512<double> xr, Vector512<double> y, Vector512<double> yr, Vector512<double> x)
    {
        var row = Vector512.FusedMultiplyAdd(yr, x, Vector512.FusedMultiplyAdd(xr, y, Vector512.Load(a)));
        row.Store(a);
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Fold(Vector512<double> lanes)
    {
        var quarter = lanes.GetLower() + lanes.GetUpper();
        var pair = quarter.GetLower() + quarter.GetUpper();
        return pair[0] + pair[1];
    }
}
