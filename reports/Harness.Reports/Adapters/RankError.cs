using Harness.Core.Numerics;
using Harness.Core.Spectra;

namespace Harness.Reports.Adapters;

/// <summary>How close a matrix of rank r comes to a given one: (Σ_{i>r} σ_i²)^½ in Frobenius' norm, by Eckart and Young.</summary>
internal static class RankError
{
    private const double Tolerance = 1e-10;

    /// <summary>‖E‖²_F less the r largest σ_i², which are eigenvalues of EᵀE found from products alone. What is below 10⁻⁷‖E‖_F is lost in the difference and is given as zero.</summary>
    public static double Of(Weights<double> matrix, int rank)
    {
        var (n, squares) = (matrix.Columns, matrix.SquaredFrobeniusNorm());
        var count = Math.Min(rank, Math.Min(matrix.Rows, n));
        var (values, residuals) = (new double[count], new double[count]);
        Lanczos.Largest(new Normal(matrix), RandomStream.FromSeed(1), Tolerance, values, new double[count * n], residuals, new double[Lanczos.WorkspaceLength(n, count)]);
        var rest = squares - values.Sum();
        return rest > 1e-14 * squares ? Math.Sqrt(rest) : 0;
    }

    /// <summary>x ↦ Eᵀ(Ex).</summary>
    private sealed class Normal(Weights<double> matrix) : ISymmetricOperator
    {
        private readonly double[] image = new double[matrix.Rows];

        public int Order => matrix.Columns;

        public double ErrorNorm => double.NaN;

        public void Apply(ReadOnlySpan<double> x, Span<double> product)
        {
            matrix.Multiply(x, image, 1, 1);
            matrix.MultiplyTransposed(image, product, 1, 1);
        }
    }
}
