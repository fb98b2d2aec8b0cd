using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>Householder's reduction of a symmetric matrix to tridiagonal form, A = QTQᵀ.</summary>
/// <remarks>
/// Source: Golub, Van Loan, "Matrix Computations", 4th ed., section 8.3.1; here from the last row upwards on the lower triangle, as in EISPACK's tred1 (Martin,
/// Reinsch, Wilkinson 1968), so that everything runs along contiguous rows. Step i reflects row i's first i entries onto the last of
/// them by Hᵢ = I − βvvᵀ, v's last entry being 1, and applies Hᵢ from both sides to the leading i × i block: A ← A − vwᵀ − wvᵀ, p = βAv, w = p − (β/2)(pᵀv)v. The update waits for the next
/// step, whose product it shares a sweep with (<see cref="SymmetricSweep"/>). Cost: n³/6 entries swept, each with four multiply-adds: 2n³/3.
/// </remarks>
internal static unsafe class HouseholderTridiagonal
{
    /// <summary>A sum of squares below this, beside a matrix of unit size, is that of entries which are zero to working precision; above it no square underflows that matters.</summary>
    private const double NegligibleSquare = 1e-290;

    /// <summary>Elements of workspace that <see cref="Reduce"/> needs.</summary>
    public static int WorkspaceLength(int n) => (5 * PackedTriangle.RoundUp(n)) + PackedTriangle.Lanes;

    /// <summary>Reduces A, whose largest entry is of unit size; row i keeps the reflection vector v of step i in its first i entries.</summary>
    /// <param name="triangle">A, a <see cref="PackedTriangle"/>.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="diagonal">Receives the n diagonal entries of T.</param>
    /// <param name="offDiagonal">Receives T[i, i − 1] at i; entry 0 is zero.</param>
    /// <param name="reflectors">Receives β of step i at i (0: no reflection), or null.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> elements.</param>
    public static void Reduce(double* triangle, int n, double* diagonal, double* offDiagonal, double* reflectors, double* workspace)
    {
        var length = PackedTriangle.RoundUp(n);
        workspace = PackedTriangle.Align(workspace);
        new Span<double>(workspace, 5 * length).Clear();
        double* spare = workspace, x = spare + length, y = x + length, v = y + length, p = v + length;
        for (var i = n - 1; i > 0; i--)
        {
            var row = triangle + PackedTriangle.RowStart(i);
            Update(row, i, x, y);
            diagonal[i] = row[i];
            var β = Reflect(new Span<double>(row, i), out offDiagonal[i]);
            if (reflectors != null)
            {
                reflectors[i] = β;
            }

            // The sweep reads whole vectors: beyond its end, v is zero.
            Span<double> reflection = new(v, i), product = new(p, i);
            new Span<double>(row, i).CopyTo(reflection);
            new Span<double>(v + i, PackedTriangle.RoundUp(i + 1) - i).Clear();
            if (β == 0)
            {
                reflection.Clear();
            }

            SymmetricSweep.Run(triangle, i, x, y, v, p, spare);
            new Span<double>(p + i, PackedTriangle.RoundUp(i) - i).Clear();
            TensorPrimitives.Multiply(product, β, product);
            TensorPrimitives.FusedMultiplyAdd(reflection, -β / 2 * FixedOrder.Dot<double>(product, reflection), product, product);
            double* nextV = x, nextP = y;
            x = v;
            y = p;
            v = nextV;
            p = nextP;
        }

        if (n > 0)
        {
            // The last reflection was of a single entry, that is none: nothing waits for the first row.
            diagonal[0] = triangle[0];
            offDiagonal[0] = 0;
        }
    }

    /// <summary>Row i of A ← A − xyᵀ − yxᵀ, in the order of <see cref="SymmetricSweep"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(double* row, int i, double* x, double* y)
    {
        var (xi, yi) = (Vector512.Create(-x[i]), Vector512.Create(-y[i]));
        for (nint c = 0; c <= i; c += PackedTriangle.Lanes)
        {
            Vector512.FusedMultiplyAdd(yi, Vector512.Load(x + c), Vector512.FusedMultiplyAdd(xi, Vector512.Load(y + c), Vector512.Load(row + c))).Store(row + c);
        }
    }

    /// <summary>Turns x into the vector v of the reflection that maps x to (0, …, 0, τ), v's last entry being 1, and returns β.</summary>
    private static double Reflect(Span<double> x, out double τ)
    {
        var last = x[^1];
        var rest = FixedOrder.SumOfSquares<double>(x[..^1]);
        if (rest < NegligibleSquare)
        {
            τ = last;
            return 0;
        }

        // τ takes the sign opposite to the last entry, so that nothing cancels in their difference.
        var norm = Math.Sqrt(rest + (last * last));
        τ = last > 0 ? -norm : norm;
        TensorPrimitives.Multiply(x, 1 / (last - τ), x);
        x[^1] = 1;
        return (τ - last) / τ;
    }
}
