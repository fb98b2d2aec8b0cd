using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Numerics;
using Harness.Core.Threads;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>
/// The three products of a training step, and the Gram matrix, give the bits of the scalar triple loop at every shape: one accumulator an
/// element, summation index ascending, fused multiply-add. No tolerance is involved.
/// </summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class WeightsProductsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Config Shapes = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Test]
    public void Multiply_AnyShape_BitsOfTheTripleLoop() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, MultipliesRight));

    [Test]
    public void MultiplyTransposed_AnyShape_BitsOfTheTripleLoop() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, MultipliesTransposedRight));

    [TestCase(20, 600, 300)]
    [TestCase(600, 20, 300)]
    [TestCase(33, 1500, 130)]
    [TestCase(1500, 33, 130)]
    [TestCase(12, 4500, 3)]
    public void Products_LongSumsAndWideBatches_BitsOfTheTripleLoop(int rows, int columns, int batch)
    {
        // The summation index is cut into ranges, eight times as long where the batch is narrow.
        var shape = new ProductShape(rows, columns, batch, 1, 3);
        Assert.That(Math.Max(rows, columns), Is.GreaterThan(Contraction<T>.RangeOfK * (batch <= 4 ? 8 : 1)), "the shape is large enough to be cut");
        Assert.That(MultipliesRight(shape) && MultipliesTransposedRight(shape));
    }

    private static bool MultipliesRight(ProductShape shape)
    {
        var (weights, elements) = Matrix(shape);
        var h = Batch(shape, shape.Columns, "h");
        var g = new T[shape.Rows * shape.Stride];
        weights.Multiply(h, g, shape.Batch, shape.Stride);
        return Equal(shape, g, shape.Rows, (i, s) => Sum(shape.Columns, k => (elements[(i * shape.Columns) + k], h[(k * shape.Stride) + s])));
    }

    private static bool MultipliesTransposedRight(ProductShape shape)
    {
        var (weights, elements) = Matrix(shape);
        var d = Batch(shape, shape.Rows, "d");
        var back = new T[shape.Columns * shape.Stride];
        weights.MultiplyTransposed(d, back, shape.Batch, shape.Stride);
        return Equal(shape, back, shape.Columns, (j, s) => Sum(shape.Rows, k => (elements[(k * shape.Columns) + j], d[(k * shape.Stride) + s])));
    }

    [Test]
    public void MultiplyMagnitudes_AnyShape_BitsOfTheTripleLoop() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, shape =>
    {
        var (weights, elements) = Matrix(shape);
        var (h, d) = (Batch(shape, shape.Columns, "h"), Batch(shape, shape.Rows, "d"));
        var (g, s) = (new T[shape.Rows * shape.Stride], new T[shape.Columns * shape.Stride]);
        weights.MultiplyMagnitudes(h, g, shape.Batch, shape.Stride);
        weights.MultiplyMagnitudesTransposed(d, s, shape.Batch, shape.Stride);
        return Equal(shape, g, shape.Rows, (i, b) => Sum(shape.Columns, k => (T.Abs(elements[(i * shape.Columns) + k]), h[(k * shape.Stride) + b])))
            && Equal(shape, s, shape.Columns, (j, b) => Sum(shape.Rows, k => (T.Abs(elements[(k * shape.Columns) + j]), d[(k * shape.Stride) + b])));
    }));

    [Test]
    public void Products_SharedByATeam_BitsOfOneThread([Values(2, 3)] int members) => Check.One(Shapes.WithMaxTest(50), Prop.ForAll(ProductShape.Arbitrary, shape =>
    {
        using var team = new ThreadTeam(members);
        var (weights, _) = Matrix(shape);
        var (h, d) = (Batch(shape, shape.Columns, "h"), Batch(shape, shape.Rows, "d"));
        var (alone, shared) = (new T[4][], new T[4][]);
        foreach (var (results, threads) in new[] { (alone, null), (shared, team) })
        {
            (results[0], results[1]) = (new T[shape.Rows * shape.Stride], new T[shape.Columns * shape.Stride]);
            (results[2], results[3]) = (new T[shape.Rows * shape.Stride], new T[shape.Columns * shape.Stride]);
            weights.Multiply(h, results[0], shape.Batch, shape.Stride, threads);
            weights.MultiplyTransposed(d, results[1], shape.Batch, shape.Stride, threads);
            weights.MultiplyMagnitudes(h, results[2], shape.Batch, shape.Stride, threads);
            weights.MultiplyMagnitudesTransposed(d, results[3], shape.Batch, shape.Stride, threads);
        }

        return alone.Zip(shared).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
    }));

    [Test]
    public void AddOuterProduct_AnyShape_BitsOfTheTripleLoop() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, shape =>
    {
        var (weights, elements) = Matrix(shape);
        var (d, h) = (Batch(shape, shape.Rows, "d"), Batch(shape, shape.Columns, "h"));
        var α = T.CreateChecked(-0.37);
        weights.AddOuterProduct(α, d, h, shape.Batch, shape.Stride);
        return Enumerable.Range(0, shape.Rows).All(i => Enumerable.Range(0, shape.Columns).All(j => weights[i, j] == T.FusedMultiplyAdd(
            α, Sum(shape.Batch, s => (d[(i * shape.Stride) + s], h[(j * shape.Stride) + s])), elements[(i * shape.Columns) + j])));
    }));

    [Test]
    public void AddOuterProduct_OnZero_ThenScaled_EqualsTheStep() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, shape =>
    {
        var (stepped, _) = Matrix(shape);
        var (added, _) = Matrix(shape);
        var gradient = new Weights<T>(shape.Rows, shape.Columns);
        var (d, h) = (Batch(shape, shape.Rows, "d"), Batch(shape, shape.Columns, "h"));
        stepped.AddOuterProduct(T.CreateChecked(-0.1), d, h, shape.Batch, shape.Stride);
        gradient.AddOuterProduct(T.One, d, h, shape.Batch, shape.Stride);
        added.AddScaled(T.CreateChecked(-0.1), gradient);
        return Enumerable.Range(0, shape.Rows).All(i => Enumerable.Range(0, shape.Columns).All(j => stepped[i, j] == added[i, j]));
    }));

    [Test]
    public void GramMatrix_AnyShape_BitsOfTheTripleLoop() => Check.One(Shapes, Prop.ForAll(ProductShape.Arbitrary, GramsRight));

    [TestCase(700, 70)]
    [TestCase(40, 300)]
    public void GramMatrix_BeyondWhatIsReadInPlace_BitsOfTheTripleLoop(int features, int vectors) => Assert.That(GramsRight(new(1, features, vectors, 3, 5)));

    private static bool GramsRight(ProductShape shape)
    {
        var x = Batch(shape, shape.Columns, "x");
        var n = shape.Batch;
        var k = new T[n * n];
        GramMatrix.Compute<T>(x, shape.Columns, n, shape.Stride, k);
        return Enumerable.Range(0, n * n).All(e =>
            k[e] == Sum(shape.Columns, f => (x[(f * shape.Stride) + (e / n)], x[(f * shape.Stride) + (e % n)])));
    }

    [Test]
    public void AddHadamard_RandomMatrices_RoundedOncePerElement()
    {
        var (a, b, k) = (Batch(new(1, 1, 49, 0, 1), 1, "a"), Batch(new(1, 1, 49, 0, 1), 1, "b"), Batch(new(1, 1, 49, 0, 1), 1, "k"));
        var expected = Enumerable.Range(0, 49).Select(e => T.FusedMultiplyAdd(a[e], b[e], k[e])).ToArray();
        GramMatrix.AddHadamard<T>(a, b, k);
        Assert.That(k, Is.EqualTo(expected));
        Assert.That(() => GramMatrix.AddHadamard<T>(a, b, new T[48]), Throws.ArgumentException);
    }

    /// <summary>The definition: fl(x₀y₀), then each product by fused multiply-add.</summary>
    private static T Sum(int count, Func<int, (T X, T Y)> factors)
    {
        var sum = T.Zero;
        for (var k = 0; k < count; k++)
        {
            var (x, y) = factors(k);
            sum = T.FusedMultiplyAdd(x, y, sum);
        }

        return sum;
    }

    /// <summary>True when every element is the expected one and the padding between features was left alone.</summary>
    private static bool Equal(ProductShape shape, T[] actual, int features, Func<int, int, T> expected) =>
        Enumerable.Range(0, features).All(i => Enumerable.Range(0, shape.Stride).All(s =>
            actual[(i * shape.Stride) + s] == (s < shape.Batch ? expected(i, s) : T.Zero)));

    private static (Weights<T> Weights, T[] Elements) Matrix(ProductShape shape)
    {
        var weights = new Weights<T>(shape.Rows, shape.Columns);
        weights.FillGaussian(RandomStream.FromSeed((ulong)shape.Seed), 1.0);
        var elements = new T[shape.Rows * shape.Columns];
        weights.CopyTo(elements);
        return (weights, elements);
    }

    private static T[] Batch(ProductShape shape, int features, string label)
    {
        var batch = new T[features * shape.Stride];
        RandomStream.FromSeed((ulong)shape.Seed).Derive(label).FillGaussian(batch, 1.0);
        return batch;
    }
}
