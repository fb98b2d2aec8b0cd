using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>Similarity and amplification where both are known.</summary>
public sealed class AdapterSubspaceTests
{
    /// <summary>Rows along coordinate axes: singular vectors and products of them are exact, but for the square root of a length.</summary>
    [TestCase(2, 2, 0.5)]
    [TestCase(1, 2, 0)]
    [TestCase(2, 1, 1)]
    public void Similarity_OfCoordinateSubspaces_CountsSharedAxes(int i, int j, double expected)
    {
        double[] first = [4, 0, 0, 0, 0, 2, 0, 0], second = [0, 5, 0, 0, 0, 0, 3, 0];
        Assert.That(AdapterSubspace.Similarity(first, 2, i, second, 2, j, 4), Is.EqualTo(expected).Within(4e-16)); // one product of two normalised numbers, each within 1.5 u of one
    }

    [Test]
    public void Similarity_WithItself_IsOne([Values(1, 3, 8)] int count)
    {
        const int Rank = 8, Columns = 50;
        var matrix = new double[Rank * Columns];
        RandomStream.FromSeed(2).FillGaussian<double>(matrix, 1.0);

        // Two passes of Gram and Schmidt leave rows orthonormal within about 2(k + 2)u an entry: rank² entries of relative weight one.
        Assert.That(AdapterSubspace.Similarity(matrix, Rank, count, matrix, Rank, count, Columns), Is.EqualTo(1).Within(Rank * 4 * (Columns + 2) * 1.2e-16));
    }

    [Test]
    public void Directions_OfADeficientMatrix_AreRefused()
    {
        double[] matrix = [1, 2, 3, 2, 4, 6];
        Assert.That(() => AdapterSubspace.RightSingularVectors(matrix, 2, 2, 3), Throws.ArgumentException.With.Message.Contains("fewer directions"));
        Assert.That(() => AdapterSubspace.RightSingularVectors(matrix, 2, 3, 3), Throws.ArgumentException);
        Assert.That(AdapterSubspace.RightSingularVectors(matrix, 2, 1, 3), Has.Length.EqualTo(3));
    }

    [Test]
    public void Amplification_AlongAnAxis_IsTheRatioOfEntries()
    {
        var weights = new Weights<double>(3, 3);
        (weights[0, 0], weights[1, 1], weights[2, 2], weights[0, 1]) = (4, 2, 1, 7);
        double[] axis = [1, 0, 0];
        Assert.That(AdapterSubspace.Amplification(8, axis, axis, weights, 1), Is.EqualTo(2));
    }
}
