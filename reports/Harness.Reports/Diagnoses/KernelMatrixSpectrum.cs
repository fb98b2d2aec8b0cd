using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Reports.Diagnoses;

/// <summary>A kernel matrix that is known within radii, its eigenpairs, and proven bounds of its extreme eigenvalues.</summary>
/// <param name="Values">Eigenvalues, ascending.</param>
/// <param name="Vectors">Eigenvectors, row k for value k.</param>
/// <param name="Smallest">A proven lower bound of all of them.</param>
/// <param name="Largest">A proven upper bound.</param>
internal sealed record KernelMatrixSpectrum(double[] Values, double[] Vectors, double Smallest, double Largest)
{
    /// <summary>How far a bound may lie from its eigenvalue, relative to it, where rounding allows.</summary>
    private const double Gap = 1e-6;

    /// <summary>Rows of the limit kernel that are enclosed between two looks at the clock.</summary>
    private const int RowsAtOnce = 16;

    /// <summary>Multiply-adds that a ball of the limit kernel takes about as long as, for every layer and one more.</summary>
    private const double WorkOfBall = 600;

    /// <summary>Multiply-adds of the limit kernel of n samples and its spectrum.</summary>
    public static double LimitWork(int samples, int depth) => (WorkOfBall * (depth + 1) * samples * samples / 2) + SpectrumWork(samples);

    /// <summary>Multiply-adds of a decomposition with vectors (13n³/3) and about six Cholesky factorisations (n³/6 each), in units of those of a product, which take a quarter of the time.</summary>
    public static double SpectrumWork(int order) => 4 * 16.0 / 3 * order * order * order;

    /// <summary>The kernel of infinitely wide networks, in units of m/2d.</summary>
    /// <param name="samples">Unit inputs.</param>
    /// <param name="depth">L.</param>
    /// <param name="rowsDone">Told how many rows have been enclosed since it was told last; may throw to stop.</param>
    public static KernelMatrixSpectrum OfLimit(DataSet samples, int depth, Action<int> rowsDone)
    {
        var (n, dimension, kernel) = (samples.Count, samples.InputDimension, InfiniteWidthKernel.FrozenEnds(depth));
        var (matrix, radii) = (new double[n * n], new double[n * n]);
        var workspace = new Ball[kernel.EnclosureLength(RowsAtOnce, n, dimension)];
        var (midpoints, bounds) = (new double[RowsAtOnce * n], new double[RowsAtOnce * n]);
        for (var first = 0; first < n; first += RowsAtOnce)
        {
            // Columns up to the diagonal of the last of these rows.
            var (rows, columns) = (Math.Min(RowsAtOnce, n - first), Math.Min(first + RowsAtOnce, n));
            var length = rows * columns;
            kernel.Enclose(
                samples.Inputs.AsSpan(first * dimension, rows * dimension), rows, samples.Inputs.AsSpan(0, columns * dimension), columns, new(midpoints.AsSpan(0, length), bounds.AsSpan(0, length)), workspace);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j <= first + i; j++)
                {
                    var (lower, upper) = (((first + i) * n) + j, (j * n) + first + i);
                    matrix[lower] = matrix[upper] = midpoints[(i * columns) + j];
                    radii[lower] = radii[upper] = bounds[(i * columns) + j];
                }
            }

            rowsDone(rows);
        }

        return Of(matrix, radii, n);
    }

    /// <summary>The tangent kernel of a network at its present weights, with all its outputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">n samples.</param>
    public static KernelMatrixSpectrum OfNetwork(Network<double> network, DataSet samples)
    {
        var order = samples.Count * network.OutputDimension;
        var state = new BatchState<double>(network, order);
        var (matrix, radii) = (new double[order * order], new double[order * order]);
        CertifiedTangentKernel.Compute(network, samples.Inputs, state, new BatchRadii<double>(network, state), matrix, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        return Of(matrix, radii, order);
    }

    /// <summary>What is shown of it.</summary>
    /// <param name="unit">What the eigenvalues are divided by.</param>
    public KernelDiagnosis Describe(Ball unit) => new(
        Values.Length,
        Values[0] / unit.Midpoint,
        double.IsFinite(Smallest) ? (Ball.Exactly(Smallest) / unit).Lower : null,
        Values[^1] / unit.Midpoint,
        double.IsFinite(Largest) ? (Ball.Exactly(Largest) / unit).Upper : null,
        [.. Values.Reverse().Select(value => value / unit.Midpoint)]);

    private static KernelMatrixSpectrum Of(double[] matrix, double[] radii, int n)
    {
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[Math.Max(SymmetricEigen.WorkspaceLength(n, vectors: true), EigenvalueBounds.WorkspaceLength(n))]);
        SymmetricEigen.Decompose((double[])matrix.Clone(), n, values, vectors, workspace);
        return new(
            values, vectors, EigenvalueBounds.Smallest(matrix, radii, n, values[0], Gap, workspace), EigenvalueBounds.Largest(matrix, radii, n, values[^1], Gap, workspace));
    }
}
