using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The spectral norm's two-sided enclosure: it contains known norms, is as narrow as asked, and never proves too much.</summary>
public sealed class SpectralNormTests
{
    private static readonly RandomStream Start = RandomStream.FromSeed(11);

    [TestCase(1, 1)]
    [TestCase(3, 5)]
    [TestCase(5, 3)]
    [TestCase(17, 40)]
    [TestCase(40, 17)]
    [TestCase(100, 100)]
    public void Enclose_OrthogonalTimesDiagonal_ContainsLargestSingularValue(int rows, int columns)
    {
        // Signed permutation of rows, integer diagonal: ‖W‖₂ = min(rows, columns) exactly, without rounding anywhere.
        var order = Math.Min(rows, columns);
        var permutation = new int[rows];
        Start.Permutation(permutation);
        var w = new double[rows * columns];
        for (var k = 0; k < order; k++)
        {
            w[(permutation[k] * columns) + k] = k % 2 == 0 ? k + 1 : -(k + 1);
        }

        // The second gap is out of reach: there the rounding margins alone decide.
        foreach (var gap in new[] { 1e-6, 1e-16 })
        {
            foreach (var ball in Both(w, rows, columns, gap))
            {
                Assert.That(ball.Contains(order), $"{ball} should contain {order}");
                Assert.That(ball.Upper / ball.Lower, Is.LessThan(1 + 1e-6));
            }
        }
    }

    [TestCase(64, 64, 1e-3)]
    [TestCase(64, 64, 1e-9)]
    [TestCase(200, 30, 1e-6)]
    [TestCase(30, 200, 1e-6)]
    [TestCase(130, 129, 1e-6)]
    public void Enclose_Gaussian_OverlapsEigenvalueRouteAndMeetsGap(int rows, int columns, double gap)
    {
        var w = Gaussian(rows, columns);
        var n = Math.Min(rows, columns);
        var gram = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                gram[(i * n) + j] = rows >= columns
                    ? Enumerable.Range(0, rows).Sum(k => w[(k * columns) + i] * w[(k * columns) + j])
                    : Enumerable.Range(0, columns).Sum(k => w[(i * columns) + k] * w[(j * columns) + k]);
            }
        }

        // Route two: the largest eigenvalue of WᵀW with its radius, plus γ_N‖W‖²_F for the product.
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose((double[])gram.Clone(), n, values, vectors, workspace);
        var error = SymmetricEigen.Radius(gram, n, values, vectors, workspace) + (Rounding.Gamma(rows + columns) * w.Sum(x => x * x));
        var (lower, upper) = (Math.Sqrt(values[^1] - error), Math.Sqrt(values[^1] + error));
        foreach (var ball in Both(w, rows, columns, gap))
        {
            Assert.That(ball.Lower, Is.LessThanOrEqualTo(upper));
            Assert.That(ball.Upper, Is.GreaterThanOrEqualTo(lower));
            Assert.That((ball.Upper / ball.Lower) - 1, Is.LessThanOrEqualTo(gap));
        }
    }

    [TestCase(1e-120)]
    [TestCase(1e-170)]
    [TestCase(5e-324)]
    [TestCase(1e150)]
    public void Enclose_ExtremeScale_StillContains(double scale)
    {
        // The all-s matrix has norm 6s.
        var w = Enumerable.Repeat(scale, 36).ToArray();
        foreach (var ball in Both(w, 6, 6, 1e-6))
        {
            Assert.That(ball.Contains(6 * scale), $"{ball}");
        }
    }

    /// <summary>The Lanczos basis of a matrix of low rank stops at its rank, where the projected problem needs another workspace than that of a full basis. A product of coordinate matrices: the norm is the rank, exactly.</summary>
    [Test]
    public void Enclose_OfLowRank_ContainsTheNorm([Range(1, 20)] int rank)
    {
        var w = new double[32 * 32];
        for (var k = 0; k < rank; k++)
        {
            w[(k * 32) + k] = k + 1;
        }

        Assert.That(Both(w, 32, 32, 1e-6).All(ball => ball.Contains(rank)));
    }

    [Test]
    public void Enclose_Zero_ExactlyZero()
    {
        Assert.That(Both(new double[12], 3, 4, 1e-6), Has.All.EqualTo(Ball.Exactly(0)));
        Assert.That(Both([], 0, 4, 1e-6), Has.All.EqualTo(Ball.Exactly(0)));
    }

    [Test]
    public void EncloseCoarsely_Gaussian_SurroundsTheNarrowEnclosure()
    {
        var (weights, workspace) = (new Weights<double>(50, 40), new double[SpectralNorm.WorkspaceLength(50, 40)]);
        weights.CopyFrom(Gaussian(50, 40));
        var narrow = SpectralNorm.Enclose(weights, Start, 1e-9, workspace);
        var coarse = SpectralNorm.EncloseCoarsely(weights, Start, 20, workspace);
        Assert.That(coarse.Lower, Is.InRange(0.9 * narrow.Lower, narrow.Upper));
        Assert.That(coarse.Upper, Is.GreaterThan(narrow.Lower));
        Assert.That(coarse.Upper, Is.EqualTo(Math.Sqrt(weights.SquaredFrobeniusNorm())).Within(1e-12 * coarse.Upper), "the Frobenius norm, inflated by γ_{rows + columns/4}");
    }

    [Test]
    public void Arguments_Unusable_Throw()
    {
        var (w, workspace) = (new double[] { 1, double.NaN, 0, 1 }, new double[SpectralNorm.WorkspaceLength(2, 2)]);
        Assert.That(() => SpectralNorm.Enclose(w, 2, 2, Start, 1e-3, workspace), Throws.ArgumentException.With.Message.Contains("finite"));
        Assert.That(() => SpectralNorm.Enclose(new double[4], 2, 2, Start, 0, workspace), Throws.ArgumentException.With.Message.Contains("gap"));
        Assert.That(() => SpectralNorm.Enclose(new double[4], 2, 2, Start, 1e-3, new double[3]), Throws.ArgumentException.With.Message.Contains("workspace"));
        Assert.That(() => SpectralNorm.Enclose(new double[3], 2, 2, Start, 1e-3, workspace), Throws.ArgumentException.With.Message.Contains("3"));
    }

    private static Ball[] Both(double[] w, int rows, int columns, double gap)
    {
        var (weights, workspace) = (new Weights<double>(rows, columns), new double[SpectralNorm.WorkspaceLength(rows, columns)]);
        weights.CopyFrom(w);
        return [SpectralNorm.Enclose(weights, Start, gap, workspace), SpectralNorm.Enclose(w, rows, columns, Start, gap, workspace)];
    }

    private static double[] Gaussian(int rows, int columns)
    {
        var w = new double[rows * columns];
        RandomStream.FromSeed(2).FillGaussian(w, 1.0);
        return w;
    }
}
