using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Networks;

namespace Harness.Perf.Suites;

/// <summary>The rectifier and its gate.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class Rectifier<T> : VectorSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>h = max(0, g).</summary>
    [Benchmark]
    public void Activate() => Relu.Activate<T>(X, Result);

    /// <summary>u = s where g ≥ 0, else 0.</summary>
    [Benchmark]
    public void Gate() => Relu.Gate<T>(X, Y, Result);

    private protected override int Vectors(string benchmark) => benchmark == nameof(Activate) ? 2 : 3;
}
