using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>Adapters on whole numbers, where nothing is rounded, against sums written out here.</summary>
public sealed class LowRankAdapterTests
{
    private static readonly Gen<(int Rows, int Columns, int Rank, int Samples, ulong Seed)> Shapes =
        from rows in Gen.Choose(1, 40)
        from columns in Gen.Choose(1, 40)
        from rank in Gen.Choose(1, 6)
        from samples in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, int.MaxValue)
        select (rows, columns, rank, samples, (ulong)seed);

    [Test]
    public void Merge_OfWholeNumbers_AddsScaleTimesTheProduct() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Shapes), shape =>
    {
        var (adapter, weights) = (Adapter(shape, 0.25), Filled(shape.Rows, shape.Columns, shape.Seed + 2));
        var merged = new Weights<double>(shape.Rows, shape.Columns);
        merged.CopyFrom(weights);
        adapter.Merge(merged);
        var isRight = All(merged, (i, j) => weights[i, j] + (0.25 * Enumerable.Range(0, shape.Rank).Sum(r => adapter.Up[i, r] * adapter.Down[r, j])));
        adapter.Unmerge(merged);
        return isRight && All(merged, (i, j) => weights[i, j]);
    }));

    [Test]
    public void Gradients_OfWholeNumbers_AreThoseOfTheFullGradient() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Shapes), shape =>
    {
        var (adapter, n) = (Adapter(shape, 0.5), shape.Samples);
        var (u, h) = (Whole(shape.Rows * n, shape.Seed + 3), Whole(shape.Columns * n, shape.Seed + 4));
        var (down, up) = (new Weights<double>(shape.Rank, shape.Columns), new Weights<double>(shape.Rows, shape.Rank));
        adapter.AddGradients(u, h, n, n, 1, 2, down, up, new double[adapter.WorkspaceLength(n)]);
        double G(int i, int j) => Enumerable.Range(0, n).Sum(s => u[(i * n) + s] * h[(j * n) + s]);
        return All(up, (i, r) => 2 * 0.5 * Enumerable.Range(0, shape.Columns).Sum(j => G(i, j) * adapter.Down[r, j]))
            && All(down, (r, j) => 0.5 * Enumerable.Range(0, shape.Rows).Sum(i => adapter.Up[i, r] * G(i, j)));
    }));

    [Test]
    public void Product_SideBySide_EqualsMergedProduct() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Shapes), shape =>
    {
        var (adapter, weights, n) = (Adapter(shape, 0.5), Filled(shape.Rows, shape.Columns, shape.Seed + 2), shape.Samples);
        var (x, side, merged) = (Whole(shape.Columns * n, shape.Seed + 3), new double[shape.Rows * n], new double[shape.Rows * n]);
        weights.Multiply(x, side, n, n);
        adapter.AddProduct(x, side, n, n, new double[adapter.WorkspaceLength(n)]);
        adapter.Merge(weights);
        weights.Multiply(x, merged, n, n);
        return side.AsSpan().SequenceEqual(merged);
    }));

    [Test]
    public void Fused_WithTheMiddlePartLeftOut_IsAnAdapterForEachOtherPart()
    {
        const int RowsOfPart = 3, Columns = 5, Rank = 2;
        var fused = LowRankAdapter<double>.Fused(RowsOfPart, Columns, Rank, 0.5, true, false, true);
        IReadOnlyList<LowRankAdapter<double>> parts = [new(RowsOfPart, Columns, Rank, 0.5), new(RowsOfPart, Columns, Rank, 0.5)];
        foreach (var part in Enumerable.Range(0, 2))
        {
            Fill(parts[part].Down, (ulong)part);
            Fill(parts[part].Up, (ulong)part + 7);
            for (var r = 0; r < Rank; r++)
            {
                for (var j = 0; j < Columns; j++)
                {
                    fused.Down[(part * Rank) + r, j] = parts[part].Down[r, j];
                }

                for (var i = 0; i < RowsOfPart; i++)
                {
                    fused.Up[(2 * part * RowsOfPart) + i, (part * Rank) + r] = parts[part].Up[i, r];
                }
            }
        }

        var (signals, arguments) = (Whole(3 * RowsOfPart, 11), Whole(Columns, 12));
        fused.AddGradients(signals, arguments, 1, 1, -1, -1, fused.Down, fused.Up, new double[fused.WorkspaceLength(1)]);
        var merged = new Weights<double>(3 * RowsOfPart, Columns);
        fused.Merge(merged);
        foreach (var part in Enumerable.Range(0, 2))
        {
            var own = new Weights<double>(RowsOfPart, Columns);
            parts[part].AddGradients(signals.AsSpan(2 * part * RowsOfPart, RowsOfPart), arguments, 1, 1, -1, -1, parts[part].Down, parts[part].Up, new double[parts[part].WorkspaceLength(1)]);
            parts[part].Merge(own);
            Assert.That(All(own, (i, j) => merged[(2 * part * RowsOfPart) + i, j]), $"part {part}");
        }

        Assert.That(Enumerable.Range(RowsOfPart, RowsOfPart).All(i => Enumerable.Range(0, Columns).All(j => merged[i, j] == 0)), "the part without an adapter has moved");
        Assert.That(fused.Parameters, Is.EqualTo(parts.Sum(p => p.Parameters)));
        Assert.That(() => LowRankAdapter<double>.Fused(3, 5, 2, 1, false, false), Throws.ArgumentException);
    }

    [Test]
    public void InitialiseUniform_DrawsWithinOneOverRootOfColumns_WithItsVariance()
    {
        const int Rank = 64, Columns = 400;
        var adapter = new LowRankAdapter<double>(3, Columns, Rank, 1);
        Fill(adapter.Up, 1);
        adapter.InitialiseUniform(RandomStream.FromSeed(5));
        double[] draws = [.. from i in Enumerable.Range(0, Rank) from j in Enumerable.Range(0, Columns) select adapter.Down[i, j]];
        Assert.That(draws, Has.All.InRange(-0.05, 0.05));
        Assert.That(All(adapter.Up, (_, _) => 0));

        // The mean of x² over N = 25 600 draws of U(−w, w) is w²/3 with a standard error of w²√(4/45)/√N: 0.56 per cent of it; five of them.
        Assert.That(draws.Average(x => x * x), Is.EqualTo(0.05 * 0.05 / 3).Within(2.8).Percent);
    }

    [Test]
    public void Counts_AreThoseOfTheMatrices()
    {
        var (adapter, costs) = (new LowRankAdapter<float>(7, 11, 3, 1), new AdapterCosts(7, 11, 3));
        Assert.That(adapter.Parameters, Is.EqualTo((adapter.Down.Rows * adapter.Down.Columns) + (adapter.Up.Rows * adapter.Up.Columns)).And.EqualTo(costs.Parameters));
        Assert.That(costs.UnmergedForward(4) - costs.MergedForward(4), Is.EqualTo(4 * ((3 * (7 + 11)) + 7)));
    }

    [Test]
    public void Descend_AfterTheFirstStep_AllocatesNothing()
    {
        var network = new FullyConnected<double>(6, 20, 2, 3) { TrainsAllLayers = true };
        network.Initialise(RandomStream.FromSeed(1));
        var adapted = new AdaptedNetwork<double>(network, (1, Started(network, 1)), (3, Started(network, 3)));
        var (state, inputs, targets) = (new BatchState<double>(network, 5), Whole(30, 2), Whole(15, 3));
        var workspace = new double[adapted.WorkspaceLength(state)];
        Step();
        Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Step()
        {
            network.Forward(inputs, state);
            SquaredLoss.Evaluate<double>(state, targets);
            network.Backward(state);
            adapted.Descend(state, 1e-3, 1e-3, workspace);
        }
    }

    [Test]
    public void AdaptedNetwork_TrainedOnAllArchitectures_LowersTheLossAndRestoresItsBase([Values(1, 2, 3)] int architecture)
    {
        Network<double> network = architecture switch
        {
            1 => new Convolutional<double>(PositionGraph.Ring(4, 3), 2, 6, 2, 2),
            2 => new Residual<double>(8, 6, 2, 2),
            _ => new FullyConnected<double>(8, 6, 2, 2),
        };
        network.Initialise(RandomStream.FromSeed(9));
        var adapted = new AdaptedNetwork<double>(network, (1, Started(network, 1)), (2, Started(network, 2)));
        double[][] initial = [.. Enumerable.Range(0, 4).Select(l => Harness.Claims.Exact.DyadicNetwork.RowMajor(network.Layer(l)))];
        var (state, inputs, targets, losses) = (new BatchState<double>(network, 4), new double[32], Whole(8, 3), new List<double>());
        RandomStream.FromSeed(4).FillGaussian<double>(inputs, 0.5);
        var workspace = new double[adapted.WorkspaceLength(state)];
        for (var step = 0; step < 200; step++)
        {
            network.Forward(inputs, state);
            losses.Add(SquaredLoss.Evaluate<double>(state, targets));
            network.Backward(state);
            adapted.Descend(state, 0.002, 0.002, workspace);
        }

        Assert.That(losses[^1], Is.LessThan(losses[0]));
        Assert.That(Harness.Claims.Exact.DyadicNetwork.RowMajor(network.Layer(1)), Is.Not.EqualTo(initial[1]));
        adapted.Unmerge();
        Assert.That(Enumerable.Range(0, 4).Select(l => Harness.Claims.Exact.DyadicNetwork.RowMajor(network.Layer(l))), Is.EqualTo(initial));
    }

    [Test]
    public void AdaptedNetwork_OnALayerOutsideTheBackwardPass_IsRefused()
    {
        var network = new FullyConnected<double>(6, 5, 2, 3);
        Assert.That(() => new AdaptedNetwork<double>(network, (0, new(5, 6, 1, 1))), Throws.ArgumentException.With.Message.Contains("TrainsAllLayers"));
        Assert.That(() => new AdaptedNetwork<double>(network, (1, new(5, 6, 1, 1))), Throws.ArgumentException.With.Message.Contains("5 × 5"));
        Assert.That(() => new AdaptedNetwork<double>(network, (1, new(5, 5, 1, 1)), (1, new(5, 5, 1, 1))), Throws.ArgumentException.With.Message.Contains("two adapters"));
    }

    private static LowRankAdapter<double> Started(Network<double> network, int layer)
    {
        var adapter = new LowRankAdapter<double>(network.Layer(layer).Rows, network.Layer(layer).Columns, 2, AdapterScale.ByRank(4, 2));
        adapter.InitialiseUniform(RandomStream.FromSeed((ulong)layer));
        return adapter;
    }

    private static LowRankAdapter<double> Adapter((int Rows, int Columns, int Rank, int Samples, ulong Seed) shape, double scale)
    {
        var adapter = new LowRankAdapter<double>(shape.Rows, shape.Columns, shape.Rank, scale);
        Fill(adapter.Down, shape.Seed);
        Fill(adapter.Up, shape.Seed + 1);
        return adapter;
    }

    private static Weights<double> Filled(int rows, int columns, ulong seed)
    {
        var weights = new Weights<double>(rows, columns);
        Fill(weights, seed);
        return weights;
    }

    private static void Fill(Weights<double> matrix, ulong seed) => Harness.Claims.Instances.IntegerNetworks.Fill(matrix, RandomStream.FromSeed(seed));

    private static double[] Whole(int count, ulong seed) => Harness.Claims.Instances.IntegerNetworks.Whole(RandomStream.FromSeed(seed), count);

    private static bool All(Weights<double> matrix, Func<int, int, double> expected) =>
        Enumerable.Range(0, matrix.Rows).All(i => Enumerable.Range(0, matrix.Columns).All(j => matrix[i, j] == expected(i, j)));
}
