using System.Numerics;

namespace Harness.Claims.Exact;

/// <summary>The signs of the eigenvalues of a symmetric matrix, exactly: Sylvester's law of inertia on a fraction-free LDLᵀ (E. H. Bareiss, Math. Comp. 22 (1968)).</summary>
/// <param name="Negative">Eigenvalues below zero.</param>
/// <param name="Zero">Eigenvalues that are zero.</param>
/// <param name="Positive">Eigenvalues above zero.</param>
internal readonly record struct Inertia(int Negative, int Zero, int Positive)
{
    /// <summary>Of A.</summary>
    /// <param name="a">A, n × n row-major, symmetric.</param>
    /// <param name="n">Order of the matrix.</param>
    public static Inertia Of(ReadOnlySpan<Dyadic> a, int n)
    {
        var m = InWholeNumbers(a);
        var (negative, positive, previous) = (0, 0, BigInteger.One);
        for (var p = 0; p < n; p++)
        {
            if (!TryBringPivot(m, n, p))
            {
                return new(negative, n - p, positive);
            }

            // The pivots are leading minors, and their quotients the entries of D.
            var pivot = m[(p * n) + p];
            (negative, positive) = pivot.Sign == previous.Sign ? (negative, positive + 1) : (negative + 1, positive);
            for (var i = p + 1; i < n; i++)
            {
                for (var j = p + 1; j <= i; j++)
                {
                    m[(i * n) + j] = m[(j * n) + i] = ((m[(i * n) + j] * pivot) - (m[(i * n) + p] * m[(p * n) + j])) / previous;
                }
            }

            previous = pivot;
        }

        return new(negative, 0, positive);
    }

    /// <summary>Of A − tI.</summary>
    /// <param name="a">A, n × n row-major, symmetric.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="t">t.</param>
    public static Inertia OfShifted(ReadOnlySpan<Dyadic> a, int n, Dyadic t)
    {
        var shifted = a.ToArray();
        for (var i = 0; i < n; i++)
        {
            shifted[(i * n) + i] -= t;
        }

        return Of(shifted, n);
    }

    /// <summary>A positive multiple has the same signs.</summary>
    private static BigInteger[] InWholeNumbers(ReadOnlySpan<Dyadic> a)
    {
        var unit = int.MaxValue;
        foreach (var entry in a)
        {
            unit = entry.Sign == 0 ? unit : Math.Min(unit, entry.Exponent);
        }

        var whole = new BigInteger[a.Length];
        for (var at = 0; at < whole.Length; at++)
        {
            whole[at] = a[at].Sign == 0 ? BigInteger.Zero : a[at].InUnitsOf(unit);
        }

        return whole;
    }

    /// <summary>By a congruence of the rows and columns from p on, makes entry (p, p) non-zero; false when all that is left is zero.</summary>
    private static bool TryBringPivot(BigInteger[] m, int n, int p)
    {
        for (var q = p; q < n; q++)
        {
            if (!m[(q * n) + q].IsZero)
            {
                Exchange(m, n, p, q);
                return true;
            }
        }

        for (var i = p; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                if (!m[(i * n) + j].IsZero)
                {
                    // With zeros on the diagonal, adding row and column j to i puts twice entry (i, j) there; determinants stay.
                    for (var k = p; k < n; k++)
                    {
                        m[(i * n) + k] += m[(j * n) + k];
                    }

                    for (var k = p; k < n; k++)
                    {
                        m[(k * n) + i] += m[(k * n) + j];
                    }

                    Exchange(m, n, p, i);
                    return true;
                }
            }
        }

        return false;
    }

    private static void Exchange(BigInteger[] m, int n, int p, int q)
    {
        for (var k = p; p != q && k < n; k++)
        {
            (m[(p * n) + k], m[(q * n) + k]) = (m[(q * n) + k], m[(p * n) + k]);
        }

        for (var k = p; p != q && k < n; k++)
        {
            (m[(k * n) + p], m[(k * n) + q]) = (m[(k * n) + q], m[(k * n) + p]);
        }
    }
}
