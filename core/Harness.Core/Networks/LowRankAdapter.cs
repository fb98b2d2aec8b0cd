using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// A low-rank adapter of a d × k weight matrix (arXiv:2106.09685): ΔW = s·BA, with B d × r and A r × k trained and W₀ left as it is.
/// </summary>
/// <remarks>
/// With G = ∂F/∂W the gradients are ∂F/∂B = s·GAᵀ and ∂F/∂A = s·BᵀG. G = UHᵀ, signals times arguments of a batch of n columns, is never formed: s·U(AH)ᵀ and s·(BᵀU)Hᵀ cost (2n + 1)r(d + k) multiply-adds.
/// <para>Merging rounds once: every entry becomes fl(s·Σ + W) with Σ the entry of BA as computed. Unmerging subtracts the very same number, so that with D = s·Σ the round trip is off by at most
/// u(|W + D| + |W| + u|W + D|) ≤ 2u(1 + u)(|W| + |D|), entry by entry (docs/derivations.md, "Low-rank adapters").</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LowRankAdapter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] up;
    private readonly T[] downTransposed;
    private readonly T[] down;

    /// <summary>For each enabled part of a fused projection, the part's index; one part where nothing is fused.</summary>
    private readonly int[] parts;
    private readonly int rowsOfPart;

    /// <summary>An adapter with A = 0 and B = 0.</summary>
    /// <param name="rows">d, rows of the weight matrix.</param>
    /// <param name="columns">k, its columns.</param>
    /// <param name="rank">r ≥ 1.</param>
    /// <param name="scale">s (<see cref="AdapterScale"/>), rounded to <typeparamref name="T"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public LowRankAdapter(int rows, int columns, int rank, double scale)
        : this(rows, 1, columns, rank, scale, [0])
    {
    }

    private LowRankAdapter(int rowsOfPart, int partCount, int columns, int rank, double scale, int[] parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsOfPart, 1, "rows");
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        (this.rowsOfPart, this.parts, Rank, Scale) = (rowsOfPart, parts, rank, T.CreateChecked(scale));
        Down = new(checked(rank * parts.Length), columns);
        Up = new(checked(rowsOfPart * partCount), Down.Rows);
        up = new T[checked(Up.Rows * Up.Columns)];
        (down, downTransposed) = (new T[checked(Down.Rows * Down.Columns)], new T[checked(Down.Rows * Down.Columns)]);
    }

    /// <summary>
    /// An adapter of projections that share one matrix, one below the other (queries, keys and values): each enabled part has an A and a B of its own. A is then rE × k for E enabled parts, and B is zero outside its E blocks.
    /// </summary>
    /// <param name="rowsOfPart">Rows of each part.</param>
    /// <param name="columns">k.</param>
    /// <param name="rank">r of each enabled part.</param>
    /// <param name="scale">s.</param>
    /// <param name="enabled">For each part from the top, whether it is adapted; at least one is.</param>
    /// <exception cref="ArgumentException">No part is enabled.</exception>
    public static LowRankAdapter<T> Fused(int rowsOfPart, int columns, int rank, double scale, params ReadOnlySpan<bool> enabled)
    {
        var parts = new int[enabled.Count(true)];
        for (var (part, next) = (0, 0); part < enabled.Length; part++)
        {
            if (enabled[part])
            {
                parts[next++] = part;
            }
        }

        return parts.Length > 0 ? new(rowsOfPart, enabled.Length, columns, rank, scale, parts) : throw new ArgumentException("No part of the fused projection is enabled; enable one or use no adapter.", nameof(enabled));
    }

    /// <summary>A, r × k (rE × k where E parts are fused).</summary>
    public Weights<T> Down { get; }

    /// <summary>B, d × r (d × rE, zero outside the parts' blocks).</summary>
    public Weights<T> Up { get; }

    /// <summary>r, of each part.</summary>
    public int Rank { get; }

    /// <summary>s.</summary>
    public T Scale { get; }

    /// <summary>Trained numbers: r(k + d), d the rows of enabled parts only.</summary>
    public long Parameters => (long)Rank * parts.Length * (Down.Columns + rowsOfPart);

    /// <summary>B = 0 and A ~ N(0, σ²): ΔW = 0 at the start, and ∂F/∂A = 0 (section 4.1).</summary>
    /// <param name="stream">The random stream.</param>
    /// <param name="standardDeviation">σ.</param>
    public void InitialiseGaussian(RandomStream stream, double standardDeviation)
    {
        Up.Scale(T.Zero);
        Down.FillGaussian(stream, standardDeviation);
    }

    /// <summary>B = 0 and A ~ U(−1/√k, 1/√k), of variance 1/(3k): what the authors' published code draws.</summary>
    /// <param name="stream">The random stream; entry (i, j) is its number i·k + j.</param>
    public void InitialiseUniform(RandomStream stream)
    {
        Up.Scale(T.Zero);
        var width = 1 / Math.Sqrt(Down.Columns);
        for (var i = 0; i < Down.Rows; i++)
        {
            for (var j = 0; j < Down.Columns; j++)
            {
                Down[i, j] = T.CreateTruncating(((2 * stream.Uniform(((ulong)i * (ulong)Down.Columns) + (ulong)j)) - 1) * width);
            }
        }
    }

    /// <summary>W += s·BA; from then on the product with W costs what it cost before.</summary>
    /// <param name="weights">W, d × k.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Merge(Weights<T> weights) => Add(Scale, weights);

    /// <summary>W −= s·BA: the weights before merging, up to rounding.</summary>
    /// <inheritdoc cref="Merge"/>
    public void Unmerge(Weights<T> weights) => Add(-Scale, weights);

    /// <summary>Elements of workspace for <see cref="AddProduct"/> and <see cref="AddGradients"/>.</summary>
    /// <param name="stride">Elements between two features of the batch.</param>
    public int WorkspaceLength(int stride) => checked((Down.Rows + Math.Max(Down.Rows, Up.Rows)) * stride);

    /// <summary>G += s·B(AH), the adapter beside its layer: n·r(d + k) multiply-adds, and n·d for the sum.</summary>
    /// <param name="h">H, k × n, feature-major.</param>
    /// <param name="g">G, d × n, feature-major; holds W₀H.</param>
    /// <param name="n">Columns of the batch.</param>
    /// <param name="stride">Elements between two features in both batches.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    public void AddProduct(ReadOnlySpan<T> h, Span<T> g, int n, int stride, Span<T> workspace)
    {
        var inner = workspace[..(Down.Rows * stride)];
        var outer = workspace.Slice(inner.Length, Up.Rows * stride);
        Down.Multiply(h, inner, n, stride);
        Up.Multiply(inner, outer, n, stride);
        for (var i = 0; i < Up.Rows; i++)
        {
            var row = g.Slice(i * stride, n);
            TensorPrimitives.FusedMultiplyAdd(outer.Slice(i * stride, n), Scale, row, row);
        }
    }

    /// <summary>Adds α_A·∂F/∂A and α_B·∂F/∂B to matrices of the shapes of A and B, which may be A and B themselves. Allocates nothing after the first call.</summary>
    /// <param name="signals">U, d × n: derivatives of F in the products of the adapted matrix.</param>
    /// <param name="arguments">H, k × n: what it multiplied.</param>
    /// <param name="n">Columns of the batch.</param>
    /// <param name="stride">Elements between two features in both batches.</param>
    /// <param name="downFactor">α_A.</param>
    /// <param name="upFactor">α_B.</param>
    /// <param name="downTarget">r × k.</param>
    /// <param name="upTarget">d × r.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    public void AddGradients(ReadOnlySpan<T> signals, ReadOnlySpan<T> arguments, int n, int stride, T downFactor, T upFactor, Weights<T> downTarget, Weights<T> upTarget, Span<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(downTarget);
        ArgumentNullException.ThrowIfNull(upTarget);
        var length = Down.Rows * stride;
        var inner = workspace[..length];
        var outer = workspace.Slice(length, length);
        Down.Multiply(arguments, inner, n, stride);
        Up.MultiplyTransposed(signals, outer, n, stride);
        upTarget.AddOuterProduct(upFactor * Scale, signals, inner, n, stride);
        downTarget.AddOuterProduct(downFactor * Scale, outer, arguments, n, stride);
        ClearOutsideBlocks(upTarget);
    }

    private void Add(T factor, Weights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Rows != Up.Rows || weights.Columns != Down.Columns)
        {
            throw new ArgumentException($"An adapter of a {Up.Rows} × {Down.Columns} matrix does not fit a {weights.Rows} × {weights.Columns} matrix.", nameof(weights));
        }

        var rank = Down.Rows;
        Up.CopyTo(up);
        Down.CopyTo(down);
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < Down.Columns; j++)
            {
                downTransposed[(j * rank) + i] = down[(i * Down.Columns) + j];
            }
        }

        weights.AddOuterProduct(factor, up, downTransposed, rank, rank);
    }

    private void ClearOutsideBlocks(Weights<T> matrix)
    {
        if (matrix.Rows == rowsOfPart)
        {
            return;
        }

        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                if (parts[j / Rank] != i / rowsOfPart)
                {
                    matrix[i, j] = T.Zero;
                }
            }
        }
    }
}
