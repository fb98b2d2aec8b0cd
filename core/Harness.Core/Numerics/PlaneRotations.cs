using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>Rotations of neighbouring rows, put off until there are enough of them to make a strip of columns worth bringing to the cache.</summary>
/// <remarks>
/// A QL sweep rotates rows (i, i + 1), i descending. Applied one by one, every rotation brings two whole rows from memory; here a strip of 32 columns is copied to where it is contiguous and goes through all
/// sweeps that wait, the row that two consecutive rotations share staying in registers. Every element meets the same rotations in the same order, so the bits are those of the plain way.
/// Source of the idea: Van Zee, van de Geijn, Quintana-Ortí, "Restructuring the tridiagonal and bidiagonal QR algorithms for performance", ACM TOMS 40 (2014).
/// </remarks>
internal ref struct PlaneRotations
{
    private const int SweepCapacity = 32;

    private const int Strip = 32;

    private readonly Span<double> rows;
    private readonly Span<double> waiting;
    private readonly int n;
    private RowIndices firsts;
    private RowIndices counts;
    private int sweeps;

    /// <summary>Rotations of a matrix of n rows.</summary>
    /// <param name="rows">n × n, row-major.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> elements: the cosines and sines that wait.</param>
    public PlaneRotations(Span<double> rows, int n, Span<double> workspace)
    {
        this.rows = rows;
        this.n = n;
        waiting = workspace[..WorkspaceLength(n)];
    }

    public static int WorkspaceLength(int n) => checked(2 * SweepCapacity * n);

    /// <summary>Opens a sweep whose first rotation is of rows <paramref name="first"/> and <paramref name="first"/> + 1.</summary>
    public void Begin(int first)
    {
        if (sweeps == SweepCapacity)
        {
            Apply();
        }

        (firsts[sweeps], counts[sweeps]) = (first, 0);
        sweeps++;
    }

    /// <summary>The next rotation of the sweep, one row further up: (x, y) ← (cx − sy, sx + cy).</summary>
    public void Add(double c, double s)
    {
        var at = 2 * (((sweeps - 1) * n) + counts[sweeps - 1]++);
        (waiting[at], waiting[at + 1]) = (c, s);
    }

    /// <summary>Applies all that waits.</summary>
    public unsafe void Apply()
    {
        // Rows that no rotation touches stay where they are.
        var (top, bottom) = (n, 0);
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            (top, bottom) = (Math.Min(top, firsts[sweep] - counts[sweep] + 1), Math.Max(bottom, firsts[sweep] + 2));
        }

        var strip = Scratch<double>.Take(Strip * n);
        fixed (double* rotations = waiting)
        {
            for (var left = 0; left < n && top < bottom; left += Strip)
            {
                var width = Math.Min(Strip, n - left);
                for (var r = top; r < bottom; r++)
                {
                    rows.Slice((r * n) + left, width).CopyTo(new(strip + (r * Strip), Strip));
                    new Span<double>(strip + (r * Strip) + width, Strip - width).Clear();
                }

                for (var sweep = 0; sweep < sweeps; sweep++)
                {
                    Rotate(strip + (firsts[sweep] * Strip), rotations + (2 * sweep * n), counts[sweep]);
                }

                for (var r = top; r < bottom; r++)
                {
                    new ReadOnlySpan<double>(strip + (r * Strip), width).CopyTo(rows[((r * n) + left)..]);
                }
            }
        }

        sweeps = 0;
    }

    /// <summary>One sweep on a strip, upwards from the row <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Rotate(double* x, double* rotations, int count)
    {
        if (count == 0)
        {
            return;
        }

        var (y0, y1, y2, y3) = (Vector512.Load(x + Strip), Vector512.Load(x + Strip + 8), Vector512.Load(x + Strip + 16), Vector512.Load(x + Strip + 24));
        for (; count > 0; count--, rotations += 2, x -= Strip)
        {
            var (c, s, minus) = (Vector512.Create(rotations[0]), Vector512.Create(rotations[1]), Vector512.Create(-rotations[1]));
            Turn(c, s, minus, x, ref y0);
            Turn(c, s, minus, x + 8, ref y1);
            Turn(c, s, minus, x + 16, ref y2);
            Turn(c, s, minus, x + 24, ref y3);
        }

        y0.Store(x + Strip);
        y1.Store(x + Strip + 8);
        y2.Store(x + Strip + 16);
        y3.Store(x + Strip + 24);
    }

    /// <summary>Stores sx + cy in y's row and keeps cx − sy, which is the next rotation's y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Turn(Vector512<double> c, Vector512<double> s, Vector512<double> minus, double* x, ref Vector512<double> y)
    {
        var upper = Vector512.Load(x);
        Vector512.FusedMultiplyAdd(s, upper, c * y).Store(x + Strip);
        y = Vector512.FusedMultiplyAdd(c, upper, minus * y);
    }

    [InlineArray(SweepCapacity)]
    private struct RowIndices
    {
        private int first;
    }
}
