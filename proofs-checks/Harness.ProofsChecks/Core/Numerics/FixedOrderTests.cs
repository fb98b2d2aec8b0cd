using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Fixed-order sums: the documented order written out in scalars gives the same bits at every length, and the error bound holds against exact arithmetic.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class FixedOrderTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int Lanes => typeof(T) == typeof(double) ? 32 : 64;

    [Test]
    public void Dot_EveryLength_BitsOfTheDocumentedOrder()
    {
        for (var length = 0; length <= 300; length++)
        {
            var (x, y) = Vectors(length);
            var lanes = new T[Lanes];
            for (var i = 0; i < length; i++)
            {
                lanes[i % Lanes] = T.FusedMultiplyAdd(x[i], y[i], lanes[i % Lanes]);
            }

            Assert.That(FixedOrder.Dot<T>(x, y), Is.EqualTo(Fold(lanes)), $"length {length}");
        }
    }

    [Test]
    public void Sum_EveryLength_BitsOfTheDocumentedOrder()
    {
        for (var length = 0; length <= 300; length++)
        {
            var (x, _) = Vectors(length);
            var lanes = new T[Lanes];
            for (var i = 0; i < length; i++)
            {
                lanes[i % Lanes] += x[i];
            }

            Assert.That(FixedOrder.Sum<T>(x), Is.EqualTo(Fold(lanes)), $"length {length}");
        }
    }

    [TestCase(1)]
    [TestCase(33)]
    [TestCase(1000)]
    public void Dot_HeavyCancellation_WithinDocumentedBound(int length)
    {
        var (x, y) = Vectors(length);
        x.AsSpan(0, length / 2).CopyTo(x.AsSpan(length - (length / 2)));
        var (exact, magnitude) = (new BigRational(0, 1), new BigRational(0, 1));
        for (var i = 0; i < length; i++)
        {
            y[i] = i < length / 2 ? T.One : -T.One - (T.Epsilon * y[i]);
            var product = BigRational.Exactly(double.CreateChecked(x[i])) * BigRational.Exactly(double.CreateChecked(y[i]));
            exact += product;
            magnitude += BigRational.Abs(product);
        }

        var u = typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24);
        var ku = FixedOrder.RoundingDepth<T>(length) * u;
        var error = BigRational.Abs(BigRational.Exactly(double.CreateChecked(FixedOrder.Dot<T>(x, y))) - exact);
        Assert.That(error <= BigRational.Exactly(ku / (1 - ku)) * magnitude);
    }

    [Test]
    public void Dot_DifferentLengths_Throws() => Assert.That(() => FixedOrder.Dot<T>(new T[2], new T[3]), Throws.ArgumentException);

    private static T Fold(T[] lanes)
    {
        for (var half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (var j = 0; j < half; j++)
            {
                lanes[j] += lanes[j + half];
            }
        }

        return lanes[0];
    }

    private static (T[] X, T[] Y) Vectors(int length)
    {
        var (x, y) = (new T[length], new T[length]);
        RandomStream.FromSeed((ulong)length).Derive("x").FillGaussian(x, 1.0);
        RandomStream.FromSeed((ulong)length).Derive("y").FillGaussian(y, 1.0);
        return (x, y);
    }
}
