using System.Numerics.Tensors;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>A two-sided enclosure of the largest eigenvalue of a symmetric positive semidefinite matrix.</summary>
/// <remarks>
/// Below: ‖Kv‖/‖v‖ ≤ ‖K‖₂ for any v; a restarted Lanczos iteration finds a good one, and whatever it finds, the bound holds. Above: if the Cholesky
/// factorisation of cI − K runs to completion in floating point, cI − K is positive semidefinite up to the factorisation's own
/// error. Sources: Lanczos, J. Res. NBS 45 (1950); Rump, "Verification of positive definiteness", BIT 46 (2006), theorem 2.3.
/// </remarks>
internal static class LargestEigenvalue
{
    /// <summary>Lanczos vectors kept between restarts.</summary>
    private const int BasisSize = 32;

    private const int RestartLimit = 30;

    public static int WorkspaceLength(int n)
    {
        var basis = Math.Min(BasisSize, n);

        // Where K has low rank the basis stays shorter, and a very short one needs more than a full one.
        var projected = Math.Max(SymmetricEigen.WorkspaceLength(basis, vectors: true), SymmetricEigen.WorkspaceLength(Math.Min(basis, PackedTriangle.SmallestInPlace - 1), vectors: true));
        return checked(((basis + 2) * n) + (2 * basis * basis) + (2 * basis) + projected);
    }

    /// <summary>Encloses λ_max(K). The lower triangle and diagonal of K are destroyed.</summary>
    /// <param name="k">K, n × n row-major, both triangles, n ≥ 1, scaled to a trace between 1 and 4 so that nothing under- or overflows.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="frobenius">An upper bound of ‖K‖_F.</param>
    /// <param name="start">Random numbers of the starting vector.</param>
    /// <param name="relativeGap">(upper − lower)/lower to aim at.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    public static (double Lower, double Upper) Enclose(
        Span<double> k, int n, double frobenius, RandomStream start, double relativeGap, Span<double> workspace)
    {
        var v = workspace[..n];
        var product = workspace.Slice(n, n);
        start.FillGaussian(v, 1.0);
        Lanczos(k, n, relativeGap / 8, v, workspace[n..]);
        Multiply(k, v, product);
        var lower = NormRatioBelow(product, v, n, frobenius);
        return (lower, UpperBound(k, n, lower, relativeGap, frobenius, product));
    }

    /// <summary>A lower bound of ‖K‖₂ from a computed product Kv.</summary>
    /// <remarks>
    /// The product is off by at most γ_k|K||v| in every entry, so by γ_k‖K‖_F‖v‖ in norm, with k the depth of <see cref="FixedOrder.Dot"/>; each computed sum of squares by its own γ_k,
    /// and the square root halves that. The last factor covers the roundings of this very formula.
    /// </remarks>
    private static double NormRatioBelow(ReadOnlySpan<double> product, ReadOnlySpan<double> v, int n, double frobenius)
    {
        var γ = Rounding.Gamma(FixedOrder.RoundingDepth<double>(n));
        var ratio = Math.Sqrt(FixedOrder.SumOfSquares(product)) / Math.Sqrt(FixedOrder.SumOfSquares(v));
        var below = ((ratio * (1 - (2 * γ))) - (γ * frobenius)) * (1 - (16 * Rounding.Unit));
        return below > 0 ? below : 0;
    }

    /// <summary>An upper bound of λ_max(K): c plus the margin of the first completed factorisation of cI − K, or ‖K‖_F if none completes below it.</summary>
    /// <remarks>
    /// Let C = fl(cI − K): exact off the diagonal, and on it off by at most uc. If Cholesky completes on C, LLᵀ = C + E with |E| ≤ γ|L||Lᵀ|, γ = γ_{n+2} (one more
    /// than Higham's theorem 10.3 asks, for underflow); ‖row i of L‖² ≤ Cᵢᵢ/(1 − γ), so |Eᵢⱼ| ≤ γ/(1 − γ)·√(CᵢᵢCⱼⱼ) and ‖E‖₂ ≤ γ/(1 − γ)·Σ Cᵢᵢ ≤ γ/(1 − γ)·nc(1 + u).
    /// Hence λ_max(K) ≤ c(1 + u + nγ(1 + u)/(1 − γ)).
    /// </remarks>
    private static double UpperBound(Span<double> k, int n, double lower, double relativeGap, double frobenius, Span<double> diagonal)
    {
        var γ = Rounding.Gamma(n + 2L);
        var margin = RoundingError.Inflate(Rounding.Unit + (n * γ / (1 - γ)), 16);
        for (var i = 0; i < n; i++)
        {
            diagonal[i] = k[(i * n) + i];
        }

        for (var gap = relativeGap / 2; lower > 0 && margin < 0.5; gap *= 4)
        {
            // Below the margin, rounding alone would break the factorisation.
            var c = lower * (1 + Math.Max(gap, 2 * margin));
            var upper = RoundingError.Inflate(c * (1 + margin), 4);
            if (!(upper < frobenius))
            {
                break;
            }

            ShiftedNegative(k, n, c, diagonal);
            if (Cholesky.TryFactor(k, n))
            {
                return upper;
            }
        }

        return frobenius;
    }

    /// <summary>Lower triangle ← that of cI − K, from the upper triangle (which Cholesky leaves alone) and the kept diagonal.</summary>
    private static void ShiftedNegative(Span<double> k, int n, double c, ReadOnlySpan<double> diagonal)
    {
        SymmetricMatrix.MirrorUpper(k, n);
        for (var i = 0; i < n; i++)
        {
            var row = k.Slice(i * n, i);
            TensorPrimitives.Negate<double>(row, row);
            k[(i * n) + i] = c - diagonal[i];
        }
    }

    /// <summary>Improves v towards the leading eigenvector until its residual is below <paramref name="tolerance"/> of its Rayleigh quotient, or the iterations run out.</summary>
    /// <remarks>Full reorthogonalisation, twice: the basis is short. After each basis the Ritz vector of the largest Ritz value starts the next one.</remarks>
    private static void Lanczos(ReadOnlySpan<double> k, int n, double tolerance, Span<double> v, Span<double> workspace)
    {
        var capacity = Math.Min(BasisSize, n);
        var next = workspace[..n];
        var basis = workspace.Slice(n, capacity * n);
        var projected = workspace.Slice((capacity + 1) * n, capacity * capacity);
        var ritzVectors = workspace.Slice(((capacity + 1) * n) + projected.Length, capacity * capacity);
        var ritzValues = workspace.Slice(((capacity + 1) * n) + (2 * projected.Length), capacity);
        var rest = workspace[(((capacity + 1) * n) + (2 * projected.Length) + capacity)..];

        for (var restart = 0; restart < RestartLimit; restart++)
        {
            var size = 0;
            var β = 0.0;
            v.CopyTo(next);
            projected.Clear();
            for (; size < capacity; size++)
            {
                var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(next));
                if (norm == 0 || (size > 0 && norm <= 1e-14 * projected[0]))
                {
                    // The basis spans an invariant subspace; a random start makes it hold the leading eigenvector.
                    break;
                }

                var current = basis.Slice(size * n, n);
                TensorPrimitives.Multiply(next, 1 / norm, current);
                Multiply(k, current, next);
                for (var pass = 0; pass < 2; pass++)
                {
                    for (var j = 0; j <= size; j++)
                    {
                        var vector = basis.Slice(j * n, n);
                        var overlap = FixedOrder.Dot<double>(vector, next);
                        projected[(size * capacity) + j] += overlap;
                        TensorPrimitives.FusedMultiplyAdd(vector, -overlap, next, next);
                    }
                }

                β = Math.Sqrt(FixedOrder.SumOfSquares<double>(next));
            }

            if (size == 0)
            {
                return;
            }

            Compact(projected, capacity, size);
            var values = ritzValues[..size];
            var vectors = ritzVectors[..(size * size)];
            SymmetricEigen.Decompose(projected[..(size * size)], size, values, vectors, rest);
            var weights = vectors[^size..];
            v.Clear();
            for (var j = 0; j < size; j++)
            {
                TensorPrimitives.FusedMultiplyAdd(basis.Slice(j * n, n), weights[j], v, v);
            }

            if (size < capacity || Math.Abs(β * weights[^1]) <= tolerance * values[^1])
            {
                return;
            }
        }
    }

    /// <summary>Moves the leading size × size block of a capacity × capacity matrix together.</summary>
    private static void Compact(Span<double> matrix, int capacity, int size)
    {
        for (var i = 1; i < size; i++)
        {
            matrix.Slice(i * capacity, size).CopyTo(matrix[(i * size)..]);
        }
    }

    private static void Multiply(ReadOnlySpan<double> k, ReadOnlySpan<double> v, Span<double> product)
    {
        for (var i = 0; i < v.Length; i++)
        {
            product[i] = FixedOrder.Dot(k.Slice(i * v.Length, v.Length), v);
        }
    }
}
