using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>What touches each weight of an m × m matrix once.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class WeightsElementwise<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Weights<T> weights = null!, other = null!;

    /// <summary>m.</summary>
    [Params(64, 256, 1024, 4096, 8192)]
    public int Width { get; set; }

    /// <summary>Two matrices with entries from N(0, 2/m).</summary>
    [GlobalSetup]
    public void Draw()
    {
        (weights, other) = (new(Width, Width), new(Width, Width));
        weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / Width));
        other.FillGaussian(RandomStream.FromSeed(2), Math.Sqrt(2.0 / Width));
    }

    /// <summary>W += 10⁻⁹·V, which leaves the weights where they are.</summary>
    [Benchmark]
    public void AddScaled() => weights.AddScaled(T.CreateChecked(1e-9), other);

    /// <summary>W = −W, which keeps every magnitude.</summary>
    [Benchmark]
    public void Scale() => weights.Scale(T.NegativeOne);

    /// <summary>W = V.</summary>
    [Benchmark]
    public void CopyFrom() => weights.CopyFrom(other);

    /// <summary>‖W‖_F².</summary>
    [Benchmark]
    public T SquaredFrobeniusNorm() => weights.SquaredFrobeniusNorm();

    Work ICountedWork.WorkOf(string benchmark)
    {
        long count = (long)Width * Width, bytes = count * Unsafe.SizeOf<T>();
        return benchmark switch
        {
            nameof(AddScaled) => new(count, 3 * bytes),
            nameof(SquaredFrobeniusNorm) => new(count, bytes),
            _ => new(0, 2 * bytes),
        };
    }
}
