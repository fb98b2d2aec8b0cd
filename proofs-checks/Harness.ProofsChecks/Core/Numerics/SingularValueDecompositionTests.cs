using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>One-sided Jacobi against its own definition, graded matrices and matrices without full rank.</summary>
public sealed class SingularValueDecompositionTests
{
    [Test]
    public void Compute_OfGaussianMatrices_GivesThemBack([Values(1, 2, 7, 16)] int count, [Values(16, 33)] int width)
    {
        var matrix = new double[count * width];
        RandomStream.FromSeed(3).FillGaussian<double>(matrix, 1.0);
        var (right, values, left) = ((double[])matrix.Clone(), new double[count], new double[count * count]);
        SingularValueDecomposition.Compute(right, count, values, left);
        Assert.That(values, Is.Ordered.Descending);

        // Rotations of a few sweeps, each within 4u: far below 1e-13 of the largest value.
        Assert.Multiple(() =>
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    Assert.That(Enumerable.Range(0, count).Sum(k => left[(k * count) + i] * values[k] * right[(k * width) + j]), Is.EqualTo(matrix[(i * width) + j]).Within(1e-13 * values[0]));
                }
            }

            AssertOrthonormal(right, count);
            AssertOrthonormal(left, count);
        });
    }

    /// <summary>Rows that are orthogonal but for a rotation, of lengths 1, 1e-9, 1e-18: every value keeps its digits, which those of a Gram matrix would not.</summary>
    [Test]
    public void Compute_OfGradedRows_KeepsSmallValues()
    {
        double[] rows = [3, 4, 0, -4e-9, 3e-9, 1e-9, 0, 0, 5e-18];
        var values = new double[3];
        SingularValueDecomposition.Compute(rows, 3, values, new double[9]);

        // det = 5·(3·3 + 4·4)·1e-27 = σ₁σ₂σ₃ exactly up to rounding, σ₁ = 5 to 1e-18 and σ₂ = √26·1e-9 to 1e-18.
        Assert.That(values[0], Is.EqualTo(5).Within(1e-15));
        Assert.That(values[1], Is.EqualTo(Math.Sqrt(26) * 1e-9).Within(1e-23));
        Assert.That(values[2], Is.EqualTo(125e-27 / 5 / (Math.Sqrt(26) * 1e-9)).Within(1e-31));
    }

    [Test]
    public void OfProduct_HasTheValuesOfTheProduct()
    {
        const int Rank = 4, Rows = 9, Columns = 12;
        var (up, down, product) = (new double[Rank * Rows], new double[Rank * Columns], new double[Rows * Columns]);
        RandomStream.FromSeed(4).FillGaussian<double>(up, 1.0);
        RandomStream.FromSeed(5).FillGaussian<double>(down, 1.0);
        for (var e = 0; e < product.Length; e++)
        {
            product[e] = Enumerable.Range(0, Rank).Sum(k => up[(k * Rows) + (e / Columns)] * down[(k * Columns) + (e % Columns)]);
        }

        var (values, expected, whole) = (new double[Rank], new double[Rows], (double[])product.Clone());
        SingularValueDecomposition.Compute(whole, Rows, expected, new double[Rows * Rows]);
        SingularValueDecomposition.OfProduct(up, down, Rank, values, new double[(2 * Rank * Rank) + (Rank * Columns)]);
        Assert.That(values, Is.EqualTo(expected[..Rank]).Within(1e-13 * expected[0]));
        Assert.That(expected[Rank..], Has.All.InRange(0, 1e-13 * expected[0]));
        for (var e = 0; e < product.Length; e++)
        {
            Assert.That(Enumerable.Range(0, Rank).Sum(k => up[(k * Rows) + (e / Columns)] * values[k] * down[(k * Columns) + (e % Columns)]), Is.EqualTo(product[e]).Within(1e-13 * expected[0]));
        }
    }

    /// <summary>An adapter before training: B = 0.</summary>
    [Test]
    public void OfProduct_WithAFactorThatIsZero_IsZero()
    {
        var (down, values) = (new double[] { 1, 2, 3, 4, 5, 6 }, new double[] { -1, -1 });
        SingularValueDecomposition.OfProduct(new double[8], down, 2, values, new double[8 + 8]);
        Assert.That(values, Is.EqualTo([0.0, 0.0]));
    }

    [Test]
    public void Compute_OfWhatIsNotFinite_IsRefused() =>
        Assert.That(() => SingularValueDecomposition.Compute([1, double.NaN], 1, new double[1], new double[1]), Throws.ArgumentException.With.Message.Contains("finite"));

    private static void AssertOrthonormal(double[] rows, int count)
    {
        var width = rows.Length / count;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.That(FixedOrder.Dot<double>(rows.AsSpan(i * width, width), rows.AsSpan(j * width, width)), Is.EqualTo(i == j ? 1 : 0).Within(1e-13));
            }
        }
    }
}
