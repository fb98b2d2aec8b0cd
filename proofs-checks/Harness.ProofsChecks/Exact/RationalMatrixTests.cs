using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Exact;

/// <summary>Elimination in rational numbers, with and without exchanges of rows.</summary>
public sealed class RationalMatrixTests
{
    [Test]
    public void Inverse_OfARegularMatrix_IsItsInverse([Values(1, 2, 3, 5)] int order, [Range(1, 8)] int seed)
    {
        var stream = RandomStream.FromSeed((ulong)seed);
        var matrix = RationalMatrix.Of(order, order, (i, j) => (i + j == order - 1 ? 9 : 0) + stream.Integer((ulong)((i * order) + j), 2)); // dominant on the other diagonal, with zeros for pivots
        Assert.That((matrix * matrix.Inverse()! - RationalMatrix.Identity(order)).SquaredFrobeniusNorm().Sign, Is.Zero);
        Assert.That(matrix.Rank(), Is.EqualTo(order));
    }

    [Test]
    public void Rank_OfAProduct_IsThatOfItsFactors()
    {
        var (tall, wide) = (RationalMatrix.Of(5, 2, (i, j) => j == 0 ? i : i * i), RationalMatrix.Of(2, 5, (i, j) => i == 0 ? 1 : j));
        Assert.That((tall * wide).Rank(), Is.EqualTo(2));
        Assert.That((tall * wide).Inverse(), Is.Null);
    }

    [Test]
    public void Orthogonal_TimesItsTranspose_IsTheUnitMatrix()
    {
        var q = RationalFrames.Orthogonal(RandomStream.FromSeed(3), 6);
        Assert.That((q.Transpose() * q - RationalMatrix.Identity(6)).SquaredFrobeniusNorm().Sign, Is.Zero);
    }
}
