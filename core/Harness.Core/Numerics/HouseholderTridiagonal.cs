using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>Householder's reduction of a symmetric matrix to tridiagonal form, A = QTQᵀ.</summary>
/// <remarks>
/// Source: Golub, Van Loan, "Matrix Computations", 4th ed., section 8.3.1; here from the last row upwards on the lower triangle, as in EISPACK's tred1 (Martin,
/// Reinsch, Wilkinson 1968), so that everything runs along contiguous rows. Step i reflects row i's first i entries onto the last of
/// them by Hᵢ = I − βvvᵀ and applies Hᵢ from both sides to the leading i × i block: A ← A − vwᵀ − wvᵀ, p = βAv, w = p − (β/2)(pᵀv)v.
/// </remarks>
internal static class HouseholderTridiagonal
{
    /// <summary>Reduces A; its row i keeps the reflection vector v of step i in its first i entries.</summary>
    /// <param name="a">A, n × n row-major, lower triangle.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="diagonal">Receives the n diagonal entries of T.</param>
    /// <param name="offDiagonal">Receives T[i, i − 1] at i; entry 0 is zero.</param>
    /// <param name="scratch">2n elements.</param>
    /// <param name="reflectors">Receives β of step i at i (0: no reflection), or empty.</param>
    public static void Reduce(Span<double> a, int n, Span<double> diagonal, Span<double> offDiagonal, Span<double> scratch, Span<double> reflectors)
    {
        offDiagonal.Clear();
        reflectors.Clear();
        for (var i = n - 1; i > 0; i--)
        {
            diagonal[i] = a[(i * n) + i];
            var v = a.Slice(i * n, i);
            var (β, subdiagonal) = Reflect(v);
            offDiagonal[i] = subdiagonal;
            if (!reflectors.IsEmpty)
            {
                reflectors[i] = β;
            }

            if (β != 0)
            {
                ApplyFromBothSides(a, n, v, β, scratch[..i]);
            }
        }

        if (n > 0)
        {
            diagonal[0] = a[0];
        }
    }

    /// <summary>The rows of Qᵀ, that is H₂H₃…Hₙ₋₁ accumulated on the identity.</summary>
    public static void Transformation(ReadOnlySpan<double> a, int n, ReadOnlySpan<double> reflectors, Span<double> rows)
    {
        rows.Clear();
        for (var i = 0; i < n; i++)
        {
            rows[(i * n) + i] = 1;
        }

        for (var i = 1; i < n; i++)
        {
            if (reflectors[i] == 0)
            {
                continue;
            }

            var v = a.Slice(i * n, i);
            for (var r = 0; r < i; r++)
            {
                var row = rows.Slice(r * n, i);
                AddScaled(-reflectors[i] * FixedOrder.Dot<double>(row, v), v, row);
            }
        }
    }

    /// <summary>Turns x into the vector v of the reflection that maps x to (0, …, 0, τ), and returns β and τ.</summary>
    private static (double Beta, double Subdiagonal) Reflect(Span<double> x)
    {
        ref var last = ref x[^1];
        var rest = FixedOrder.SumOfSquares<double>(x[..^1]);
        if (rest == 0)
        {
            return (0, last);
        }

        // τ takes the sign opposite to the last entry, so that v's last entry is a sum and nothing cancels.
        var norm = Math.Sqrt(rest + (last * last));
        var τ = last > 0 ? -norm : norm;
        var β = 1 / (norm * (norm + Math.Abs(last)));
        last -= τ;
        return double.IsFinite(β) ? (β, τ) : (0, last + τ);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyFromBothSides(Span<double> a, int n, ReadOnlySpan<double> v, double β, Span<double> w)
    {
        var i = v.Length;
        w.Clear();
        for (var r = 0; r < i; r++)
        {
            var row = a.Slice(r * n, r);
            w[r] = Math.FusedMultiplyAdd(a[(r * n) + r], v[r], FixedOrder.Dot<double>(row, v[..r]));
            AddScaled(v[r], row, w[..r]);
        }

        TensorPrimitives.Multiply(w, β, w);
        AddScaled(-β / 2 * FixedOrder.Dot<double>(w, v), v, w);
        for (var r = 0; r < i; r++)
        {
            var row = a.Slice(r * n, r + 1);
            AddScaled(-v[r], w[..(r + 1)], row);
            AddScaled(-w[r], v[..(r + 1)], row);
        }
    }

    private static void AddScaled(double α, ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.FusedMultiplyAdd(x, α, y, y);
}
