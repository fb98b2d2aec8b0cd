using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The proven eigenvalue radius: it contains exact spectra, survives bad vectors and is not absurdly large.</summary>
public sealed class EigenvalueRadiusTests
{
    private static readonly int[] Orders = [1, 2, 3, 10, 64, 130];

    [Test]
    public void Radius_SecondDifference_ContainsExactSpectrum([ValueSource(nameof(Orders))] int n) =>
        AssertContains("second difference", n, k => 4 * Math.Pow(Math.Sin(Math.PI * (k + 1) / (2 * (n + 1))), 2), cancellation: 4 * 8 * 1.2e-16);

    [Test]
    public void Radius_Sylvester_ContainsExactSpectrum([Values(1, 2, 4, 16, 64)] int n) =>
        AssertContains("Hadamard-like", n, k => n == 1 ? 1 : k < n / 2 ? -Math.Sqrt(n) : Math.Sqrt(n), cancellation: 0); // H² = nI and trace 0; √n is exact for powers of 4, and 2's is one rounding off

    [Test]
    public void Radius_PermutedDiagonal_ContainsExactSpectrum([ValueSource(nameof(Orders))] int n) =>
        AssertContains("diagonal", n, k => Enumerable.Range(0, n).Select(i => ((7 * i) % n) - (n / 2)).Order().ElementAt(k), cancellation: 0);

    [Test]
    public void Radius_RankOne_ContainsExactSpectrum([ValueSource(nameof(Orders))] int n) =>
        AssertContains("rank one", n, k => k < n - 1 ? 0 : n * (n + 1.0) * ((2 * n) + 1) / 6, cancellation: 0);

    [Test]
    public void Radius_EveryType_WithinModestMultipleOfRounding(
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Types))] string type,
        [ValueSource(typeof(TestMatrices), nameof(TestMatrices.Orders))] int n)
    {
        var a = TestMatrices.Create(type, n);
        var (values, _, radius) = Enclose(a, n);
        var norm = n == 0 ? 0 : Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));

        // What the bound is made of: nu‖A‖ a few times from the computed residuals (threshold 30 in units of 2nu), and γ_k times absolute sums of at most √n‖A‖ · √n.
        Assert.That(radius, Is.LessThanOrEqualTo((100 * Math.Max(n, 1) * 1.2e-16 * norm) + 1e-300));
    }

    [Test]
    public void Radius_WrongValue_ReachesTheRightOne()
    {
        const int N = 10;
        var a = TestMatrices.Create("second difference", N);
        var (values, vectors, _) = Enclose(a, N);
        var exact = (double[])values.Clone();
        values[N - 1] += 0.01;
        var radius = SymmetricEigen.Radius(a, N, values, vectors, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]);

        // R is one row 0.01 vᵀ, so √(‖R‖₁‖R‖_∞) = 0.01 √(‖v‖_∞‖v‖₁) ≤ 0.01 N^¼ for a unit vector v.
        Assert.That(radius, Is.InRange(values[N - 1] - exact[N - 1] - 1e-12, 0.01 * Math.Pow(N, 0.25)));
    }

    [Test]
    public void Radius_SkewedVectors_StillContainsTheSpectrum([Values(1e-12, 1e-6, 1e-3)] double skew)
    {
        const int N = 20;
        var a = TestMatrices.Create("evenly spaced", N);
        var (values, vectors, tight) = Enclose(a, N);
        var skewed = (double[])vectors.Clone();
        for (var e = 0; e < skewed.Length; e++)
        {
            skewed[e] += skew * Math.Sin(e);
        }

        var rayleigh = Enumerable.Range(0, N).Select(k => values[k] + (skew / 10 * (k % 2 == 0 ? 1 : -1))).Order().ToArray();
        var radius = SymmetricEigen.Radius(a, N, rayleigh, skewed, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]);
        Assert.That(rayleigh.Zip(values, (x, y) => Math.Abs(x - y)), Has.All.InRange(0, radius + tight));
        Assert.That(radius, Is.GreaterThan(skew / 10 * 0.99));
    }

    [Test]
    public void Radius_ShrunkenVectors_NotShrunkWithThem()
    {
        // V = 0.8 I makes the residual of values that are off by 0.1 look like 0.08: only the orthogonality term makes up for it.
        var radius = SymmetricEigen.Radius([1, 0, 0, 2], 2, [1.1, 2.1], [0.8, 0, 0, 0.8], new double[SymmetricEigen.WorkspaceLength(2, vectors: true)]);
        Assert.That(radius, Is.GreaterThanOrEqualTo(0.1).And.LessThan(2));
    }

    [Test]
    public void Radius_DependentVectors_ProvesNothing() =>
        Assert.That(SymmetricEigen.Radius([1, 0, 0, 2], 2, [1, 2], [1, 0, 1, 0], new double[SymmetricEigen.WorkspaceLength(2, vectors: true)]), Is.EqualTo(double.PositiveInfinity));

    [Test]
    public void Radius_NaN_ProvesNothing() =>
        Assert.That(SymmetricEigen.Radius([1, 0, 0, double.NaN], 2, [1, 2], [1, 0, 0, 1], new double[SymmetricEigen.WorkspaceLength(2, vectors: true)]), Is.EqualTo(double.PositiveInfinity));

    [Test]
    public void Radius_UnsortedValues_Throws() =>
        Assert.That(() => SymmetricEigen.Radius([1, 0, 0, 2], 2, [2, 1], [0, 1, 1, 0], new double[SymmetricEigen.WorkspaceLength(2, vectors: true)]), Throws.ArgumentException);

    /// <summary>The closed form is evaluated in double: <paramref name="cancellation"/> bounds its own error, one unit in the last place is added for its last rounding.</summary>
    private static void AssertContains(string type, int n, Func<int, double> exact, double cancellation)
    {
        var (values, _, radius) = Enclose(TestMatrices.Create(type, n), n);
        for (var k = 0; k < n; k++)
        {
            Assert.That(values[k], Is.EqualTo(exact(k)).Within(radius + cancellation + (2.3e-16 * Math.Abs(exact(k)))), $"eigenvalue {k}");
        }
    }

    private static (double[] Values, double[] Vectors, double Radius) Enclose(double[] a, int n)
    {
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose((double[])a.Clone(), n, values, vectors, workspace);
        return (values, vectors, SymmetricEigen.Radius(a, n, values, vectors, workspace));
    }
}
