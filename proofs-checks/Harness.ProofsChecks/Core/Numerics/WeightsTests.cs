using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Weights as a matrix: its layout in memory never shows.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class WeightsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] Sizes = [0, 1, 2, 15, 16, 17, 33, 70];

    [Test]
    public void CopyFrom_RowMajor_ElementsAndCopyAgree([ValueSource(nameof(Sizes))] int rows, [ValueSource(nameof(Sizes))] int columns)
    {
        var source = Gaussian(rows * columns);
        var weights = new Weights<T>(rows, columns);
        weights.CopyFrom(source);
        var copy = new T[rows * columns];
        weights.CopyTo(copy);
        Assert.That(copy, Is.EqualTo(source));
        Assert.That(from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select weights[i, j], Is.EqualTo(source));
    }

    [Test]
    public void FillGaussian_AnyShape_ElementIsDrawOfItsRowMajorIndex([ValueSource(nameof(Sizes))] int rows, [Values(1, 17, 300)] int columns)
    {
        var weights = new Weights<T>(rows, columns);
        weights.FillGaussian(RandomStream.FromSeed(1), 0.5);
        var (copy, draws) = (new T[rows * columns], new T[rows * columns]);
        weights.CopyTo(copy);
        RandomStream.FromSeed(1).FillGaussian(draws, 0.5);
        Assert.That(copy, Is.EqualTo(draws));
    }

    [Test]
    public void Tensor_StridedView_RoundTrips()
    {
        var source = Gaussian(6 * 5);
        var weights = new Weights<T>(3, 5);
        weights.CopyFrom(new ReadOnlyTensorSpan<T>(source, [3, 5], [10, 1])); // every second row of six
        Assert.That(weights[1, 2], Is.EqualTo(source[12]));
        var target = new T[5 * 3];
        weights.CopyTo(new TensorSpan<T>(target, [3, 5], [1, 3])); // transposed in memory
        Assert.That(target[(2 * 3) + 1], Is.EqualTo(source[12]));
    }

    [Test]
    public void ElementwiseOperations_RandomMatrices_RoundedOncePerElement()
    {
        var (first, second) = (Gaussian(20 * 9), Gaussian(20 * 9, "other"));
        var (weights, other) = (new Weights<T>(20, 9), new Weights<T>(20, 9));
        weights.CopyFrom(first);
        other.CopyFrom(second);
        var α = T.CreateChecked(0.3);
        weights.AddScaled(α, other);
        weights.Scale(α);
        var result = new T[20 * 9];
        weights.CopyTo(result);
        Assert.That(result, Is.EqualTo(first.Zip(second, (w, v) => α * T.FusedMultiplyAdd(α, v, w))));
        other.CopyFrom(weights);
        Assert.That(other[19, 8], Is.EqualTo(weights[19, 8]));
    }

    [Test]
    public void SquaredFrobeniusNorm_AnyShape_BitsOfTheDocumentedOrder([ValueSource(nameof(Sizes))] int rows, [ValueSource(nameof(Sizes))] int columns)
    {
        var elements = Gaussian(rows * columns);
        var weights = new Weights<T>(rows, columns);
        weights.CopyFrom(elements);
        var expected = T.Zero;
        for (var i = 0; i < rows; i++)
        {
            var partial = new T[4];
            for (var j = 0; j < columns; j++)
            {
                partial[j % 4] = T.FusedMultiplyAdd(elements[(i * columns) + j], elements[(i * columns) + j], partial[j % 4]);
            }

            expected += (partial[0] + partial[1]) + (partial[2] + partial[3]);
        }

        Assert.That(weights.SquaredFrobeniusNorm(), Is.EqualTo(expected));
    }

    [Test]
    public void Arguments_OutOfShape_Throw()
    {
        var weights = new Weights<T>(3, 2);
        Assert.Multiple(() =>
        {
            Assert.That(() => new Weights<T>(-1, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Weights<T>(1 << 20, 1 << 20), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => weights[3, 0], Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => weights[0, -1], Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => weights.CopyFrom(new T[5]), Throws.ArgumentException);
            Assert.That(() => weights.CopyFrom(new Weights<T>(2, 3)), Throws.ArgumentException);
            Assert.That(() => weights.CopyFrom(new ReadOnlyTensorSpan<T>(new T[6])), Throws.ArgumentException);
            Assert.That(() => weights.Multiply(new T[4], new T[5], 2, 2), Throws.ArgumentException, "g is one element short");
            Assert.That(() => weights.Multiply(new T[4], new T[6], 2, 1), Throws.InstanceOf<ArgumentOutOfRangeException>(), "stride below n");
            Assert.That(() => Aliased(weights), Throws.ArgumentException);
            Assert.That(() => new Weights<Half>(1, 1), Throws.InstanceOf<NotSupportedException>());
        });

        static void Aliased(Weights<T> weights)
        {
            var buffer = new T[6];
            weights.Multiply(buffer.AsSpan(0, 4), buffer, 2, 2);
        }
    }

    private static T[] Gaussian(int count, string label = "elements")
    {
        var draws = new T[count];
        RandomStream.FromSeed(5).Derive(label).FillGaussian(draws, 1.0);
        return draws;
    }
}
