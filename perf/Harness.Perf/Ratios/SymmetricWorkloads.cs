using Harness.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Harness.Perf.Ratios;

/// <summary>Eigenvalues and Cholesky's factor of Gram matrices of n standard normal vectors in 2n dimensions.</summary>
internal static class SymmetricWorkloads
{
    private const string Type = "double";

    /// <summary>All eigenvalues, with or without eigenvectors; the reduction to tridiagonal form alone takes 4/3 n³ operations.</summary>
    public static Workload Eigen(int n, bool vectors, double ratio, OpenBlas? blas) => new(
        $"symmetric eigen{(vectors ? "vectors" : "values")}, n = {n}", Type, 1, 0, 0, 0, new(0, ratio), () =>
        {
            var (k, a, values, basis) = (Gram(n), new double[n * n], new double[n], vectors ? new double[n * n] : []);
            var workspace = new double[SymmetricEigen.WorkspaceLength(n, vectors)];
            List<Contender> contenders =
            [
                new("Harness", () =>
                {
                    k.CopyTo(a, 0);
                    if (vectors)
                    {
                        SymmetricEigen.Decompose(a, n, values, basis, workspace);
                    }
                    else
                    {
                        SymmetricEigen.Values(a, n, values, workspace);
                    }
                }),
            ];
            if (blas is not null)
            {
                double[] work = [];
                int[] integers = [];
                contenders.Add(new("LAPACK dsyevd", () =>
                {
                    k.CopyTo(a, 0);
                    blas.Eigen(a, n, values, vectors, ref work, ref integers);
                }));
            }

            return new(contenders);
        });

    /// <summary>Cholesky's factor, n³/3 operations.</summary>
    public static Workload Cholesky(int n, OpenBlas? blas) => new($"Cholesky, n = {n}", Type, 1, (double)n * n * n / 3, 0, 0, new(0, 1), () =>
    {
        var (k, a) = (Gram(n), new double[n * n]);
        List<Contender> contenders =
        [
            new("Harness", () =>
            {
                k.CopyTo(a, 0);
                Core.Numerics.Cholesky.TryFactor<double>(a, n);
            }),
        ];
        if (blas is not null)
        {
            contenders.Add(new("LAPACK dpotrf", () =>
            {
                k.CopyTo(a, 0);
                blas.Factor(a, n);
            }));
        }

        if (n <= 512)
        {
            var matrix = Matrix<double>.Build.Dense(n, n, Gram(n));
            contenders.Add(new("MathNet", () => _ = matrix.Cholesky()));
        }

        return new(contenders);
    });

    private static double[] Gram(int n)
    {
        var (x, k) = (new double[2 * n * n], new double[n * n]);
        RandomStream.FromSeed(1).FillGaussian(x, 1 / Math.Sqrt(2.0 * n));
        GramMatrix.Compute<double>(x, 2 * n, n, n, k);
        return k;
    }
}
