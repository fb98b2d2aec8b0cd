using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Cholesky by LAPACK's residual ratios (TESTING/LIN/dpot01.f, dpot02.f) with LAPACK's threshold of 30.</summary>
/// <remarks>Theory behind the threshold: the backward error is at most γ_{n+1}‖L‖‖Lᵀ‖, so the ratio ‖A − LLᵀ‖₁/(n‖A‖₁ε) is of order one whatever the matrix.</remarks>
public sealed class CholeskyTests
{
    private const double Threshold = 30;
    private const double ε = 2.220446049250313e-16;

    [Test]
    public void TryFactor_PositiveDefinite_ResidualRatioBelowThreshold(
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.PositiveDefiniteTypes))] string type,
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Orders))] int n)
    {
        var a = TestMatrices.Create(type, n);
        var l = (double[])a.Clone();
        Assert.That(Cholesky.TryFactor<double>(l, n));
        var residual = Matrix(n, (i, j) => a[(i * n) + j] - Enumerable.Range(0, Math.Min(i, j) + 1).Sum(k => l[(i * n) + k] * l[(j * n) + k]));
        Assert.That(OneNorm(residual, n), Is.LessThanOrEqualTo(Threshold * n * OneNorm(a, n) * ε));
        Assert.That(Enumerable.Range(0, n * n).Where(e => e % Math.Max(n, 1) > e / Math.Max(n, 1)).All(e => l[e] == a[e]), "the upper triangle stays as it was");
    }

    [Test]
    public void Solve_PositiveDefinite_ResidualRatioBelowThreshold(
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.PositiveDefiniteTypes))] string type,
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Orders))] int n)
    {
        var a = TestMatrices.Create(type, n);
        var l = (double[])a.Clone();
        Assume.That(Cholesky.TryFactor<double>(l, n));
        var b = Enumerable.Range(0, n).Select(i => 1.0 + (i % 3)).ToArray();
        var x = (double[])b.Clone();
        Cholesky.Solve<double>(l, n, x);
        var residual = Enumerable.Range(0, n).Sum(i => Math.Abs(b[i] - Enumerable.Range(0, n).Sum(j => a[(i * n) + j] * x[j])));
        Assert.That(residual, Is.LessThanOrEqualTo(Threshold * Math.Max(n, 1) * OneNorm(a, n) * x.Sum(Math.Abs) * ε));
    }

    [Test]
    public void TryFactor_Float_ResidualRatioBelowThreshold()
    {
        const int N = 100;
        var a = TestMatrices.Create("evenly spaced", N).Select(x => (float)x).ToArray();
        var l = (float[])a.Clone();
        Assert.That(Cholesky.TryFactor<float>(l, N));
        var residual = Matrix(N, (i, j) => a[(i * N) + j] - Enumerable.Range(0, Math.Min(i, j) + 1).Sum(k => (double)l[(i * N) + k] * l[(j * N) + k]));
        Assert.That(OneNorm(residual, N), Is.LessThanOrEqualTo(Threshold * N * OneNorm([.. a.Select(x => (double)x)], N) * Math.ScaleB(1, -23)));
    }

    [TestCase(1)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(130)]
    public void TryFactor_OneNegativeEigenvalue_False(int n)
    {
        // The second-difference matrix minus a shift between its two smallest eigenvalues.
        var (least, next) = (2 - (2 * Math.Cos(Math.PI / (n + 1))), 2 - (2 * Math.Cos(2 * Math.PI / (n + 1))));
        var a = TestMatrices.Create("second difference", n);
        for (var i = 0; i < n; i++)
        {
            a[(i * n) + i] -= (least + next) / 2;
        }

        Assert.That(Cholesky.TryFactor<double>(a, n), Is.False);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void TryFactor_NonFiniteEntry_False(double entry) => Assert.That(Cholesky.TryFactor([1, 0, entry, 1], 2), Is.False);

    [Test]
    public void TryFactor_WrongLength_Throws() => Assert.That(() => Cholesky.TryFactor<double>(new double[5], 2), Throws.ArgumentException);

    private static double[] Matrix(int n, Func<int, int, double> entry) =>
        [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select entry(i, j)];

    private static double OneNorm(double[] a, int n) =>
        Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => Math.Abs(a[(i * n) + j]))).DefaultIfEmpty().Max();
}
