using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Symmetric matrices of the types that LAPACK's own tests use (TESTING/EIG/ddrvst.f, dchkpo.f), row-major and full.</summary>
public static class TestMatrices
{
    /// <summary>Orders of LAPACK's test input, and one beyond every block size.</summary>
    public static readonly int[] Orders = [0, 1, 2, 3, 5, 10, 50, 130];

    /// <summary>Names of all types.</summary>
    public static readonly string[] Types =
    [
        "zero", "identity", "diagonal", "rank one", "second difference", "Hadamard-like", "random", "graded", "clustered", "evenly spaced", "near overflow", "near underflow",
    ];

    /// <summary>Names of the positive definite types.</summary>
    public static readonly string[] PositiveDefiniteTypes = ["identity", "second difference", "graded", "clustered", "evenly spaced"];

    /// <summary>The matrix of the given type and order.</summary>
    public static double[] Create(string type, int n) => type switch
    {
        "zero" => new double[n * n],
        "identity" => Fill(n, (i, j) => i == j ? 1 : 0),
        "diagonal" => Fill(n, (i, j) => i == j ? ((7 * i) % n) - (n / 2) : 0),
        "rank one" => Fill(n, (i, j) => (i + 1.0) * (j + 1.0)),
        "second difference" => Fill(n, (i, j) => Math.Abs(i - j) switch { 0 => 2, 1 => -1, _ => 0 }),
        "Hadamard-like" => Fill(n, (i, j) => (System.Numerics.BitOperations.PopCount((uint)(i & j)) & 1) == 0 ? 1 : -1),
        "random" => Random(n, 1),
        "graded" => Rotated(n, i => Math.Pow(0.5, i % 50)),
        "clustered" => Rotated(n, i => i == 0 ? 1 : 1e-8),
        "evenly spaced" => Rotated(n, i => (i + 1.0) / n),
        "near overflow" => Random(n, 1e290),
        "near underflow" => Random(n, 1e-290),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown"),
    };

    private static double[] Random(int n, double scale)
    {
        var draws = new double[n * n];
        RandomStream.FromSeed((ulong)n).FillGaussian<double>(draws, scale);
        return Fill(n, (i, j) => draws[(Math.Max(i, j) * n) + Math.Min(i, j)]);
    }

    /// <summary>(I − 2uuᵀ) D (I − 2uuᵀ) with a random unit vector u: a dense matrix of the given spectrum up to rounding.</summary>
    private static double[] Rotated(int n, Func<int, double> spectrum)
    {
        var u = new double[n];
        RandomStream.FromSeed((ulong)n).FillGaussian<double>(u, 1);
        var norm = Math.Sqrt(u.Sum(x => x * x));
        var (d, q) = (Enumerable.Range(0, n).Select(spectrum).ToArray(), Fill(n, (i, j) => (i == j ? 1 : 0) - (2 * u[i] / norm * (u[j] / norm))));
        return Fill(n, (i, j) => i < j ? Entry(j, i) : Entry(i, j));

        double Entry(int i, int j) => Enumerable.Range(0, n).Sum(k => q[(i * n) + k] * d[k] * q[(j * n) + k]);
    }

    private static double[] Fill(int n, Func<int, int, double> entry) =>
        [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select entry(i, j)];
}
