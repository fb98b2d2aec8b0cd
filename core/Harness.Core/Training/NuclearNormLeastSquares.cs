using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>
/// min over X of ½Σ_k(⟨G_k, X⟩ − y_k)² + λ‖X‖_*, by accelerated proximal gradient with a duality gap: what training a weight change X with weight decay on its factors amounts to where outputs are linear in X, as in the regime of the
/// tangent kernel (arXiv:2402.11867): ‖X‖_* = min ½(‖B‖²_F + ‖A‖²_F) over X = BA. G_k is the gradient of the k-th output in the weights.
/// </summary>
/// <remarks>
/// Steps: FISTA (Beck, Teboulle, SIAM J. Imaging Sci. 2 (2009)) with the adaptive restart of O'Donoghue and Candès (Found. Comput. Math. 15 (2015)). The proximal map takes λ/L off every singular value; the singular vectors above it are
/// the eigenvectors of XXᵀ, whose loss of small singular values does not matter, since those become zero.
/// <para>Gap: for any p with ‖Σ p_kG_k‖₂ ≤ λ, ⟨p, y⟩ − ½‖p‖² is a lower bound of the minimum; p is the residual y − ⟨G, X⟩ scaled to be feasible. The bound is evaluated in floating point; it is off by a modest multiple of mn·u of its terms.</para>
/// <para>All arrays are allocated at construction; minimising allocates nothing.</para>
/// </remarks>
public sealed class NuclearNormLeastSquares
{
    private const int StepsBetweenGaps = 16;

    private readonly double[] gradients, targets, solution, last, point, moved, residual, dual, gram, values, vectors, workspace;

    /// <summary>A problem; its penalty is given to <see cref="Minimise"/>.</summary>
    /// <param name="gradients">G_1 … G_K, each m × n row-major.</param>
    /// <param name="targets">y_1 … y_K.</param>
    /// <param name="rows">m ≤ n; of a matrix with more rows than columns pass the transposed G_k, which leaves all singular values as they are.</param>
    /// <param name="columns">n.</param>
    /// <exception cref="ArgumentException">The spans do not fit, or m &gt; n, or all G_k are zero.</exception>
    public NuclearNormLeastSquares(ReadOnlySpan<double> gradients, ReadOnlySpan<double> targets, int rows, int columns)
    {
        if (rows < 1 || rows > columns || targets.IsEmpty || gradients.Length != (long)targets.Length * rows * columns)
        {
            throw new ArgumentException($"{targets.Length} targets with gradients of {rows} × {columns} need {(long)targets.Length * rows * columns} numbers and no more rows than columns; got {gradients.Length}.", nameof(gradients));
        }

        (Rows, Columns, this.gradients, this.targets) = (rows, columns, gradients.ToArray(), targets.ToArray());
        var (size, count) = (rows * columns, targets.Length);
        (solution, last, point, moved, dual) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        (residual, gram, values, vectors) = (new double[count], new double[rows * rows], new double[rows], new double[rows * rows]);
        workspace = new double[Math.Max(columns, SymmetricEigen.WorkspaceLength(rows, vectors: true))];
        Smoothness = LargestSquare();
        if (!(Smoothness > 0))
        {
            throw new ArgumentException("Every gradient is zero: no X changes an output.", nameof(gradients));
        }

        this.targets.CopyTo(residual, 0);
        ZeroPenalty = DualNorm();
    }

    /// <summary>m.</summary>
    public int Rows { get; }

    /// <summary>n.</summary>
    public int Columns { get; }

    /// <summary>K.</summary>
    public int Count => targets.Length;

    /// <summary>L = λ_max of the Gram matrix ⟨G_k, G_l⟩: the Lipschitz constant of the gradient.</summary>
    public double Smoothness { get; }

    /// <summary>‖Σ y_kG_k‖₂: the least λ whose minimiser is zero.</summary>
    public double ZeroPenalty { get; }

    /// <summary>X, m × n row-major, after <see cref="Minimise"/>.</summary>
    public ReadOnlySpan<double> Solution => solution;

    /// <summary>p, K numbers, feasible up to rounding, after <see cref="Minimise"/>.</summary>
    public ReadOnlySpan<double> DualSolution => residual;

    /// <summary>Minimises from X = 0.</summary>
    /// <param name="penalty">λ &gt; 0.</param>
    /// <param name="relativeGap">Stops once the gap is at most this times the objective.</param>
    /// <param name="steps">Stops after this many steps in any case.</param>
    /// <returns>Objective and lower bound, whichever was the reason to stop.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is not positive, or there is no step.</exception>
    public DualityGap Minimise(double penalty, double relativeGap, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Array.Clear(solution);
        Array.Clear(point);
        var momentum = 1.0;
        for (var step = 1; ; step++)
        {
            solution.CopyTo(last, 0);
            Residual(point);
            point.CopyTo(solution, 0);
            AddCombination(residual, 1 / Smoothness, solution);
            var norm = Shrink(solution, penalty / Smoothness);
            if (step == steps || step % StepsBetweenGaps == 0)
            {
                var gap = Gap(penalty, norm, step);
                if (step == steps || gap.Width <= relativeGap * gap.Objective)
                {
                    return gap;
                }
            }

            // Momentum that points uphill is dropped.
            TensorPrimitives.Subtract(solution, last, moved);
            TensorPrimitives.Subtract(point, solution, point);
            var next = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            var factor = FixedOrder.Dot<double>(point, moved) > 0 ? 0 : (momentum - 1) / next;
            momentum = factor == 0 ? 1 : next;
            TensorPrimitives.FusedMultiplyAdd(moved, factor, solution, point);
        }
    }

    /// <summary>Balanced factors of the solution, X = BA with BᵀB = AAᵀ = diag(σ): the adapter, up to a rotation, that weight decay leaves.</summary>
    /// <param name="upTransposed">Receives Bᵀ, m × m row-major; rows from the rank on are zero.</param>
    /// <param name="down">Receives A, m × n row-major; rows from the rank on are zero.</param>
    /// <returns>The number of singular values that the last proximal step left.</returns>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    public int Factor(Span<double> upTransposed, Span<double> down)
    {
        if (upTransposed.Length != gram.Length || down.Length != solution.Length)
        {
            throw new ArgumentException($"The factors have {gram.Length} and {solution.Length} elements; the spans have {upTransposed.Length} and {down.Length}.", nameof(down));
        }

        solution.CopyTo(down);
        SingularValueDecomposition.Compute(down, Rows, values, upTransposed);
        var rank = 0;
        for (var i = 0; i < Rows; i++)
        {
            // Below this a singular value is the rounding of a product of vectors, not what a threshold left.
            var root = values[i] > 1e-12 * values[0] ? Math.Sqrt(values[i]) : 0;
            rank += root > 0 ? 1 : 0;
            TensorPrimitives.Multiply(upTransposed.Slice(i * Rows, Rows), root, upTransposed.Slice(i * Rows, Rows));
            TensorPrimitives.Multiply(down.Slice(i * Columns, Columns), root, down.Slice(i * Columns, Columns));
        }

        return rank;
    }

    /// <summary>The objective at X with ‖X‖_* = norm, and the lower bound from its residual, which is left behind scaled.</summary>
    private DualityGap Gap(double penalty, double norm, int steps)
    {
        Residual(solution);
        var (squares, fit) = (FixedOrder.SumOfSquares<double>(residual), FixedOrder.Dot<double>(residual, targets));
        var dualNorm = DualNorm();
        var limit = dualNorm > 0 ? penalty / dualNorm : double.PositiveInfinity;
        var scale = squares > 0 ? Math.Clamp(fit / squares, -limit, limit) : 0;
        TensorPrimitives.Multiply(residual, scale, residual);
        return new((squares / 2) + (penalty * norm), scale * (fit - (scale * squares / 2)), steps);
    }

    /// <summary>y − ⟨G, X⟩.</summary>
    private void Residual(ReadOnlySpan<double> x)
    {
        for (var k = 0; k < residual.Length; k++)
        {
            residual[k] = targets[k] - FixedOrder.Dot(gradients.AsSpan(k * x.Length, x.Length), x);
        }
    }

    private void AddCombination(ReadOnlySpan<double> coefficients, double factor, Span<double> x)
    {
        for (var k = 0; k < coefficients.Length; k++)
        {
            TensorPrimitives.FusedMultiplyAdd(gradients.AsSpan(k * x.Length, x.Length), factor * coefficients[k], x, x);
        }
    }

    /// <summary>‖Σ r_kG_k‖₂ of the residual.</summary>
    private double DualNorm()
    {
        Array.Clear(dual);
        AddCombination(residual, 1, dual);
        Gram(dual);
        SymmetricEigen.Values(gram, Rows, values, workspace);
        return Math.Sqrt(Math.Max(values[^1], 0));
    }

    /// <summary>Takes the threshold off every singular value, but no more than there is; returns their sum.</summary>
    private double Shrink(Span<double> x, double threshold)
    {
        Gram(x);
        SymmetricEigen.Decompose(gram, Rows, values, vectors, workspace);
        x.CopyTo(dual);
        x.Clear();
        var norm = 0.0;
        var image = workspace.AsSpan(0, Columns);
        for (var i = Rows - 1; i >= 0 && values[i] > threshold * threshold; i--)
        {
            var vector = vectors.AsSpan(i * Rows, Rows);
            image.Clear();
            for (var a = 0; a < Rows; a++)
            {
                TensorPrimitives.FusedMultiplyAdd(dual.AsSpan(a * Columns, Columns), vector[a], image, image);
            }

            var value = Math.Sqrt(FixedOrder.SumOfSquares<double>(image));
            var kept = Math.Max(value - threshold, 0);
            norm += kept;
            for (var a = 0; a < Rows; a++)
            {
                var row = x.Slice(a * Columns, Columns);
                TensorPrimitives.FusedMultiplyAdd(image, vector[a] * (kept / value), row, row);
            }
        }

        return norm;
    }

    private void Gram(ReadOnlySpan<double> x)
    {
        for (var a = 0; a < Rows; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                gram[(a * Rows) + b] = FixedOrder.Dot(x.Slice(a * Columns, Columns), x.Slice(b * Columns, Columns));
            }
        }
    }

    private double LargestSquare()
    {
        var (count, size) = (Count, Rows * Columns);
        var (products, eigenvalues) = (new double[count * count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                products[(k * count) + l] = FixedOrder.Dot<double>(gradients.AsSpan(k * size, size), gradients.AsSpan(l * size, size));
            }
        }

        SymmetricEigen.Values(products, count, eigenvalues, new double[SymmetricEigen.WorkspaceLength(count, vectors: false)]);

        // A step a little too short does no harm; one too long might not descend.
        return eigenvalues[^1] * (1 + (1e-13 * count));
    }
}
