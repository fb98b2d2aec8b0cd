using System.Numerics.Tensors;
using Harness.Core.Threads;

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
    /// <param name="team">Threads that share the rows of G, or null for the calling one alone.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public void Multiply(ReadOnlySpan<T> h, Span<T> g, int n, int stride, ThreadTeam? team = null) => Multiply(h, g, [], n, stride, team);

    /// <summary>G = W · H and max(G, 0).</summary>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="g">G, rows × n, feature-major; must not overlap <paramref name="h"/>.</param>
    /// <param name="rectified">max(G, 0), laid out like G, or empty.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in all batches, at least n.</param>
    /// <param name="team">Threads that share the rows of G, or null.</param>
    internal unsafe void Multiply(ReadOnlySpan<T> h, Span<T> g, Span<T> rectified, int n, int stride, ThreadTeam? team)
    {
        RequireBatch(h.Length, Columns, n, stride, nameof(h));
        RequireBatch(g.Length, Rows, n, stride, nameof(g));
        RequireApart(h, g);
        fixed (T* weights = &storage[origin], hs = h, gs = g, rectifieds = rectified)
        {
            var product = Forward(weights, hs, gs, stride);
            product.Rectified = rectifieds;
            product.Run(Rows, n, PanelRows, team);
        }
    }

    /// <summary>S = Wᵀ · D.</summary>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="s">S, columns × n, feature-major; must not overlap <paramref name="d"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <param name="team">Threads that share the rows of S, or null for the calling one alone.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public void MultiplyTransposed(ReadOnlySpan<T> d, Span<T> s, int n, int stride, ThreadTeam? team = null) => MultiplyTransposed(d, s, [], n, stride, team);

    /// <summary>S = Wᵀ · D where the gate is not negative, else zero.</summary>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="s">S, columns × n, feature-major; must not overlap <paramref name="d"/>.</param>
    /// <param name="gate">Laid out like S, or empty for none.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in all batches, at least n.</param>
    /// <param name="team">Threads that share the rows of S, or null.</param>
    internal unsafe void MultiplyTransposed(ReadOnlySpan<T> d, Span<T> s, ReadOnlySpan<T> gate, int n, int stride, ThreadTeam? team)
    {
        RequireBatch(d.Length, Rows, n, stride, nameof(d));
        RequireBatch(s.Length, Columns, n, stride, nameof(s));
        RequireApart(d, s);
        fixed (T* weights = &storage[origin], ds = d, ss = s, gates = gate)
        {
            var product = Transposed(weights, ds, ss, stride);
            product.Gate = gates;
            product.Run(Columns, n, 8, team);
        }
    }

    /// <summary>G = |W| · H with |W| taken element by element: what bounds the rounding errors of <see cref="Multiply(ReadOnlySpan{T}, Span{T}, int, int, ThreadTeam?)"/>.</summary>
    /// <param name="h">H, columns × n, feature-major.</param>
    /// <param name="g">G, rows × n, feature-major; must not overlap <paramref name="h"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <param name="team">Threads that share the rows of G, or null for the calling one alone.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public unsafe void MultiplyMagnitudes(ReadOnlySpan<T> h, Span<T> g, int n, int stride, ThreadTeam? team = null)
    {
        RequireBatch(h.Length, Columns, n, stride, nameof(h));
        RequireBatch(g.Length, Rows, n, stride, nameof(g));
        RequireApart(h, g);
        fixed (T* weights = &storage[origin], hs = h, gs = g)
        {
            var product = Forward(weights, hs, gs, stride);
            product.Magnitudes = true;
            product.Run(Rows, n, PanelRows, team);
        }
    }

    /// <summary>S = |W|ᵀ · D with |W| taken element by element.</summary>
    /// <param name="d">D, rows × n, feature-major.</param>
    /// <param name="s">S, columns × n, feature-major; must not overlap <paramref name="d"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features in both batches, at least n.</param>
    /// <param name="team">Threads that share the rows of S, or null for the calling one alone.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the two overlap.</exception>
    public unsafe void MultiplyMagnitudesTransposed(ReadOnlySpan<T> d, Span<T> s, int n, int stride, ThreadTeam? team = null)
    {
        RequireBatch(d.Length, Rows, n, stride, nameof(d));
        RequireBatch(s.Length, Columns, n, stride, nameof(s));
        RequireApart(d, s);
        fixed (T* weights = &storage[origin], ds = d, ss = s)
        {
            var product = Transposed(weights, ds, ss, stride);
            product.Magnitudes = true;
            product.Run(Columns, n, 8, team);
        }
    }

    private unsafe Contraction<T> Forward(T* weights, T* h, T* g, int stride) => new()
    {
        A = h, AStep = stride,
        B = weights, BRow = 1, RowsTogether = PanelRows, BRowBlock = PanelStride, BStep = PanelRows, BlockLength = PrefetchDistance, BBlock = PrefetchDistance * PanelRows, Length = Columns,
        BlocksAhead = 1, PrefetchStep = PanelRows,
        C = g, CRow = stride,
    };

    private unsafe Contraction<T> Transposed(T* weights, T* d, T* s, int stride) => new()
    {
        A = d, AStep = stride,
        B = weights, BRow = PanelRows, BStep = 1, BlockLength = PanelRows, BBlock = PanelStride, Length = Rows,
        BlocksAhead = PrefetchDistance / PanelRows, PrefetchStep = 8,
        C = s, CRow = stride,
    };

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
