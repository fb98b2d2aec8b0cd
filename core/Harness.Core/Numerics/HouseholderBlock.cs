namespace Harness.Core.Numerics;

/// <summary>Products of many reflections applied as a few matrix products.</summary>
/// <remarks>Source: Schreiber, Van Loan, "A storage-efficient WY representation for products of Householder transformations", SIAM J. Sci. Stat. Comput. 10 (1989): H_s…H_t = I − VTVᵀ with the reflection vectors as columns of V and T upper triangular. Cost: n³ multiply-adds for all n reflections of a reduction.</remarks>
internal static unsafe class HouseholderBlock
{
    /// <summary>Reflections of a block: enough that products carry the cost, few enough that V and T stay in the second-level cache.</summary>
    private const int Width = 32;

    /// <summary>Elements of workspace that <see cref="ApplyTransposed"/> needs.</summary>
    public static int WorkspaceLength(int n) => checked(((4 * n) + Width + 1) * Math.Min(n, Width));

    /// <summary>U ← UQᵀ = U H₁H₂…Hₙ₋₁ for the Q of a <see cref="HouseholderTridiagonal"/> reduction.</summary>
    /// <param name="triangle">Row i holds the reflection vector of step i, i entries.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="reflectors">β of step i at i; 0: no reflection.</param>
    /// <param name="rows">U, n × n.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> elements.</param>
    public static void ApplyTransposed(double* triangle, int n, double* reflectors, double* rows, double* workspace)
    {
        var width = Math.Min(n, Width);
        double* v = workspace, transposed = v + (n * width), products = transposed + (n * width), mixed = products + (n * width), t = mixed + (n * width), inner = t + (width * width);
        for (var first = 1; first < n; first += Width)
        {
            var (count, length) = (Math.Min(Width, n - first), Math.Min(first + Width, n) - 1);
            for (var b = 0; b < count; b++)
            {
                var i = first + b;
                var row = new Span<double>(v + (b * length), length);
                row.Clear();
                if (reflectors[i] != 0)
                {
                    new ReadOnlySpan<double>(triangle + PackedTriangle.RowStart(i), i).CopyTo(row);
                }

                for (var k = 0; k < length; k++)
                {
                    transposed[(k * count) + b] = row[k];
                }
            }

            Factor(v, length, count, reflectors + first, t, inner);
            new Contraction<double>
            {
                A = transposed, AStep = count, B = rows, BRow = n, BStep = 1, BlockLength = length, Length = length, C = products, CRow = count,
            }.Run(n, count);
            new Contraction<double>
            {
                A = t, AStep = count, B = products, BRow = count, BStep = 1, BlockLength = count, Length = count, C = mixed, CRow = count,
            }.Run(n, count);
            new Contraction<double>
            {
                A = v, AStep = length, B = mixed, BRow = count, BStep = 1, BlockLength = count, Length = count, C = rows, CRow = n, Accumulate = true, Alpha = -1,
            }.Run(n, length);
        }
    }

    /// <summary>T: its column b is −β_b T Vᵀv_b above the diagonal and β_b on it.</summary>
    private static void Factor(double* v, int length, int count, double* β, double* t, double* inner)
    {
        new Span<double>(t, count * count).Clear();
        for (var b = 0; b < count; b++)
        {
            var vector = new ReadOnlySpan<double>(v + (b * length), length);
            for (var a = 0; a < b; a++)
            {
                inner[a] = FixedOrder.Dot<double>(new(v + (a * length), length), vector);
            }

            for (var a = 0; a < b; a++)
            {
                double sum = 0;
                for (var c = a; c < b; c++)
                {
                    sum = Math.FusedMultiplyAdd(t[(a * count) + c], inner[c], sum);
                }

                t[(a * count) + b] = -β[b] * sum;
            }

            t[(b * count) + b] = β[b];
        }
    }
}
