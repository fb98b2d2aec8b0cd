using System.Runtime.CompilerServices;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>The implicit QL iteration with Wilkinson's shift on a symmetric tridiagonal matrix.</summary>
/// <remarks>
/// Source: Dubrulle, Martin, Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968), in the form of EISPACK's imtql2; Parlett, "The Symmetric Eigenvalue
/// Problem", chapter 8. Departures: the matrix is expected at unit scale, so √(f² + g²) needs no scaling of its own; and an off-diagonal entry is
/// negligible also when it is below u² of the matrix's size, so that entries between zero diagonals cannot stall the iteration.
/// </remarks>
internal static class ImplicitQL
{
    /// <summary>Sweeps allowed for one eigenvalue. One to three are usual; LAPACK allows 30 on average.</summary>
    private const int SweepLimit = 100;

    /// <summary>Replaces the diagonal by the eigenvalues, in no particular order, and applies the rotations to pairs of rows.</summary>
    /// <param name="d">Diagonal, n entries; receives the eigenvalues.</param>
    /// <param name="e">T[i, i − 1] at i; destroyed.</param>
    /// <param name="rows">n rows of n elements: V ← rotation · V.</param>
    /// <param name="workspace">As <see cref="PlaneRotations.WorkspaceLength"/> says.</param>
    /// <exception cref="ArithmeticException">An eigenvalue did not converge.</exception>
    public static void Diagonalise(Span<double> d, Span<double> e, Span<double> rows, Span<double> workspace)
    {
        var n = d.Length;
        if (n == 0)
        {
            return;
        }

        // From here on e[i] couples i and i + 1.
        e[1..].CopyTo(e);
        e[n - 1] = 0;
        var size = 0.0;
        for (var i = 0; i < n; i++)
        {
            size = Math.Max(size, Math.Max(Math.Abs(d[i]), Math.Abs(e[i])));
        }

        var rotations = new PlaneRotations(rows, n, workspace);
        var floor = Rounding.Unit * Rounding.Unit * size;
        for (var l = 0; l < n; l++)
        {
            for (var sweeps = 0; ; sweeps++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > Math.Max(floor, Rounding.Unit * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))))
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

                Sweep(d, e, l, m, ref rotations);
            }
        }

        rotations.Apply();
    }

    /// <summary>One QL sweep on the unreduced block l…m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep(Span<double> d, Span<double> e, int l, int m, ref PlaneRotations rotations)
    {
        rotations.Begin(m - 1);
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = Math.Sqrt((g * g) + 1);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(r, g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * e[i];
            var b = c * e[i];
            r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                // The rotation degenerates: the block has split at i + 1.
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            rotations.Add(c, s);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
