using System.Numerics.Tensors;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>The spectral norm ‖W‖₂ (largest singular value) between two proven bounds.</summary>
/// <remarks>
/// Through the smaller Gram matrix K of W, ‖W‖₂² = λ_max(K), enclosed by <see cref="LargestEigenvalue"/>. The computed K̂ is off by at most γ_N(|W||Wᵀ|) entry by entry,
/// N the longer side, so by γ_N‖W‖²_F in norm; the trace of K̂ bounds ‖W‖²_F. Cost: min²·max/2 multiply-adds for K, min²
/// for a Lanczos step, min³/6 for the certificate.
/// </remarks>
public static class SpectralNorm
{
    /// <summary>Squared Frobenius norms from here on dwarf all underflow in the products behind them, so that γ bounds hold with room to spare.</summary>
    private const double SmallestSquare = 1e-200;

    /// <summary>Elements of workspace for <see cref="Enclose(Weights{double}, RandomStream, double, Span{double})"/>.</summary>
    /// <param name="rows">Rows of W.</param>
    /// <param name="columns">Columns of W.</param>
    public static int WorkspaceLength(int rows, int columns)
    {
        var n = Math.Min(rows, columns);
        return checked((n * n) + Math.Max(Weights<double>.SlabLength(rows, columns), LargestEigenvalue.WorkspaceLength(n)));
    }

    /// <summary>Encloses ‖W‖₂.</summary>
    /// <param name="w">W.</param>
    /// <param name="start">Random numbers of the starting vector; the result depends on them only in its last, unproven digits.</param>
    /// <param name="relativeGap">(upper − lower)/lower to aim at, positive. What is proven is the ball, whatever its width.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The gap is not positive, the workspace is too short, or W holds an infinity or NaN.</exception>
    public static Ball Enclose(Weights<double> w, RandomStream start, double relativeGap, Span<double> workspace)
    {
        ArgumentNullException.ThrowIfNull(w);
        RequireWorkspace(w.Rows, w.Columns, relativeGap, workspace.Length);
        var n = Math.Min(w.Rows, w.Columns);
        var gram = workspace[..(n * n)];
        w.SmallerGram(gram, workspace[(n * n)..]);
        return FromGram(gram, w.Rows, w.Columns, w.LargestMagnitude(), start, relativeGap, workspace[(n * n)..]);
    }

    /// <summary>Encloses ‖W‖₂ of a matrix in rows.</summary>
    /// <param name="w">W, rows × columns row-major.</param>
    /// <param name="rows">Rows of W.</param>
    /// <param name="columns">Columns of W.</param>
    /// <param name="start">Random numbers of the starting vector.</param>
    /// <param name="relativeGap">(upper − lower)/lower to aim at, positive.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The gap is not positive, a span does not fit, or W holds an infinity or NaN.</exception>
    public static Ball Enclose(ReadOnlySpan<double> w, int rows, int columns, RandomStream start, double relativeGap, Span<double> workspace)
    {
        RequireWorkspace(rows, columns, relativeGap, workspace.Length);
        if (w.Length != (long)rows * columns)
        {
            throw new ArgumentException($"A {rows} × {columns} matrix has {(long)rows * columns} elements; the span has {w.Length}.", nameof(w));
        }

        var n = Math.Min(rows, columns);
        var gram = workspace[..(n * n)];
        if (columns <= rows)
        {
            GramMatrix.Compute(w, rows, columns, columns, gram);
        }
        else
        {
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * n) + j] = FixedOrder.Dot(w.Slice(i * columns, columns), w.Slice(j * columns, columns));
                }
            }

            SymmetricMatrix.MirrorLower(gram, n);
        }

        return FromGram(gram, rows, columns, n == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(w)), start, relativeGap, workspace[(n * n)..]);
    }

    /// <summary>Elements of workspace for <see cref="EncloseCoarsely"/>.</summary>
    /// <param name="rows">Rows of W.</param>
    /// <param name="columns">Columns of W.</param>
    public static int CoarseWorkspaceLength(int rows, int columns) => checked(rows + columns);

    /// <summary>A cheap enclosure: from below by a few power iterations, from above by the Frobenius norm, so up to a factor √rank wide.</summary>
    /// <remarks>
    /// The last product W v is off by at most γ_N‖W‖_F‖v‖ in norm, N the number of columns. Cost: 2·rows·columns multiply-adds an iteration.
    /// </remarks>
    /// <param name="w">W.</param>
    /// <param name="start">Random numbers of the starting vector.</param>
    /// <param name="iterations">Power iterations on WᵀW.</param>
    /// <param name="workspace">At least <see cref="CoarseWorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The workspace is too short, or W holds an infinity or NaN.</exception>
    public static Ball EncloseCoarsely(Weights<double> w, RandomStream start, int iterations, Span<double> workspace)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        if (workspace.Length < CoarseWorkspaceLength(w.Rows, w.Columns))
        {
            throw new ArgumentException($"A {w.Rows} × {w.Columns} matrix needs {CoarseWorkspaceLength(w.Rows, w.Columns)} elements of workspace; the span has {workspace.Length}.", nameof(workspace));
        }

        var square = w.SquaredFrobeniusNorm();
        RequireFinite(square);
        if (square < SmallestSquare)
        {
            return FromLargestEntry(w.Rows, w.Columns, w.LargestMagnitude());
        }

        var v = workspace[..w.Columns];
        var image = workspace.Slice(w.Columns, w.Rows);
        start.FillGaussian(v, 1.0);
        w.Multiply(v, image, 1, 1);
        for (var i = 0; i < iterations; i++)
        {
            w.MultiplyTransposed(image, v, 1, 1);
            TensorPrimitives.Multiply(v, 1 / Math.Sqrt(FixedOrder.SumOfSquares<double>(v)), v);
            w.Multiply(v, image, 1, 1);
        }

        var frobenius = RoundingError.Inflate(Math.Sqrt(square), w.Rows + (w.Columns / 4) + 8L);
        var γ = Rounding.Gamma(w.Columns);
        var γsum = Rounding.Gamma(FixedOrder.RoundingDepth<double>(Math.Max(w.Rows, w.Columns)));
        var ratio = Math.Sqrt(FixedOrder.SumOfSquares<double>(image)) / Math.Sqrt(FixedOrder.SumOfSquares<double>(v));
        var lower = ((ratio * (1 - (2 * γsum))) - (γ * frobenius)) * (1 - (16 * Rounding.Unit));
        return Ball.Between(lower > 0 ? lower : 0, frobenius);
    }

    private static Ball FromGram(
        Span<double> gram, int rows, int columns, double largestEntry, RandomStream start, double relativeGap, Span<double> workspace)
    {
        var n = Math.Min(rows, columns);
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            trace += gram[(i * n) + i];
        }

        RequireFinite(trace);
        if (trace < SmallestSquare)
        {
            return FromLargestEntry(rows, columns, largestEntry);
        }

        // An even power of two brings the trace into [1, 4): exact, and its root is a power of two again.
        var halfExponent = (Math.ILogB(trace) & ~1) / 2;
        TensorPrimitives.Multiply(gram, Math.ScaleB(1, -2 * halfExponent), gram);
        trace = Math.ScaleB(trace, -2 * halfExponent);

        var γ = Rounding.Gamma(Math.Max(rows, columns));
        var squaredFrobenius = RoundingError.Inflate(trace / (1 - γ), n + 8L);
        var error = RoundingError.Inflate(γ * squaredFrobenius, 8);
        var (lower, upper) = LargestEigenvalue.Enclose(gram, n, RoundingError.Inflate(squaredFrobenius + error, 4), start, 2 * relativeGap, workspace);
        lower = Math.BitDecrement(lower - error);
        upper = Math.BitIncrement(Math.Min(Math.BitIncrement(upper + error), squaredFrobenius));
        return Ball.Between(
            lower > 0 ? Math.ScaleB(Math.BitDecrement(Math.Sqrt(lower)), halfExponent) : 0,
            Math.ScaleB(Math.BitIncrement(Math.Sqrt(upper)), halfExponent));
    }

    /// <summary>max|Wᵢⱼ| ≤ ‖W‖₂ ≤ √(rows · columns) max|Wᵢⱼ|: all there is to say where squares underflow.</summary>
    private static Ball FromLargestEntry(int rows, int columns, double largestEntry) => largestEntry == 0
        ? Ball.Exactly(0)
        : Ball.Between(largestEntry, Math.BitIncrement(largestEntry * Math.BitIncrement(Math.Sqrt((double)rows * columns))));

    private static void RequireFinite(double sumOfSquares)
    {
        if (!double.IsFinite(sumOfSquares))
        {
            throw new ArgumentException("The spectral norm needs a matrix of finite entries whose squares do not overflow.");
        }
    }

    private static void RequireWorkspace(int rows, int columns, double relativeGap, int workspace)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (!(relativeGap > 0))
        {
            throw new ArgumentException($"The relative gap must be positive; got {relativeGap}.", nameof(relativeGap));
        }

        if (workspace < WorkspaceLength(rows, columns))
        {
            throw new ArgumentException($"A {rows} × {columns} matrix needs {WorkspaceLength(rows, columns)} elements of workspace; the span has {workspace}.", nameof(workspace));
        }
    }
}
