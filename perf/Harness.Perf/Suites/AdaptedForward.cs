using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>The product with one m × m weight matrix that has an adapter of rank 8: without it, with it merged, and with it side by side.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class AdaptedForward<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rank = 8;

    private Weights<T> weights = null!, merged = null!;
    private LowRankAdapter<T> adapter = null!;
    private T[] inputs = [], outputs = [], workspace = [];

    /// <summary>n.</summary>
    [Params(64)]
    public int Samples { get; set; }

    /// <summary>m.</summary>
    [Params(256, 1024)]
    public int Width { get; set; }

    /// <summary>The matrix, the adapter and the batch, the same numbers in every run.</summary>
    [GlobalSetup]
    public void Draw()
    {
        (weights, merged, adapter) = (new(Width, Width), new(Width, Width), new(Width, Width, Rank, AdapterScale.ByRank(16, Rank)));
        weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / Width));
        adapter.Down.FillGaussian(RandomStream.FromSeed(2), 1 / Math.Sqrt(Width));
        adapter.Up.FillGaussian(RandomStream.FromSeed(3), 1 / Math.Sqrt(Width));
        merged.CopyFrom(weights);
        adapter.Merge(merged);
        (inputs, outputs, workspace) = (new T[Width * Samples], new T[Width * Samples], new T[adapter.WorkspaceLength(Samples)]);
        RandomStream.FromSeed(4).FillGaussian<T>(inputs, 1.0);
    }

    /// <summary>W₀X.</summary>
    [Benchmark(Baseline = true)]
    public void Base() => weights.Multiply(inputs, outputs, Samples, Samples);

    /// <summary>(W₀ + s·BA)X.</summary>
    [Benchmark]
    public void Merged() => merged.Multiply(inputs, outputs, Samples, Samples);

    /// <summary>W₀X + s·B(AX).</summary>
    [Benchmark]
    public void SideBySide()
    {
        weights.Multiply(inputs, outputs, Samples, Samples);
        adapter.AddProduct(inputs, outputs, Samples, Samples, workspace);
    }

    Work ICountedWork.WorkOf(string benchmark)
    {
        var costs = new AdapterCosts(Width, Width, Rank);
        return new(benchmark == nameof(SideBySide) ? costs.UnmergedForward(Samples) : costs.MergedForward(Samples));
    }
}
