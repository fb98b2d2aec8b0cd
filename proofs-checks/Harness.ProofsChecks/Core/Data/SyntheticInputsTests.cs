using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Data;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Data;

public class SyntheticInputsTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    [Test]
    public void Separated_AnyAdmissibleCell_HasExactlyTheSeparationAskedFor() => Hold((cell, inputs) =>
    {
        var all = Pairs(inputs, cell);
        return Near(all[0].Distance, cell.δ, cell) && (all[0].First, all[0].Second) == (0, 1) && all.Skip(1).All(p => Near(p.Distance, 1, cell));
    }, SyntheticInputs.Separated);

    [Test]
    public void Clustered_AnyAdmissibleCell_HasEveryPairAtTheSeparationAskedFor() => Hold((cell, inputs) =>
    {
        var all = Pairs(inputs, cell);
        var pairs = cell.n / 2;
        return all.Take(pairs).All(p => Near(p.Distance, cell.δ, cell) && p.First % 2 == 0 && p.Second == p.First + 1)
            && all.Skip(pairs).All(p => Near(p.Distance, 1, cell));
    }, SyntheticInputs.Clustered);

    [Test]
    public void Separated_AnyAdmissibleCell_IsNormalisedAsInThePaper() => Hold((cell, inputs) => IsNormalised(inputs, cell.Dimension), SyntheticInputs.Separated);

    [Test]
    public void Clustered_AnyAdmissibleCell_IsNormalisedAsInThePaper() => Hold((cell, inputs) => IsNormalised(inputs, cell.Dimension), SyntheticInputs.Clustered);

    [Test]
    public void Random_AnyAdmissibleCell_IsNormalisedAsInThePaper() => Hold(
        (cell, inputs) => IsNormalised(inputs, cell.Dimension),
        (stream, n, _, dimension, destination) => SyntheticInputs.Random(stream, n, dimension, destination));

    [Test]
    public void Random_ManyInputs_AreUniformInDirection()
    {
        // Each of the 5 free coordinates has mean 0 and variance 1/10 (radius² ½ over 5), and |coordinate| ≤ 1. By Bernstein's inequality the mean
        // of N = 20 000 is beyond 0.0153 with probability at most 2 exp(−N t²/(2(v + t/3))) < 1e-8, all five together below 1e-7; the squares,
        // bounded by ½ with variance ≤ E x⁴ = 3/(4·35), are beyond 0.0085 of their mean with the same bound.
        const int n = 20_000, dimension = 6;
        var inputs = new double[n * dimension];
        SyntheticInputs.Random(RandomStream.FromSeed(5), n, dimension, inputs);
        for (var k = 0; k < dimension - 1; k++)
        {
            var column = Enumerable.Range(0, n).Select(i => inputs[(i * dimension) + k]).ToArray();
            Assert.That(column.Average(), Is.EqualTo(0).Within(0.0153));
            Assert.That(column.Average(x => x * x), Is.EqualTo(0.1).Within(0.0085));
        }
    }

    [Test]
    public void Separated_OtherStream_PointsElsewhere()
    {
        double[] a = new double[4 * 8], b = new double[4 * 8], again = new double[4 * 8];
        SyntheticInputs.Separated(RandomStream.FromSeed(1), 4, 0.1, 8, a);
        SyntheticInputs.Separated(RandomStream.FromSeed(2), 4, 0.1, 8, b);
        SyntheticInputs.Separated(RandomStream.FromSeed(1), 4, 0.1, 8, again);
        Assert.That(again, Is.EqualTo(a));
        Assert.That(b, Is.Not.EqualTo(a));
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void Separated_SeparationOutOfRange_IsRefused(double δ) => Assert.That(
        () => SyntheticInputs.Separated(RandomStream.FromSeed(1), 2, δ, 4, new double[8]),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains("0 < δ < 1"));

    [Test]
    public void Separated_TooFewDimensions_SaysHowManyItNeeds() => Assert.That(
        () => SyntheticInputs.Separated(RandomStream.FromSeed(1), 5, 0.1, 5, new double[25]),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains("𝔡 ≥ 6"));

    [Test]
    public void DrawAndNormalise_AfterWarmUp_AllocateNothing()
    {
        double[] inputs = new double[16 * 20], normalised = new double[16 * 22];
        var stream = RandomStream.FromSeed(1);
        for (var i = 0; i < 200; i++)
        {
            Run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Run();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run()
        {
            SyntheticInputs.Separated(stream, 16, 0.1, 20, inputs);
            SyntheticInputs.Clustered(stream, 16, 0.1, 20, inputs);
            SyntheticInputs.Random(stream, 16, 20, inputs);
            UnitNormalisation.Apply(inputs, 20, normalised);
        }
    }

    private delegate void Draw(RandomStream stream, int n, double δ, int inputDimension, Span<double> destination);

    /// <summary>A cell of the claims: n ≤ 64, δ ∈ [10⁻³, ½] evenly in the logarithm, 𝔡 from the least that fits.</summary>
    private sealed record InputCell(int n, double δ, int Dimension, int Seed);

    private static void Hold(Func<InputCell, double[], bool> property, Draw draw)
    {
        var cells =
            from n in Gen.Choose(2, 64)
            from spare in Gen.Choose(1, 12)
            from step in Gen.Choose(0, 1000)
            from seed in Gen.Choose(0, int.MaxValue)
            select new InputCell(n, 1e-3 * Math.Pow(500, step / 1000.0), n + spare, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Arb.From(cells, Shrink), cell =>
        {
            var inputs = new double[cell.n * cell.Dimension];
            draw(RandomStream.FromSeed((ulong)cell.Seed), cell.n, cell.δ, cell.Dimension, inputs);
            return property(cell, inputs);
        }));
    }

    private static IEnumerable<InputCell> Shrink(InputCell cell)
    {
        if (cell.n > 2)
        {
            yield return cell with { n = (cell.n + 2) / 2, Dimension = cell.Dimension - cell.n + ((cell.n + 2) / 2) };
            yield return cell with { n = cell.n - 1, Dimension = cell.Dimension - 1 };
        }

        if (cell.Dimension > cell.n + 1)
        {
            yield return cell with { Dimension = cell.n + 1 };
        }
    }

    private static InputPair[] Pairs(double[] inputs, InputCell cell)
    {
        var all = new InputPair[cell.n * (cell.n - 1) / 2];
        Separation.PairsCloserThan(double.PositiveInfinity, inputs, cell.Dimension, all);
        return all;
    }

    /// <summary>The documented error of the construction plus that of measuring it ((𝔡/8 + 15)u/2 + u, relative).</summary>
    private static bool Near(double measured, double δ, InputCell cell)
    {
        var construction = ((FixedOrder.RoundingDepth<double>(cell.Dimension) + 16) * UnitRoundoff * δ) + UnitRoundoff;
        return Math.Abs(measured - δ) <= construction + ((((cell.Dimension / 8.0) + 17) / 2) * UnitRoundoff * δ);
    }

    /// <summary>Norm 1 to the accuracy of a Gram–Schmidt frame, (k + 16)u, and the constant last.</summary>
    private static bool IsNormalised(double[] inputs, int dimension)
    {
        for (var i = 0; i < inputs.Length; i += dimension)
        {
            var x = inputs.AsSpan(i, dimension);
            if (x[^1] != Math.Sqrt(0.5) || !(Math.Abs(TwofoldSum.Dot(x, x).Less(1)) <= (FixedOrder.RoundingDepth<double>(dimension) + 16) * UnitRoundoff))
            {
                return false;
            }
        }

        return true;
    }
}
