using Harness.Core.Training;

namespace Harness.Claims.Exact;

/// <summary>
/// Without rounding: how far given factors are from the minimum of ½Σ(⟨G_k, X⟩ − y_k)² + λ‖X‖_*, and a rank that no minimiser exceeds.
/// </summary>
/// <remarks>
/// The factors' ½(‖B‖² + ‖A‖²) is at least ‖BA‖_*, and a feasible p bounds the minimum from below; the difference g bounds the distance of p from the dual solution p*, as the dual objective is strongly concave: ½‖p − p*‖² ≤ g. Every
/// minimiser X has ⟨Y*, X⟩ = λ‖X‖_* with Y* = Σ p*_kG_k, so its rank is at most the number of singular values λ of Y*, and these are at least λ − ‖G‖_F√(2g) in Y = Σ p_kG_k. Signs of eigenvalues are those of <see cref="Inertia"/>.
/// </remarks>
/// <param name="Gap">g, not negative.</param>
/// <param name="RankBound">The number of singular values of Y that the gap leaves within reach of λ.</param>
internal sealed record NuclearNormCertificate(double Gap, int RankBound)
{
    /// <summary>Of the solution that a problem holds.</summary>
    /// <param name="problem">The problem after minimising.</param>
    /// <param name="gradients">G_1 … G_K.</param>
    /// <param name="targets">y.</param>
    /// <param name="penalty">λ.</param>
    public static NuclearNormCertificate Of(NuclearNormLeastSquares problem, double[] gradients, double[] targets, double penalty)
    {
        var (rows, columns, size) = (problem.Rows, problem.Columns, problem.Rows * problem.Columns);
        var (up, down) = (new double[rows * rows], new double[size]);
        problem.Factor(up, down);
        var (g, y, λ, b, a) = (Dyadic.Exactly(gradients), Dyadic.Exactly(targets), Dyadic.Exactly(penalty), Dyadic.Exactly(up), Dyadic.Exactly(down));

        var x = new Dyadic[size];
        for (var k = 0; k < rows; k++)
        {
            AddProduct(b.AsSpan(k * rows, rows), a.AsSpan(k * columns, columns), x);
        }

        Dyadic squares = default;
        for (var k = 0; k < y.Length; k++)
        {
            var difference = Dot(g.AsSpan(k * size, size), x) - y[k];
            squares += difference * difference;
        }

        var twiceObjective = squares + (λ * (Dot(b, b) + Dot(a, a)));

        // The computed p is feasible up to rounding; the least shrinking that makes it so is taken.
        for (var shrinking = 52; ; shrinking -= 2)
        {
            var factor = Dyadic.Exactly(1 - Math.ScaleB(1, -shrinking));
            Dyadic[] p = [.. problem.DualSolution.ToArray().Select(value => factor * Dyadic.Exactly(value))];
            var gram = Gram(Combination(p, g, size), rows, columns);
            if (Inertia.OfShifted(gram, rows, λ * λ).Positive > 0)
            {
                if (shrinking <= 4)
                {
                    throw new InvalidOperationException($"The dual point of a problem of {rows} × {columns} with {y.Length} outputs is not feasible by far: the solver's scaling of it is wrong.");
                }

                continue;
            }

            var twiceGap = (twiceObjective - Dyadic.Scale(Dot(p, y), 1) + Dot(p, p)).ToRational().ToDouble();

            // Roundings of these few double operations are dwarfed by the factors 1 ± 1e-12.
            var reach = Math.Sqrt(twiceGap * Dot(g, g).ToRational().ToDouble()) * (1 + 1e-12);
            var least = Math.Max(0, (penalty * (1 - 1e-12)) - reach);
            return new(twiceGap / 2, rows - Inertia.OfShifted(gram, rows, Dyadic.Exactly(least * least * (1 - 1e-12))).Negative);
        }
    }

    private static void AddProduct(ReadOnlySpan<Dyadic> column, ReadOnlySpan<Dyadic> row, Span<Dyadic> x)
    {
        for (var i = 0; i < column.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                x[(i * row.Length) + j] += column[i] * row[j];
            }
        }
    }

    private static Dyadic[] Combination(Dyadic[] p, Dyadic[] g, int size)
    {
        var y = new Dyadic[size];
        for (var k = 0; k < p.Length; k++)
        {
            for (var i = 0; i < size; i++)
            {
                y[i] += p[k] * g[(k * size) + i];
            }
        }

        return y;
    }

    private static Dyadic[] Gram(ReadOnlySpan<Dyadic> y, int rows, int columns)
    {
        var gram = new Dyadic[rows * rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                gram[(i * rows) + j] = Dot(y.Slice(i * columns, columns), y.Slice(j * columns, columns));
            }
        }

        return gram;
    }

    private static Dyadic Dot(ReadOnlySpan<Dyadic> x, ReadOnlySpan<Dyadic> y)
    {
        Dyadic sum = default;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
