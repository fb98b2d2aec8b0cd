using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <content>The products of forward pass, backward pass and gradient step.</content>
/// <remarks>
/// A batch of n vectors is "feature-major": feature k occupies n contiguous elements at k · stride, stride ≥ n. Every output element takes its
/// products by fused multiply-add in ascending order of the summation index (<see cref="Contraction{T}"/>), so its bits depend on the
/// numbers alone, and |computed − exact| ≤ γ_K Σ|products| with K the number of products.
/// </remarks>
public sealed partial class Weights<T>
{
    /// <summary>Steps of k between asking for a panel's cache line and using it: about the latency of main memory over the time of a step.</summary>
    private const int PrefetchDistance = 64;

    /// <summary>G = W · H.</summary>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="g">G, rows × n, feature-major; must not overlap <paramref name="h"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public unsafe void Multiply(ReadOnlySpan<T> h, Span<T> g, int n, int stride)
    {
        RequireBatch(h.Length, Columns, n, stride, nameof(h));
        RequireBatch(g.Length, Rows, n, stride, nameof(g));
        RequireApart(h, g);
        fixed (T* weights = &storage[origin], hs = h, gs = g)
        {
            var range = Contraction<T>.RangeOfK(n);
            for (var k = 0; k == 0 || k < Columns; k += range)
            {
                for (var panel = 0; panel < PanelCount; panel++)
                {
                    var product = new Contraction<T>
                    {
                        A = hs, AStep = stride,
                        B = weights + (panel * PanelStride), BRow = 1, BStep = PanelRows, BlockLength = Columns, Length = Columns,
                        PrefetchOffset = PrefetchDistance * PanelRows, PrefetchStep = PanelRows,
                        C = gs + ((nint)panel * PanelRows * stride), CRow = stride,
                    };
                    product.Range(k, range).Run(RowsOfPanel(panel), n);
                }
            }
        }
    }

    /// <summary>S = Wᵀ · D.</summary>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="s">S, columns × n, feature-major; must not overlap <paramref name="d"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public unsafe void MultiplyTransposed(ReadOnlySpan<T> d, Span<T> s, int n, int stride)
    {
        RequireBatch(d.Length, Rows, n, stride, nameof(d));
        RequireBatch(s.Length, Columns, n, stride, nameof(s));
        RequireApart(d, s);
        fixed (T* weights = &storage[origin], ds = d, ss = s)
        {
            var product = new Contraction<T>
            {
                A = ds, AStep = stride,
                B = weights, BRow = PanelRows, BStep = 1, BlockLength = PanelRows, BBlock = PanelStride, Length = Rows,
                PrefetchOffset = PanelStride, PrefetchStep = 8,
                C = ss, CRow = stride,
            };
            var range = Contraction<T>.RangeOfK(n);
            for (var k = 0; k == 0 || k < Rows; k += range)
            {
                product.Range(k, range).Run(Columns, n);
            }
        }
    }

    /// <summary>W += α · D · Hᵀ: every element becomes fl(α · Σ_s D[i, s]H[j, s] + W[i, j]), the sum taken first, the rest rounded once.</summary>
    /// <remarks>The step equals adding α times the explicitly computed D · Hᵀ, bit for bit. The first call with a larger n allocates scratch of one panel.</remarks>
    /// <param name="alpha">α.</param>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public unsafe void AddOuterProduct(T alpha, ReadOnlySpan<T> d, ReadOnlySpan<T> h, int n, int stride)
    {
        RequireBatch(d.Length, Rows, n, stride, nameof(d));
        RequireBatch(h.Length, Columns, n, stride, nameof(h));
        if (n == 0)
        {
            return;
        }

        if (transposedPanel.Length < n * PanelRows)
        {
            transposedPanel = GC.AllocateArray<T>(n * PanelRows, pinned: true);
        }

        fixed (T* weights = &storage[origin], ds = d, hs = h, transposed = transposedPanel)
        {
            for (var panel = 0; panel < PanelCount; panel++)
            {
                var rows = RowsOfPanel(panel);
                for (var r = 0; r < rows; r++)
                {
                    var row = ds + (((nint)panel * PanelRows) + r) * stride;
                    for (nint k = 0; k < n; k++)
                    {
                        transposed[(k * PanelRows) + r] = row[k];
                    }
                }

                var product = new Contraction<T>
                {
                    A = transposed, AStep = PanelRows,
                    B = hs, BRow = stride, BStep = 1, BlockLength = n, Length = n,
                    C = weights + (panel * PanelStride), CRow = PanelRows, Accumulate = true, Alpha = alpha,
                };
                product.Run(Columns, rows);
            }
        }
    }

    /// <summary>W += α · V, every element rounded once.</summary>
    /// <param name="alpha">α.</param>
    /// <param name="other">V, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void AddScaled(T alpha, Weights<T> other)
    {
        RequireShape(other);
        TensorPrimitives.FusedMultiplyAdd(other.Elements, alpha, Elements, Elements);
    }

    /// <summary>W = α · W.</summary>
    /// <param name="alpha">α.</param>
    public void Scale(T alpha) => TensorPrimitives.Multiply(Elements, alpha, Elements);

    /// <summary>‖W‖²_F = Σ W[i, j]².</summary>
    /// <remarks>
    /// Order: row i has four accumulators, for j ≡ 0, 1, 2, 3 (mod 4), each taking its squares by fused multiply-add with j ascending; they are added as
    /// (0 + 1) + (2 + 3), and the rows in ascending order. Relative error at most γ_k, k = ⌈columns/4⌉ + 2 + rows.
    /// </remarks>
    public unsafe T SquaredFrobeniusNorm()
    {
        var total = T.Zero;
        var partial = stackalloc T[4 * PanelRows];
        fixed (T* weights = &storage[origin])
        {
            for (var panel = 0; panel < PanelCount; panel++)
            {
                new Span<T>(partial, 4 * PanelRows).Clear();
                var column = weights + (panel * PanelStride);
                for (var j = 0; j < Columns; j++, column += PanelRows)
                {
                    var sums = new Span<T>(partial + (j % 4 * PanelRows), PanelRows);
                    var squares = new ReadOnlySpan<T>(column, PanelRows);
                    TensorPrimitives.FusedMultiplyAdd(squares, squares, sums, sums);
                }

                for (var r = 0; r < RowsOfPanel(panel); r++)
                {
                    total += (partial[r] + partial[PanelRows + r]) + (partial[(2 * PanelRows) + r] + partial[(3 * PanelRows) + r]);
                }
            }
        }

        return total;
    }

    /// <summary>max|W[i, j]|; NaN if any element is.</summary>
    internal T LargestMagnitude() => Rows == 0 || Columns == 0 ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(Elements));

    private static void RequireBatch(int length, int features, int n, int stride, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, n);
        if (features > 0 && length < ((long)(features - 1) * stride) + n)
        {
            throw new ArgumentException($"{features} features of {n} elements at stride {stride} need {((long)(features - 1) * stride) + n} elements; the span has {length}.", name);
        }
    }

    private static void RequireApart(ReadOnlySpan<T> input, ReadOnlySpan<T> output)
    {
        if (input.Overlaps(output))
        {
            throw new ArgumentException("The product would overwrite its own input: the two batches overlap.");
        }
    }
}
