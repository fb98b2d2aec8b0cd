using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>Proven bounds of the eigenvalues of a symmetric matrix that is known within radii: of every symmetric K with |K − K̂| ≤ R, entry by entry.</summary>
/// <remarks>
/// A completed floating-point Cholesky factorisation of K̂ − cI proves λ_min(K) ≥ c less a margin that the factor itself gives (S. M. Rump, "Verification of positive definiteness", BIT 46 (2006)); the largest eigenvalue is the
/// smallest of −K. Nothing is assumed of where the guess comes from: a bad one costs further factorisations or a weaker bound, never a false one. Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
public static class EigenvalueBounds
{
    /// <summary>Factorisations after which the best bound so far has to do.</summary>
    private const int AttemptLimit = 64;

    /// <summary>Outweighs all underflow in a factorisation of order below 2²⁵ of a matrix with entries below 8: 100n² smallest positive numbers.</summary>
    private const double Underflow = 9.332636185032189e-302; // 2⁻¹⁰⁰⁰

    /// <summary>Elements of workspace for <see cref="Smallest"/> and <see cref="Largest"/>.</summary>
    /// <param name="n">Order of the matrix.</param>
    public static int WorkspaceLength(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return checked((n * n) + (2 * n));
    }

    /// <summary>A number that no K has an eigenvalue below. With a guess within a fraction of the gap of λ_min(K̂): one factorisation.</summary>
    /// <param name="k">K̂, n × n row-major, both triangles, n ≥ 1.</param>
    /// <param name="radii">R, n × n row-major, both triangles; or empty where K̂ is exact.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="guess">About λ_min(K̂).</param>
    /// <param name="relativeGap">Distance below the guess, relative to it, to aim at; what rounding forbids is not reached.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>The bound; −∞ where an entry, radius or the guess is not finite.</returns>
    /// <exception cref="ArgumentException">A span does not fit the order, or the gap is not positive.</exception>
    public static double Smallest(ReadOnlySpan<double> k, ReadOnlySpan<double> radii, int n, double guess, double relativeGap, Span<double> workspace) =>
        Bound(k, radii, n, 1, guess, relativeGap, workspace);

    /// <summary>A number that no K has an eigenvalue above; otherwise like <see cref="Smallest"/>.</summary>
    /// <param name="k">K̂, n × n row-major, both triangles, n ≥ 1.</param>
    /// <param name="radii">R, n × n row-major, both triangles; or empty where K̂ is exact.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="guess">About λ_max(K̂).</param>
    /// <param name="relativeGap">Distance above the guess, relative to it, to aim at.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>The bound; +∞ where an entry, radius or the guess is not finite.</returns>
    /// <exception cref="ArgumentException">A span does not fit the order, or the gap is not positive.</exception>
    public static double Largest(ReadOnlySpan<double> k, ReadOnlySpan<double> radii, int n, double guess, double relativeGap, Span<double> workspace) =>
        -Bound(k, radii, n, -1, -guess, relativeGap, workspace);

    /// <summary>The i-th smallest eigenvalue of every K lies within the returned radius of <paramref name="values"/>[i], for every i (<see cref="SymmetricEigen.Radius"/>, then Weyl's inequality with ‖R‖).</summary>
    /// <param name="k">K̂, n × n row-major, both triangles.</param>
    /// <param name="radii">R, n × n row-major, both triangles.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="values">Approximate eigenvalues of K̂ in ascending order.</param>
    /// <param name="vectors">Approximate eigenvectors, row k for value k.</param>
    /// <param name="workspace">At least <see cref="SymmetricEigen.WorkspaceLength"/>(n, true) elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the order, or the values are not in ascending order.</exception>
    public static double Radius(ReadOnlySpan<double> k, ReadOnlySpan<double> radii, int n, ReadOnlySpan<double> values, ReadOnlySpan<double> vectors, Span<double> workspace)
    {
        RequireSquare(radii.Length, n, nameof(radii));
        return RoundedUp.Add(SymmetricEigen.Radius(k, n, values, vectors, workspace), LargestRowSum(radii, n, workspace));
    }

    private static double Bound(ReadOnlySpan<double> k, ReadOnlySpan<double> radii, int n, int sign, double guess, double relativeGap, Span<double> workspace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        RequireSquare(k.Length, n, nameof(k));
        if (radii.Length > 0)
        {
            RequireSquare(radii.Length, n, nameof(radii));
        }

        if (!(relativeGap > 0) || workspace.Length < WorkspaceLength(n))
        {
            throw new ArgumentException($"Order {n} needs a positive gap (got {relativeGap}) and {WorkspaceLength(n)} elements of workspace (got {workspace.Length}).");
        }

        var perturbation = radii.Length == 0 ? 0 : LargestRowSum(radii, n, workspace);
        var norm = LargestRowSum(k, n, workspace); // also of −K
        if (!double.IsFinite(norm) || !double.IsFinite(perturbation) || !double.IsFinite(guess))
        {
            return double.NegativeInfinity;
        }

        if (norm == 0)
        {
            return -perturbation;
        }

        // All that follows is in units of 2ᵉ, in which the largest row sum is in [1, 2): a power of two that is a number itself.
        var exponent = Math.Clamp(Math.ILogB(norm), -1022, 1022);
        var (scale, target) = (sign * Math.ScaleB(1, -exponent), Math.ScaleB(guess, -exponent));
        var best = Search(k, n, scale, Math.ScaleB(norm, -exponent), target, relativeGap, workspace);
        return -RoundedUp.Add(RoundedUp.Multiply(-best, Math.ScaleB(1, exponent)), perturbation);
    }

    /// <summary>Steps down from the guess in growing steps δ until a factorisation completes, then halves the distance to the last that did not.</summary>
    private static double Search(ReadOnlySpan<double> k, int n, double scale, double norm, double guess, double relativeGap, Span<double> workspace)
    {
        // Rounding in the factorisation moves eigenvalues by a few u‖K‖ in practice; a shift closer than that fails for no good reason.
        var resolution = Math.Max(relativeGap / 4 * Math.Abs(guess), 16 * Rounding.Unit * norm);

        // By Gershgorin |λ| ≤ the largest row sum, with no factorisation at all.
        var (best, failed, succeeded, δ) = (-norm, 0.0, guess + norm, resolution);
        for (var attempt = 0; attempt < AttemptLimit && succeeded - failed > Math.Max(resolution, relativeGap / 4 * Math.Abs(guess - succeeded)); attempt++)
        {
            if (TryProve(k, n, scale, guess - δ, workspace, out var bound))
            {
                (best, succeeded) = (Math.Max(best, bound), δ);
            }
            else
            {
                failed = δ;
            }

            δ = Math.Min(8 * failed, failed + ((succeeded - failed) / 2));
        }

        return best;
    }

    /// <summary>If the factorisation of A = scale · K − cI completes: c less everything that rounding may have done, a lower bound of the eigenvalues of scale · K, whose entries are below 8.</summary>
    internal static bool TryProve(ReadOnlySpan<double> k, int n, double scale, double c, Span<double> workspace, out double bound)
    {
        var a = workspace[..(n * n)];
        var largestDiagonal = 0.0;
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Multiply(k.Slice(i * n, i + 1), scale, a.Slice(i * n, i + 1));
            a[(i * n) + i] -= c;
            largestDiagonal = Math.Max(largestDiagonal, a[(i * n) + i]);
        }

        if (!Cholesky.TryFactor(a, n))
        {
            bound = double.NegativeInfinity;
            return false;
        }

        // LLᵀ is positive semidefinite, and A differs from it by |L| diag(γ) |Lᵀ|, by the rounding of its diagonal and by underflow.
        var fromFactor = Rounding.Unit / (1 - (Cholesky.RoundingDepth(n) * Rounding.Unit)) * NormOfMagnitudes(a, n, workspace.Slice(n * n, n), workspace.Slice((n * n) + n, n));
        var margin = RoundingError.Inflate(fromFactor + (Rounding.Unit * largestDiagonal) + Underflow, 8);
        bound = -RoundedUp.Add(margin, -c);
        return true;
    }

    /// <summary>An upper bound of ‖|L| diag(d_k) |Lᵀ|‖₂, d the rounding depths of the factorisation; L is replaced by |L|.</summary>
    /// <remarks>
    /// Collatz and Wielandt: for M ≥ 0 and any x &gt; 0, the largest eigenvalue of M is at most max (Mx)ᵢ/xᵢ. Two steps from the vector of ones; an entry of Mx passes at most 2n + 17 roundings.
    /// </remarks>
    private static double NormOfMagnitudes(Span<double> l, int n, Span<double> x, Span<double> product)
    {
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Abs(l.Slice(i * n, i + 1), l.Slice(i * n, i + 1));
        }

        x.Fill(1);
        var norm = double.PositiveInfinity;

        // A second step divides by the first one's result, which must be far from underflow.
        for (var (step, smallest) = (0, 1.0); step < 2 && smallest > 1e-100; step++)
        {
            // Lᵀx by rows of L, then d times that, then L times that, from the last row up so that it can take the place of what it was made of.
            product.Clear();
            for (var i = 0; i < n; i++)
            {
                var head = product[..(i + 1)];
                TensorPrimitives.FusedMultiplyAdd(l.Slice(i * n, i + 1), x[i], head, head);
            }

            for (var i = 0; i < n; i++)
            {
                product[i] *= Cholesky.RoundingDepth(i);
            }

            var largest = 0.0;
            for (var i = n - 1; i >= 0; i--)
            {
                product[i] = FixedOrder.Dot<double>(l.Slice(i * n, i + 1), product[..(i + 1)]);
                largest = Math.Max(largest, product[i] / x[i]);
                smallest = Math.Min(smallest, product[i]);
            }

            norm = Math.Min(norm, largest);
            product.CopyTo(x);
        }

        return RoundingError.Inflate(norm, (2L * n) + 20);
    }

    /// <summary>max Σⱼ|Aᵢⱼ| of a symmetric matrix, rounded up: a bound of ‖A‖₂. NaN or infinite where an entry is.</summary>
    /// <param name="a">A, n × n row-major, both triangles.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="scratch">At least 2n elements.</param>
    private static double LargestRowSum(ReadOnlySpan<double> a, int n, Span<double> scratch)
    {
        // Column sums, which are the same and fill vectors in a fixed order.
        var columns = scratch[..n];
        var magnitudes = scratch.Slice(n, n);
        columns.Clear();
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Abs(a.Slice(i * n, n), magnitudes);
            TensorPrimitives.Add(columns, magnitudes, columns);
        }

        var largest = 0.0;
        foreach (var sum in columns)
        {
            largest = Math.Max(largest, sum);
        }

        return largest == 0 ? 0 : RoundingError.Inflate(largest, n + 2L);
    }

    private static void RequireSquare(int length, int n, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (length != (long)n * n)
        {
            throw new ArgumentException($"A matrix of order {n} has {(long)n * n} elements; the span has {length}.", name);
        }
    }
}
