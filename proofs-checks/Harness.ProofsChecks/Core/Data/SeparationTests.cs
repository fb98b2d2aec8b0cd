using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Data;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Data;

public class SeparationTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    [Test]
    public void Measure_AnyInputs_IsTheClosestPairOfTheDefinition() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(RawInputs.Arbitrary, raw =>
    {
        // Documented error of one distance, (𝔡/8 + 15)u/2 + u, and 2u for the reference (subtraction, root); pairs closer than that to each other
        // may change places.
        var tolerance = (((raw.Dimension / 8.0) + 15) / 2 + 3) * UnitRoundoff;
        var measured = Separation.Measure(raw.Values, raw.Dimension);
        var defined = double.PositiveInfinity;
        for (var i = 0; i < raw.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                defined = Math.Min(defined, Distance(raw.Row(i), raw.Row(j)));
            }
        }

        // Squares of differences below 2⁻⁵¹¹ underflow, as documented, and squares above 2⁵¹¹ overflow.
        return raw.Count == 1 ? measured == InputPair.None
            : defined is (< 1e-140 and > 0) or > 1e140 ? measured.Distance is < 1e-140 or > 1e140
            : Math.Abs(measured.Distance - defined) <= tolerance * defined
                && Math.Abs(Distance(raw.Row(measured.First), raw.Row(measured.Second)) - defined) <= 2 * tolerance * defined;
    }));

    [Test]
    public void PairsCloserThan_AnyInputs_SplitsThePairsAtTheThreshold() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(RawInputs.Arbitrary, raw =>
    {
        var all = new InputPair[raw.Count * (raw.Count - 1) / 2];
        var count = Separation.PairsCloserThan(double.PositiveInfinity, raw.Values, raw.Dimension, all);
        if (all.Length == 0 || double.IsInfinity(all[^1].Distance))
        {
            return true;
        }

        var threshold = all[all.Length / 2].Distance;
        var few = new InputPair[3];
        var below = all.Count(p => p.Distance < threshold);
        return count == all.Length
            && all.Zip(all.Skip(1)).All(p => p.First.Distance <= p.Second.Distance)
            && all.Select(p => (p.First, p.Second)).Distinct().Count() == all.Length
            && Separation.PairsCloserThan(threshold, raw.Values, raw.Dimension, few) == below
            && few.SequenceEqual(all.Take(Math.Min(3, below)).Concat(Enumerable.Repeat(InputPair.None, Math.Max(0, 3 - below))));
    }));

    [Test]
    public void Measure_RowsInOtherPlaces_GivesTheSameBits()
    {
        // The rows of a pair fall into different places of the four-row kernel and of the tiles; the distance must not notice.
        var random = new Random(1);
        const int n = 37;
        foreach (var dimension in new[] { 1, 3, 7, 8, 9, 15, 16, 66 })
        {
            var rows = Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextDouble()).ToArray()).ToArray();
            var expected = Separation.Measure([.. rows.SelectMany(r => r)], dimension).Distance;
            for (var rotation = 1; rotation < n; rotation += 5)
            {
                Assert.That(Separation.Measure([.. rows.Skip(rotation).Concat(rows.Take(rotation)).SelectMany(r => r)], dimension).Distance, Is.EqualTo(expected), $"dimension {dimension}, rotated by {rotation}");
            }
        }
    }

    [Test]
    public void Measure_MoreRowsThanATile_FindsAPlantedPairAnywhere()
    {
        // 512 coordinates leave 64 rows a tile; the pair is planted within one tile, across two, and at the ends.
        const int n = 150, dimension = 512;
        foreach (var (first, second) in new[] { (0, 1), (0, n - 1), (63, 64), (5, 130), (n - 2, n - 1) })
        {
            var random = new Random(7);
            var inputs = new double[n * dimension];
            foreach (ref var value in inputs.AsSpan())
            {
                value = random.NextDouble();
            }

            inputs.AsSpan(first * dimension, dimension).CopyTo(inputs.AsSpan(second * dimension));
            inputs[second * dimension] += 0.25;
            var pair = Separation.Measure(inputs, dimension);
            Assert.That((pair.First, pair.Second), Is.EqualTo((first, second)));
            Assert.That(pair.Distance, Is.EqualTo(0.25).Within(UnitRoundoff), "one coordinate differs, and adding 0.25 to a number below 1 rounds by u at most");
        }
    }

    [Test]
    public void Measure_FewerThanTwoInputs_IsInfinite() => Assert.Multiple(() =>
    {
        Assert.That(Separation.Measure([], 3), Is.EqualTo(InputPair.None));
        Assert.That(Separation.Measure([1, 2, 3], 3), Is.EqualTo(InputPair.None));
    });

    [Test]
    public void Measure_BrokenRow_IsRefused() => Assert.That(() => Separation.Measure([1, 2, 3], 2), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Measure_AfterWarmUp_AllocatesNothing()
    {
        var inputs = new double[100 * 13];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Math.Sqrt(i);
        }

        var closest = new InputPair[5];
        double sink = 0;
        for (var i = 0; i < 100; i++)
        {
            sink += Run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sink += Run();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, $"{sink}");

        double Run()
        {
            Separation.PairsCloserThan(1, inputs, 13, closest);
            return Separation.Measure(inputs, 13).Distance + RepeatedInputs.In(inputs, 13, inputs, 13).Count;
        }
    }

    [Test]
    public void RepeatedInputs_AnyInputs_CountsWhatTheDefinitionCounts() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(RawInputs.Arbitrary, raw =>
    {
        var targets = Enumerable.Range(0, raw.Count).Select(i => (double)(i % 2)).ToArray();
        var (count, conflicting) = (0, 0);
        for (var j = 0; j < raw.Count; j++)
        {
            var first = Enumerable.Range(0, j).Where(i => raw.Row(i).SequenceEqual(raw.Row(j))).DefaultIfEmpty(-1).First();
            count += first >= 0 ? 1 : 0;
            conflicting += first >= 0 && first % 2 != j % 2 ? 1 : 0;
        }

        return RepeatedInputs.In(raw.Values, raw.Dimension, targets, 1) == new RepeatedInputs(count, conflicting)
            && (count == 0 || Separation.Measure(raw.Values, raw.Dimension).Distance == 0);
    }));

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var difference = new double[x.Length];
        for (var k = 0; k < difference.Length; k++)
        {
            difference[k] = x[k] - y[k];
        }

        return Math.Sqrt(TwofoldSum.Dot(difference, difference).High);
    }
}
