using Harness.Core.Threads;

namespace Harness.Core.Numerics;

/// <content>The update of gradient descent, by itself and in one sweep with the backward pass.</content>
public sealed partial class Weights<T>
{
    /// <summary>Rows that a signal passes back through, and that are then updated, while they are in the cache: long enough a sum to hide loading and storing its accumulators.</summary>
    private const int SweepRows = 256;

    /// <summary>Columns of the same: 256 KiB of weights in all, a quarter of a second-level cache.</summary>
    private static unsafe int SweepColumns => (1 << 18) / SweepRows / sizeof(T);

    /// <summary>W += α · D · Hᵀ: every element becomes fl(α · Σ_s D[i, s]H[j, s] + W[i, j]), the sum taken first, the rest rounded once.</summary>
    /// <remarks>The step equals adding α times the explicitly computed D · Hᵀ, bit for bit. The first call with a larger n allocates scratch of the size of D.</remarks>
    /// <param name="alpha">α.</param>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public void AddOuterProduct(T alpha, ReadOnlySpan<T> d, ReadOnlySpan<T> h, int n, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var needed = TransposedLength(Rows, n);
        if (transposed.Length < needed)
        {
            transposed = GC.AllocateUninitializedArray<T>(needed, pinned: true);
        }

        Descend(alpha, d, h, [], [], transposed, n, stride, team: null);
    }

    /// <summary>Elements of scratch for <see cref="Descend"/>: D with its rows rounded up to whole panels.</summary>
    internal static int TransposedLength(int rows, int n) => checked((rows + PanelRows - 1) / PanelRows * PanelRows * n);

    /// <summary>
    /// S = Wᵀ · D, gated, with the present W; then W += α · D · Hᵀ: block by block, so that every weight comes from memory once and goes back once.
    /// </summary>
    /// <param name="alpha">α.</param>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="s">S, columns × stride: all columns of D's rows take part, padding included; empty: W is only updated.</param>
    /// <param name="gate">Laid out like S: S is zero wherever this is negative.</param>
    /// <param name="scratch">At least <see cref="TransposedLength"/> elements.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in all batches, at least n.</param>
    /// <param name="team">Threads that share the columns of W, or null.</param>
    internal unsafe void Descend(T alpha, ReadOnlySpan<T> d, ReadOnlySpan<T> h, Span<T> s, ReadOnlySpan<T> gate, Span<T> scratch, int n, int stride, ThreadTeam? team)
    {
        RequireBatch(d.Length, Rows, n, stride, nameof(d));
        RequireBatch(h.Length, Columns, n, stride, nameof(h));
        if (n == 0)
        {
            return;
        }

        fixed (T* weights = &storage[origin], ds = d, hs = h, ss = s, gates = gate, panels = scratch)
        {
            var transposition = new PanelTransposition<T> { D = ds, Stride = stride, Rows = Rows, Columns = n, PanelRows = PanelRows, Panels = panels };
            var sweep = new Sweep
            {
                Back = Transposed(weights, ds, ss, stride), Gate = gates, Columns = Columns, N = n, BackN = stride, PanelStride = PanelStride,
                Update = new()
                {
                    A = panels, AStep = PanelRows,
                    B = hs, BRow = stride, BStep = 1, BlockLength = n, Length = n,
                    C = weights, CRow = PanelRows, Accumulate = true, Alpha = alpha,
                },
            };
            if (team is null)
            {
                transposition.Execute(0, 1);
                sweep.Execute(0, 1);
            }
            else
            {
                team.Run(ref transposition);
                team.Run(ref sweep);
            }
        }
    }

    /// <summary>One member's columns of W: back through a block of rows, then the update of that block.</summary>
    private unsafe struct Sweep : ITeamWork
    {
        public Contraction<T> Back;
        public Contraction<T> Update;
        public T* Gate;
        public int Columns;
        public int N;
        public int BackN;
        public nint PanelStride;

        public readonly void Execute(int member, int count)
        {
            var (first, last) = Partition.Of(Columns, 8, member, count);
            var rows = Back.Length;
            for (var top = 0; top < rows; top += SweepRows)
            {
                var bottom = Math.Min(top + SweepRows, rows);
                for (var left = first; left < last; left += SweepColumns)
                {
                    var right = Math.Min(left + SweepColumns, last);
                    if (Back.C != null)
                    {
                        var back = Back;
                        back.A += top * Back.AStep;
                        back.B += top / PanelRows * PanelStride;
                        back.Length = bottom - top;
                        back.Continue = top > 0;
                        back.Gate = bottom == rows ? Gate : null;
                        back.Run(left, right, BackN);
                    }

                    for (var panel = top / PanelRows; panel * PanelRows < bottom; panel++)
                    {
                        var update = Update;
                        update.A += (nint)panel * PanelRows * N;
                        update.C += panel * PanelStride;
                        update.Run(left, right, PanelRows);
                    }
                }
            }
        }
    }
}
