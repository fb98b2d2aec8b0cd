using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Bounds of extreme eigenvalues on matrices with known ones: true where rounding works against them, and tight. Hard matrices are fuzzed.</summary>
public sealed class EigenvalueBoundsTests
{
    [Test]
    public void TryProve_SingularMatrixThatFactorsByRounding_BoundNotAboveZero()
    {
        // XᵀX with one row less than columns, exact in double and exactly singular: λ_min > 0 is false, yet the factorisation of XᵀX − cI completes now and then, for c beyond the rounding of its diagonal too.
        const int N = 100, Rows = N - 1;
        var (k, workspace, beyond) = (new double[N * N], new double[EigenvalueBounds.WorkspaceLength(N)], 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var x = Array.ConvertAll(new HardNumbers(NumberKind.Whole, Rows, N, seed).Draw<double>("x", Rows * N), Math.Abs);
            GramMatrix.Compute<double>(x, Rows, N, N, k);
            var rounding = k.Max() / 64 * Math.ScaleB(1, -53);
            foreach (var c in new[] { 0.1, 0.5, 1.5, 2, 3 })
            {
                if (EigenvalueBounds.TryProve(k, N, 1.0 / 64, c * rounding, workspace, out var bound))
                {
                    beyond += c > 1 ? 1 : 0;
                    Assert.That(bound, Is.LessThanOrEqualTo(0), $"seed {seed}, c = {c} roundings of the diagonal");
                }
            }
        }

        Assert.That(beyond, Is.GreaterThan(0), "or the margin from the factor was never needed");
    }

    private static IEnumerable<TestCaseData> ExactFactors() =>
    [
        new TestCaseData(arg: new double[][] { [2] }),
        new TestCaseData(arg: new double[][] { [16], [-3, 1], [1, -1, 1] }).SetArgDisplayNames("largest row first"),
        new TestCaseData(arg: new double[][] { [1], [-1, 1], [2, -3, 2], [-1, 4, -2, 8] }).SetArgDisplayNames("largest row last"),
        new TestCaseData(arg: Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, i + 1).Select(j => i == j ? 4.0 : (((i * 7) + (j * 3)) % 5) - 2).ToArray()).ToArray()).SetArgDisplayNames("thirty rows of both signs"),
    ];

    /// <summary>K = LLᵀ of whole numbers factors without rounding, so all of the margin is what the proof asks for: u‖|L|D|Lᵀ|‖ by two steps of Collatz and Wielandt, and u times the largest diagonal entry.</summary>
    [TestCaseSource(nameof(ExactFactors))]
    public void TryProve_KnownFactor_MarginIsThatOfTheProof(double[][] factor)
    {
        var n = factor.Length;
        double Factor(int i, int j) => j <= i ? factor[i][j] : 0;
        double Sum(Func<int, double> term) => Enumerable.Range(0, n).Sum(term);
        double[] k = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select Sum(l => Factor(i, l) * Factor(j, l))];
        double[] m = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select Sum(l => Math.Abs(Factor(i, l) * Factor(j, l)) * Cholesky.RoundingDepth(l))];
        var workspace = new double[EigenvalueBounds.WorkspaceLength(n)];
        Array.Fill(workspace, double.NaN);
        Assert.That(EigenvalueBounds.TryProve(k, n, 1, 0, workspace, out var bound));

        double[] once = [.. Enumerable.Range(0, n).Select(i => Sum(j => m[(i * n) + j]))], twice = [.. Enumerable.Range(0, n).Select(i => Sum(j => m[(i * n) + j] * once[j]))];
        var expected = Math.Min(once.Max(), twice.Zip(once, (y, x) => y / x).Max()) + Enumerable.Range(0, n).Max(i => k[(i * n) + i]);
        Assert.That(-bound / Rounding.Unit, Is.InRange(expected, expected * (1 + 1e-13)), "whole numbers: what is expected is exact, or nearly");
    }

    [Test]
    public void TryProve_NumbersNearUnderflow_MarginOutweighsIt()
    {
        Assert.That(EigenvalueBounds.TryProve([1e-290], 1, 1, 0, new double[3], out var bound));
        Assert.That(-bound, Is.InRange(Math.ScaleB(1, -1000), Math.ScaleB(1.01, -1000)));
    }

    [Test]
    public void SmallestAndLargest_OneByOne_BelowAndAboveTheEntry([Values(1, -3, 0.1, 1e-300, 1e300, 4e-320, 0)] double entry)
    {
        var workspace = new double[EigenvalueBounds.WorkspaceLength(1)];
        Assert.That(EigenvalueBounds.Smallest([entry], [], 1, entry, 1e-15, workspace), Is.LessThanOrEqualTo(entry).And.GreaterThanOrEqualTo(entry - (1e-13 * Math.Abs(entry)) - 1e-300));
        Assert.That(EigenvalueBounds.Largest([entry], [], 1, entry, 1e-15, workspace), Is.GreaterThanOrEqualTo(entry).And.LessThanOrEqualTo(entry + (1e-13 * Math.Abs(entry)) + 1e-300));
    }

    // Condition number 10⁶. The spectrum is known to nu‖A‖ or so, 10⁻¹³ ‖A‖, that is 10⁻⁷ λ_min.
    [TestCase("evenly spaced")]
    [TestCase("geometric")]
    [TestCase("one small")]
    [TestCase("one large")]
    public void Smallest_ConditionTenToTheSix_WithinAMillionth(string spectrum) => AssertWithinAMillionth(512, spectrum);

    [TestCase("evenly spaced")]
    [TestCase("geometric")]
    public void Smallest_OfSmallOrder_WithinAMillionth(string spectrum) => AssertWithinAMillionth(24, spectrum);

    private static void AssertWithinAMillionth(int order, string spectrum)
    {
        const double Least = 1e-6;
        var values = Enumerable.Range(0, order).Select(i => spectrum switch
        {
            "evenly spaced" => Least + ((1 - Least) * i / (order - 1)),
            "geometric" => Math.Pow(Least, 1 - (i / (order - 1.0))),
            "one small" => i == 0 ? Least : 1,
            _ => i == order - 1 ? 1 : Least,
        }).ToArray();
        var k = Rotated(values);
        var (computed, copy) = (new double[order], (double[])k.Clone());
        SymmetricEigen.Values(copy, order, computed, new double[SymmetricEigen.WorkspaceLength(order, vectors: false)]);
        var workspace = new double[EigenvalueBounds.WorkspaceLength(order)];
        var lower = EigenvalueBounds.Smallest(k, [], order, computed[0], 1e-8, workspace);
        var upper = EigenvalueBounds.Largest(k, [], order, computed[^1], 1e-8, workspace);
        Assert.That((computed[0] - lower) / computed[0], Is.InRange(0, 1e-6));
        Assert.That((upper - computed[^1]) / computed[^1], Is.InRange(0, 1e-6));
    }

    [Test]
    public void Smallest_GuessFarOff_FindsTheEigenvalueAllTheSame([Values(1.0, 3.9, 1e6)] double guess)
    {
        const int N = 30;
        var (k, least) = (TestMatrices.Create("second difference", N), 4 * Math.Pow(Math.Sin(Math.PI / (2 * (N + 1))), 2));
        Assert.That(EigenvalueBounds.Smallest(k, [], N, guess, 1e-3, new double[EigenvalueBounds.WorkspaceLength(N)]), Is.InRange(least - (1e-3 * guess), least));
    }

    /// <summary>A quarter of the gap, relative to the guess: that near to the eigenvalue the search comes, from wherever it begins.</summary>
    [Test]
    public void Smallest_GuessTooHigh_WithinAQuarterOfTheGap([Values(1.0001, 1.003, 1.02, 1.3, 5, 1e4)] double factor, [Values(1e-2, 1e-4)] double gap)
    {
        const int N = 30;
        var (k, least) = (TestMatrices.Create("second difference", N), 4 * Math.Pow(Math.Sin(Math.PI / (2 * (N + 1))), 2));
        var bound = EigenvalueBounds.Smallest(k, [], N, factor * least, gap, new double[EigenvalueBounds.WorkspaceLength(N)]);
        Assert.That(bound, Is.InRange(least - (gap / 4 * factor * least) - 1e-13, least));
    }

    [Test]
    public void Bounds_UnequalRadii_MoveByTheLargestRowSum()
    {
        double[] k = [2, 0, 0, 0, 2, 0, 0, 0, 2], radii = [0.01, 0, 0, 0, 0.02, 0.03, 0, 0.03, 0.04], workspace = new double[EigenvalueBounds.WorkspaceLength(3)];
        Assert.That(EigenvalueBounds.Smallest(k, radii, 3, 2, 1e-9, workspace), Is.InRange(1.93 - 1e-8, 1.93));
        Assert.That(EigenvalueBounds.Largest(k, radii, 3, 2, 1e-9, workspace), Is.InRange(2.07, 2.07 + 1e-8));
        Assert.That(EigenvalueBounds.Smallest(new double[9], radii, 3, 0, 1e-9, workspace), Is.InRange(-0.07 - 1e-15, -0.07));
        Assert.That(EigenvalueBounds.Largest(new double[9], radii, 3, 0, 1e-9, workspace), Is.InRange(0.07, 0.07 + 1e-15));
    }

    [Test]
    public void Bounds_RadiiOfABall_MoveByTheirNorm()
    {
        // K̂ = 2I, R = 0.01 everywhere: ‖R‖ = 0.05 is attained by K̂ ± R.
        const int N = 5;
        var (k, radii, workspace) = (new double[N * N], new double[N * N], new double[EigenvalueBounds.WorkspaceLength(N)]);
        Array.Fill(radii, 0.01);
        for (var i = 0; i < N; i++)
        {
            k[(i * N) + i] = 2;
        }

        Assert.That(EigenvalueBounds.Smallest(k, radii, N, 2, 1e-9, workspace), Is.InRange(1.95 - 1e-8, 1.95));
        Assert.That(EigenvalueBounds.Largest(k, radii, N, 2, 1e-9, workspace), Is.InRange(2.05, 2.05 + 1e-8));
        double[] vectors = [.. k.Select(entry => entry / 2)], values = [2, 2, 2, 2, 2];
        Assert.That(EigenvalueBounds.Radius(k, radii, N, values, vectors, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]), Is.InRange(0.05, 0.05 + 1e-12));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Bounds_NotFinite_ProveNothing(double odd)
    {
        var workspace = new double[EigenvalueBounds.WorkspaceLength(2)];
        Assert.That(EigenvalueBounds.Smallest([1, odd, odd, 1], [], 2, 0, 1e-3, workspace), Is.EqualTo(double.NegativeInfinity));
        Assert.That(EigenvalueBounds.Largest([1, 0, 0, 1], [0, odd, odd, 0], 2, 1, 1e-3, workspace), Is.EqualTo(double.PositiveInfinity));
        Assert.That(EigenvalueBounds.Smallest([1, 0, 0, 1], [], 2, odd, 1e-3, workspace), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void Bounds_WrongSizes_Throw()
    {
        Assert.That(() => EigenvalueBounds.Smallest(new double[4], new double[3], 2, 0, 1e-3, new double[8]), Throws.ArgumentException.With.Message.Contains("3"));
        Assert.That(() => EigenvalueBounds.Radius(new double[4], new double[3], 2, new double[2], new double[4], new double[100]), Throws.ArgumentException.With.Message.Contains("order 2 has 4 elements; the span has 3"));
        Assert.That(() => EigenvalueBounds.Radius(new double[1], new double[1], -1, new double[1], new double[1], new double[100]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => EigenvalueBounds.WorkspaceLength(50_000), Throws.InstanceOf<OverflowException>());
    }

    private static TNumber[] Symmetric<TNumber>(TNumber[] a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                a[(j * n) + i] = a[(i * n) + j];
            }
        }

        return a;
    }

    /// <summary>QΛQᵀ with Q a product of 40 Householder reflections: as dense as a random rotation for these bounds.</summary>
    private static double[] Rotated(double[] values)
    {
        var n = values.Length;
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            a[(i * n) + i] = values[i];
        }

        for (var reflection = 0; reflection < 40; reflection++)
        {
            var v = new double[n];
            RandomStream.FromSeed(7).Derive((ulong)reflection).FillGaussian<double>(v, 1);
            var (square, av) = (v.Sum(x => x * x), Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[(i * n) + j] * v[j])).ToArray());
            var vav = v.Zip(av, (x, y) => x * y).Sum();
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    a[(i * n) + j] += (-2 / square * ((v[i] * av[j]) + (av[i] * v[j]))) + (4 * vav / (square * square) * v[i] * v[j]);
                }
            }
        }

        return Symmetric(a, n);
    }
}
