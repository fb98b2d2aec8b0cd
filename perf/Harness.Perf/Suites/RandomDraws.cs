using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Random numbers of a Philox stream.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class RandomDraws<T> : VectorSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Uniform on the unit interval.</summary>
    [Benchmark]
    public void Uniform() => RandomStream.FromSeed(3).FillUniform<T>(Result);

    /// <summary>Standard normal.</summary>
    [Benchmark]
    public void Gaussian() => RandomStream.FromSeed(3).FillGaussian<T>(Result, 1.0);

    private protected override int Vectors(string benchmark) => 1;
}
