using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Drawing an m × m weight matrix from N(0, 2/m).</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class GaussianWeights<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Weights<T> weights = null!;

    /// <summary>m.</summary>
    [Params(64, 256, 1024, 4096, 8192)]
    public int Width { get; set; }

    /// <summary>Room for the matrix.</summary>
    [GlobalSetup]
    public void Allocate() => weights = new(Width, Width);

    /// <summary>W ~ N(0, 2/m).</summary>
    [Benchmark]
    public void FillGaussian() => weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / Width));

    Work ICountedWork.WorkOf(string benchmark) => new(0, (long)Width * Width * Unsafe.SizeOf<T>());
}
