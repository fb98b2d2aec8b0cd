using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Symmetric eigenvalues by LAPACK's two residual ratios (TESTING/EIG/dsyt21.f) with LAPACK's threshold of 30, and the proven radius against known spectra.</summary>
public sealed class SymmetricEigenTests
{
    private const double Threshold = 30;
    private const double ε = 2.220446049250313e-16;

    [Test]
    public void Decompose_EveryTypeAndOrder_BothRatiosBelowThreshold(
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Types))] string type,
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Orders))] int n)
    {
        var a = TestMatrices.Create(type, n);
        var (values, vectors) = Decompose(a, n);
        var product = Matrix(n, (i, j) => Enumerable.Range(0, n).Sum(k => vectors[(k * n) + i] * values[k] * vectors[(k * n) + j]));
        var gram = Matrix(n, (i, j) => Enumerable.Range(0, n).Sum(k => vectors[(i * n) + k] * vectors[(j * n) + k]) - (i == j ? 1 : 0));
        Assert.That(OneNorm([.. a.Zip(product, (x, y) => x - y)], n), Is.LessThanOrEqualTo(Threshold * n * OneNorm(a, n) * ε), "‖A − VᵀΛV‖₁");
        Assert.That(OneNorm(gram, n), Is.LessThanOrEqualTo(Threshold * n * ε), "‖VVᵀ − I‖₁");
        Assert.That(values, Is.Ordered);
    }

    [Test]
    public void Values_EveryTypeAndOrder_AgreeWithDecompose(
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Types))] string type,
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Orders))] int n)
    {
        // Both are the exact values of A + E with ‖E‖ of a size that LAPACK's threshold bounds; Weyl's inequality takes that to the values.
        var a = TestMatrices.Create(type, n);
        var values = Values(a, n);
        Assert.That(values, Is.EqualTo(Decompose(a, n).Values).Within(2 * Threshold * n * OneNorm(a, n) * ε));
        Assert.That(values, Is.Ordered);
    }

    [Test]
    public void Values_UpperTriangleOverwritten_Unread()
    {
        const int N = 10;
        var a = TestMatrices.Create("random", N);
        var expected = Values(a, N);
        for (var e = 0; e < a.Length; e++)
        {
            a[e] = e % N > e / N ? double.NaN : a[e];
        }

        Assert.That(Values(a, N), Is.EqualTo(expected));
    }

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void Values_NonFiniteEntry_Throws(double entry) =>
        Assert.That(() => SymmetricEigen.Values([1, 0, entry, 1], 2, new double[2], new double[SymmetricEigen.WorkspaceLength(2, vectors: false)]), Throws.ArgumentException.With.Message.Contains("Row 1"));

    [Test]
    public void Values_ShortWorkspace_Throws() => Assert.That(() => SymmetricEigen.Values([1], 1, new double[1], new double[2]), Throws.ArgumentException);

    private static double[] Values(double[] a, int n)
    {
        var values = new double[n];
        SymmetricEigen.Values((double[])a.Clone(), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        return values;
    }

    private static (double[] Values, double[] Vectors) Decompose(double[] a, int n)
    {
        var (values, vectors) = (new double[n], new double[n * n]);
        SymmetricEigen.Decompose((double[])a.Clone(), n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        return (values, vectors);
    }

    private static double[] Matrix(int n, Func<int, int, double> entry) =>
        [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select entry(i, j)];

    private static double OneNorm(double[] a, int n) =>
        Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => Math.Abs(a[(i * n) + j]))).DefaultIfEmpty().Max();
}
