using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <content>The a-posteriori error bound.</content>
public static partial class SymmetricEigen
{
    /// <summary>
    /// A proven bound: the i-th smallest eigenvalue λᵢ of A satisfies |λᵢ − <paramref name="values"/>[i]| ≤ the returned radius, for every i. Infinite where the vectors
    /// are too far from orthonormal to prove anything.
    /// </summary>
    /// <remarks>
    /// Nothing is assumed of how values Λ and vectors V (rows) were found. Let R = VA − ΛV, η ≥ ‖VVᵀ − I‖₂ &lt; 1 and μ = max|Λᵢ|.
    /// <list type="number">
    /// <item>Polar decomposition V = PU, U orthogonal, P = (VVᵀ)^½. ‖V − U‖₂ = ‖P − I‖₂ ≤ η/(1 + √(1 − η)) ≤ η/(2 − η) = θ, since p − 1 = (p² − 1)/(p + 1) for each eigenvalue p of P.</item>
    /// <item>E = UAUᵀ − Λ is symmetric with the spectrum of A shifted by Λ's side: ‖E‖₂ = ‖UA − ΛU‖₂ = ‖R + (U − V)A − Λ(U − V)‖₂ ≤ ‖R‖₂ + θ(‖A‖₂ + μ).</item>
    /// <item>‖A‖₂ = ‖Λ + E‖₂ ≤ μ + ‖E‖₂, so ‖E‖₂ ≤ (‖R‖₂ + 2θμ)/(1 − θ).</item>
    /// <item>Weyl: the i-th smallest eigenvalues of UAUᵀ (those of A) and of Λ differ by at most ‖E‖₂.</item>
    /// </list>
    /// Norms: ‖R‖₂ ≤ √(‖R‖₁‖R‖_∞), and ‖·‖_∞ for the symmetric VVᵀ − I. Rounding: inner products are <see cref="FixedOrder"/>'s, so an entry of R is off by at most γ_k(|V||A|)
    /// plus u of itself, an entry of VVᵀ by γ_k(|V||Vᵀ|) plus u of the difference; the row and column sums of these products of absolute values are computed as |V|(|A|e) and |A|(|V|ᵀe), and every
    /// computed sum of non-negative terms is enlarged by its own worst rounding. Underflow enters as one smallest normal number on each norm, which exceeds n² times
    /// the largest underflow of a step for every n below 2²⁵.
    /// </remarks>
    /// <param name="a">A, n × n row-major, both triangles, symmetric to the bit.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="values">Approximate eigenvalues in ascending order.</param>
    /// <param name="vectors">Approximate eigenvectors, row k for value k.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/>(n, true) elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the order, or the values are not in ascending order.</exception>
    public static double Radius(ReadOnlySpan<double> a, int n, ReadOnlySpan<double> values, ReadOnlySpan<double> vectors, Span<double> workspace)
    {
        RequireShapes(a.Length, n, values.Length, workspace.Length, vectors: true);
        if (vectors.Length != a.Length)
        {
            throw new ArgumentException($"The eigenvectors of a matrix of order {n} need {a.Length} elements; the span has {vectors.Length}.", nameof(vectors));
        }

        for (var i = 1; i < n; i++)
        {
            if (!(values[i - 1] <= values[i]))
            {
                throw new ArgumentException($"Weyl's inequality pairs sorted eigenvalues; value {i} ({values[i]}) does not follow {values[i - 1]}.", nameof(values));
            }
        }

        if (n == 0)
        {
            return 0;
        }

        var matrixSums = workspace[..n];
        var vectorSums = workspace.Slice(n, n);
        AbsoluteColumnSums(a, n, matrixSums);
        AbsoluteColumnSums(vectors, n, vectorSums);
        var η = OrthogonalityDefect(n, vectors, vectorSums);
        if (!(η < 0.5))
        {
            return double.PositiveInfinity;
        }

        var residual = Residual(a, n, values, vectors, matrixSums, vectorSums, workspace.Slice(2 * n, n));
        var μ = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        var θ = η / (2 - η);
        var radius = RoundingError.Inflate((residual + (2 * θ * μ)) / (1 - θ), 16);
        return double.IsNaN(radius) ? double.PositiveInfinity : radius;
    }

    /// <summary>η: the largest row sum of |VVᵀ − I|, rounding included.</summary>
    private static double OrthogonalityDefect(int n, ReadOnlySpan<double> vectors, ReadOnlySpan<double> vectorSums)
    {
        var γ = Rounding.Gamma(FixedOrder.RoundingDepth<double>(n));
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            var row = vectors.Slice(i * n, n);
            var sum = γ * AbsoluteDot(row, vectorSums);
            for (var j = 0; j < n; j++)
            {
                sum += (1 + (2 * Rounding.Unit)) * Math.Abs(FixedOrder.Dot(row, vectors.Slice(j * n, n)) - (i == j ? 1 : 0));
            }

            largest = Math.Max(largest, sum);
        }

        return RoundingError.Inflate(largest, (3L * n) + 16) + RoundingError.SmallestNormal;
    }

    /// <summary>A bound of ‖VA − ΛV‖₂, rounding included.</summary>
    private static double Residual(
        ReadOnlySpan<double> a, int n, ReadOnlySpan<double> values, ReadOnlySpan<double> vectors,
        ReadOnlySpan<double> matrixSums, ReadOnlySpan<double> vectorSums, Span<double> columnSums)
    {
        var γ = Rounding.Gamma(FixedOrder.RoundingDepth<double>(n));
        var (largestRow, largestColumn) = (0.0, 0.0);
        columnSums.Clear();
        for (var k = 0; k < n; k++)
        {
            var vector = vectors.Slice(k * n, n);
            var rowSum = γ * AbsoluteDot(vector, matrixSums);
            for (var j = 0; j < n; j++)
            {
                // A is symmetric, so its column j is its row j.
                var product = FixedOrder.Dot(vector, a.Slice(j * n, n));
                var entry = (1 + (2 * Rounding.Unit)) * Math.Abs(Math.FusedMultiplyAdd(-values[k], vector[j], product));
                rowSum += entry;
                columnSums[j] += entry;
            }

            largestRow = Math.Max(largestRow, rowSum);
        }

        for (var j = 0; j < n; j++)
        {
            largestColumn = Math.Max(largestColumn, columnSums[j] + (γ * AbsoluteDot(a.Slice(j * n, n), vectorSums)));
        }

        return RoundingError.Inflate(Math.Sqrt(largestRow) * Math.Sqrt(largestColumn), (3L * n) + 16) + RoundingError.SmallestNormal;
    }

    private static void AbsoluteColumnSums(ReadOnlySpan<double> matrix, int n, Span<double> sums)
    {
        sums.Clear();
        for (var i = 0; i < matrix.Length; i += n)
        {
            for (var j = 0; j < n; j++)
            {
                sums[j] += Math.Abs(matrix[i + j]);
            }
        }
    }

    private static double AbsoluteDot(ReadOnlySpan<double> x, ReadOnlySpan<double> nonNegative)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(Math.Abs(x[i]), nonNegative[i], sum);
        }

        return sum;
    }
}
