using System.Runtime.CompilerServices;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>All eigenvalues of a symmetric tridiagonal matrix by the rational variant of the QL iteration, which works on squares of the off-diagonal entries.</summary>
/// <remarks>
/// Source: Pal, Walker and Kahan in Parlett, "The Symmetric Eigenvalue Problem", section 8.15; LAPACK's dsterf. Departures: the matrix is expected at unit scale, so squares need no
/// scaling of their own; γ²/c is computed as γ²(r/p), a quotient that does not wait for c, which shortens the chain of operations that a sweep is as long as; and an off-diagonal entry is negligible
/// also below u² of the matrix's size, so that entries between zero diagonals cannot stall the iteration.
/// </remarks>
internal static unsafe class RootFreeQL
{
    /// <summary>Sweeps allowed for one eigenvalue. One to three are usual; LAPACK allows 30 on average.</summary>
    private const int SweepLimit = 100;

    /// <summary>Below this p, γ²/c is at its limit for c → 0 up to the root of p, and r/p might overflow.</summary>
    private const double VanishingSquare = 1e-290;

    /// <summary>Replaces the diagonal by the eigenvalues, in no particular order.</summary>
    /// <param name="d">Diagonal, n entries.</param>
    /// <param name="e">T[i, i − 1] at i; destroyed.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <exception cref="ArithmeticException">An eigenvalue did not converge.</exception>
    public static void Diagonalise(double* d, double* e, int n)
    {
        if (n == 0)
        {
            return;
        }

        // From here on e[i] is the square of what couples i and i + 1.
        var size = Math.Abs(d[n - 1]);
        for (var i = 0; i < n - 1; i++)
        {
            size = Math.Max(size, Math.Max(Math.Abs(d[i]), Math.Abs(e[i + 1])));
            e[i] = e[i + 1] * e[i + 1];
        }

        e[n - 1] = 0;
        var floor = Rounding.Unit * Rounding.Unit * size;
        for (var l = 0; l < n; l++)
        {
            for (var sweeps = 0; ; sweeps++)
            {
                var m = l;
                while (m < n - 1 && e[m] > Math.Max(floor * floor, Rounding.Unit * Rounding.Unit * Math.Abs(d[m] * d[m + 1])))
                {
                    m++;
                }

                if (m == l)
                {
                    break;
                }

                if (sweeps == SweepLimit)
                {
                    throw new ArithmeticException($"Eigenvalue {l} of a symmetric matrix of order {n} did not converge in {SweepLimit} QL sweeps.");
                }

                Sweep(d, e, l, m);
            }
        }
    }

    /// <summary>One QL sweep on the unreduced block l…m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep(double* d, double* e, int l, int m)
    {
        // Wilkinson's shift: the eigenvalue of the leading 2 × 2 block that is closer to its first entry.
        var root = Math.Sqrt(e[l]);
        var g = (d[l + 1] - d[l]) / (2 * root);
        var σ = d[l] - (root / (g + Math.CopySign(Math.Sqrt((g * g) + 1), g)));
        var (c, s, γ) = (1.0, 0.0, d[m] - σ);
        var p = γ * γ;
        e[m] = 0;
        for (var i = m - 1; i >= l; i--)
        {
            var square = e[i];
            var r = p + square;
            if (i != m - 1)
            {
                e[i + 1] = s * r;
            }

            var (previousC, inverse, α) = (c, r / p, d[i]);
            c = p / r;
            s = square / r;
            var next = Math.FusedMultiplyAdd(c, α - σ, -(s * γ));
            d[i + 1] = γ + (α - next);
            γ = next;
            p = p > VanishingSquare ? γ * γ * inverse : previousC * square;
        }

        e[l] = s * p;
        d[l] = σ + γ;
    }
}
