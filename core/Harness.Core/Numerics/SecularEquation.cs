using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>The eigenvalues of diag(d) + ρzzᵀ, the roots of 1 + Σ ζ_i/(d_i − λ) with ζ = ρz²: one between any two neighbouring d, and one above the last.</summary>
/// <remarks>
/// A root is found as its distance τ from the nearer of its two poles, so that every d_i − λ = (d_i − d_K) − τ is relatively accurate, which is what eigenvectors are made of. Steps are those of the "middle way" of R.-C. Li (LAPACK Working Note 89, 1993): the sums over the
/// poles below and above are each replaced by a constant and one pole, with value and slope kept. A bracket catches the steps that leave it. Stops where the sum is below what its own rounding may be (Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), section 3).
/// Order of the sums: eight lanes, folded in halves, then what is left over; so the bits do not depend on the width of vectors.
/// </remarks>
internal static unsafe class SecularEquation
{
    /// <summary>Evaluations allowed for one root. Four or so are usual; halving alone needs no more than the bits of a quotient of two doubles of unit size.</summary>
    private const int EvaluationLimit = 300;

    /// <summary>Finds a root.</summary>
    /// <param name="d">Poles d₀ &lt; d₁ &lt; … apart by more than rounding.</param>
    /// <param name="ζ">Positive.</param>
    /// <param name="k">Number of poles, at least 1.</param>
    /// <param name="j">The root: above d_j.</param>
    /// <param name="total">Σ ζ, not below itself: the last root is at most so far from its pole.</param>
    /// <param name="differences">Receives d_i − λ_j for all i.</param>
    /// <returns>λ_j.</returns>
    /// <exception cref="ArithmeticException">The iteration did not converge.</exception>
    public static double Solve(double* d, double* ζ, int k, int j, double total, double* differences)
    {
        if (k == 1)
        {
            differences[0] = -ζ[0];
            return d[0] + ζ[0];
        }

        var isLast = j == k - 1;
        var (origin, τ, lower, upper) = isLast ? (j, ζ[j], 0, total) : Start(d, ζ, k, j, differences);
        Shift(d, k, d[origin], differences);
        for (var evaluation = 0; ; evaluation++)
        {
            var (ψ, ψSlope) = Sum(differences, ζ, 0, j + 1, τ);
            var (φ, φSlope) = Sum(differences, ζ, j + 1, k, τ);
            var (f, slope) = (1 + ψ + φ, ψSlope + φSlope);
            if (Math.Abs(f) <= Rounding.Unit * ((((k / 8) + 16) * (1 - ψ + φ)) + (Math.Abs(τ) * slope)))
            {
                break;
            }

            (lower, upper) = f < 0 ? (τ, upper) : (lower, τ);
            var below = differences[j] - τ;
            var step = isLast ? below * f / (f - (below * ψSlope)) : Step(f, ψSlope, φSlope, below, differences[j + 1] - τ);
            step = f * step < 0 ? step : -f / slope;
            var next = τ + step;
            if (!(next > lower && next < upper))
            {
                next = lower + ((upper - lower) / 2);
            }

            if (next == lower || next == upper || next == τ)
            {
                break;
            }

            τ = evaluation < EvaluationLimit ? next : throw new ArithmeticException($"Root {j} of {k} of a secular equation did not converge in {EvaluationLimit} evaluations.");
        }

        TensorPrimitives.Subtract(new ReadOnlySpan<double>(differences, k), τ, new(differences, k));
        return d[origin] + τ;
    }

    /// <summary>The nearer pole, a first τ and its bracket, by the sign in the middle between two poles; the other terms are taken as constant there.</summary>
    private static (int Origin, double τ, double Lower, double Upper) Start(double* d, double* ζ, int k, int j, double* differences)
    {
        Shift(d, k, d[j], differences);
        var gap = differences[j + 1];
        var middle = gap / 2;
        var f = 1 + Sum(differences, ζ, 0, j + 1, middle).Value + Sum(differences, ζ, j + 1, k, middle).Value;
        var c = f - (ζ[j] / -middle) - (ζ[j + 1] / (gap - middle));
        if (f >= 0)
        {
            var (a, b) = ((c * gap) + ζ[j] + ζ[j + 1], ζ[j] * gap);
            var root = Math.Sqrt(Math.Abs((a * a) - (4 * b * c)));
            return (j, Within(a > 0 ? 2 * b / (a + root) : (a - root) / (2 * c), 0, middle), 0, middle);
        }
        else
        {
            var (a, b) = ((c * gap) - ζ[j] - ζ[j + 1], ζ[j + 1] * gap);
            var root = Math.Sqrt(Math.Abs((a * a) + (4 * b * c)));
            return (j + 1, Within(a < 0 ? 2 * b / (a - root) : -(a + root) / (2 * c), -middle, 0), -middle, 0);
        }

        static double Within(double τ, double lower, double upper) => τ > lower && τ < upper ? τ : (lower + upper) / 2;
    }

    /// <summary>The root of c + s/(Δ − η) + S/(Δ′ − η) that lies between the two poles.</summary>
    private static double Step(double f, double ψSlope, double φSlope, double below, double above)
    {
        var c = f - (below * ψSlope) - (above * φSlope);
        var a = ((below + above) * f) - (below * above * (ψSlope + φSlope));
        var b = below * above * f;
        if (c == 0)
        {
            return b / a;
        }

        var root = Math.Sqrt(Math.Abs((a * a) - (4 * b * c)));
        return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
    }

    private static void Shift(double* d, int k, double by, double* differences) => TensorPrimitives.Subtract(new ReadOnlySpan<double>(d, k), by, new(differences, k));

    /// <summary>Σ ζ_i/(δ_i − τ) and its derivative by τ over a range of i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Value, double Slope) Sum(double* δ, double* ζ, int first, int last, double τ)
    {
        var (values, slopes, at, one) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512.Create(τ), Vector512<double>.One);
        var i = first;
        for (; i + 8 <= last; i += 8)
        {
            var reciprocal = one / (Vector512.Load(δ + i) - at);
            var term = Vector512.Load(ζ + i) * reciprocal;
            values += term;
            slopes = Vector512.FusedMultiplyAdd(term, reciprocal, slopes);
        }

        var (value, slope) = (Fold(values), Fold(slopes));
        for (; i < last; i++)
        {
            var reciprocal = 1 / (δ[i] - τ);
            var term = ζ[i] * reciprocal;
            value += term;
            slope = Math.FusedMultiplyAdd(term, reciprocal, slope);
        }

        return (value, slope);
    }

    private static double Fold(Vector512<double> lanes)
    {
        var quarter = lanes.GetLower() + lanes.GetUpper();
        var pair = quarter.GetLower() + quarter.GetUpper();
        return pair[0] + pair[1];
    }
}
