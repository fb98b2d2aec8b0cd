using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Training;

/// <summary>Minibatches: uniform subsets, an unbiased step, and gradient descent at b = n.</summary>
public sealed class StochasticGradientDescentTests
{
    [Test]
    public void Draw_OfEverySize_IsASubsetInOrder() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(ArchitectureDraw.Any, Arb.From(Gen.Choose(1, 40)), (draw, samples) =>
        {
            var (inputs, targets) = Numbered(samples);
            var network = new FullyConnected<double>(2, 3, 1, 1);
            var batch = new MiniBatch<double>(network, samples, (draw.Seed % samples) + 1);
            batch.Draw(RandomStream.FromSeed((ulong)draw.Seed), inputs, targets);
            var rows = batch.Chosen.ToArray();
            return rows.Distinct().Count() == rows.Length && rows.SequenceEqual(rows.Order()) && rows.All(i => i >= 0 && i < samples)
                && rows.Select((i, k) => batch.Inputs[2 * k] == i && batch.Inputs[(2 * k) + 1] == -i && batch.Targets[k] == 10 * i).All(same => same);
        }));

    /// <summary>
    /// All 10 subsets of two of five, 20,000 draws: Pearson's χ² with 9 degrees of freedom exceeds 56.7 with probability below 6·10⁻⁹. The seed is fixed.
    /// </summary>
    [Test]
    public void Draw_OverManySteps_HasEverySubsetEquallyOften()
    {
        const int Draws = 20_000;
        var (inputs, targets) = Numbered(5);
        var batch = new MiniBatch<double>(new FullyConnected<double>(2, 3, 1, 1), 5, 2);
        var counts = new Dictionary<(int, int), int>();
        for (var t = 0; t < Draws; t++)
        {
            batch.Draw(RandomStream.FromSeed(11).Derive((ulong)t), inputs, targets);
            var pair = (batch.Chosen[0], batch.Chosen[1]);
            counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }

        Assert.That(counts, Has.Count.EqualTo(10));
        Assert.That(counts.Values.Sum(count => Math.Pow(count - (Draws / 10.0), 2) / (Draws / 10.0)), Is.LessThan(56.7));
    }

    /// <summary>The step of every single sample, averaged over the n choices of S = {i}, is the step of all: Σᵢ (1/n)(n/1)∇Fᵢ = ∇F. On whole numbers no bit is lost, so the mean is exact.</summary>
    [Test]
    public void Step_AveragedOverAllBatchesOfOne_IsTheGradient() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            var (inputs, targets) = (Array.ConvertAll(draw.Inputs(), Math.Round), Array.ConvertAll(draw.Targets(), Math.Round));
            var network = draw.WholeNetwork();
            var (layer, all) = (network.FirstTrained, new BatchState<double>(network, draw.Samples));
            network.Forward(inputs, all);
            SquaredLoss.Evaluate<double>(all, targets);
            network.Backward(all);
            var expected = new Weights<double>(network.Layer(layer).Rows, network.Layer(layer).Columns);
            Gradient.AddTo(all, layer, 1, expected);

            var seen = new bool[draw.Samples];
            var sum = new double[expected.Rows, expected.Columns];
            for (ulong t = 0; seen.Contains(false); t++)
            {
                var stepped = draw.WholeNetwork();
                var batch = new MiniBatch<double>(stepped, draw.Samples, 1);
                StochasticGradientDescent.Step<double>(stepped, inputs, targets, 1, Loss.Squared, batch, RandomStream.FromSeed(3).Derive(t));
                if (seen[batch.Chosen[0]])
                {
                    continue;
                }

                seen[batch.Chosen[0]] = true;
                for (var r = 0; r < expected.Rows; r++)
                {
                    for (var c = 0; c < expected.Columns; c++)
                    {
                        sum[r, c] += network.Layer(layer)[r, c] - stepped.Layer(layer)[r, c];
                    }
                }
            }

            var same = true;
            for (var r = 0; r < expected.Rows; r++)
            {
                for (var c = 0; c < expected.Columns; c++)
                {
                    same &= sum[r, c] == draw.Samples * expected[r, c];
                }
            }

            return same;
        }));

    [Test]
    public void Step_OfTheWholeBatch_IsGradientDescentBitForBit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            var (one, other) = (draw.Network(), draw.Network());
            var batch = new MiniBatch<double>(one, draw.Samples, draw.Samples);
            var stochastic = StochasticGradientDescent.Step<double>(one, draw.Inputs(), draw.Targets(), 0.03, Loss.Squared, batch, RandomStream.FromSeed(1));
            var full = GradientDescent.Step<double>(other, draw.Inputs(), draw.Targets(), 0.03, new BatchState<double>(other, draw.Samples));
            var same = stochastic.Equals(full);
            for (var l = 0; l <= draw.Depth + 1; l++)
            {
                var (a, b) = (new double[one.Layer(l).Rows * one.Layer(l).Columns], new double[one.Layer(l).Rows * one.Layer(l).Columns]);
                one.Layer(l).CopyTo(a);
                other.Layer(l).CopyTo(b);
                same &= a.AsSpan().SequenceEqual(b);
            }

            return same;
        }));

    [Test]
    public void MiniBatch_LargerThanTheSamples_IsRefused() =>
        Assert.That(() => new MiniBatch<double>(new FullyConnected<double>(2, 3, 1, 1), 4, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>A step of every architecture and loss, gradient descent or stochastic: zero bytes on the calling thread over a hundred calls.</summary>
    [Test, NonParallelizable]
    public void Steps_AfterWarmUp_AllocateNothing()
    {
        Network<double>[] networks =
        [
            new FullyConnected<double>(8, 16, 2, 2), new Residual<double>(8, 16, 3, 2) { TrainsAllLayers = true }, new Convolutional<double>(PositionGraph.Ring(4, 3), 2, 8, 2, 2),
        ];
        var (inputs, targets) = (new double[5 * 8], new double[5 * 2]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, 1);
        targets.AsSpan().Fill(1);
        foreach (var network in networks)
        {
            network.Initialise(RandomStream.FromSeed(1));
            var (state, batch) = (new BatchState<double>(network, 5), new MiniBatch<double>(network, 5, 2));
            foreach (var loss in Loss.All)
            {
                Work();
                Work();
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var k = 0; k < 100; k++)
                {
                    Work();
                }

                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, $"{network.GetType().Name}, {loss.Name}");

                void Work()
                {
                    GradientDescent.Step<double>(network, inputs, targets, 1e-3, loss, state);
                    StochasticGradientDescent.Step<double>(network, inputs, targets, 1e-3, loss, batch, RandomStream.FromSeed(3));
                }
            }
        }
    }

    private static (double[] Inputs, double[] Targets) Numbered(int samples) =>
        ([.. Enumerable.Range(0, samples).SelectMany(i => new double[] { i, -i })], [.. Enumerable.Range(0, samples).Select(i => 10.0 * i)]);
}
