using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Sums in the order that is the same at every vector width.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class Reductions<T> : VectorSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ x_i.</summary>
    [Benchmark]
    public T Sum() => FixedOrder.Sum<T>(X);

    /// <summary>Σ x_i².</summary>
    [Benchmark]
    public T SumOfSquares() => FixedOrder.SumOfSquares<T>(X);

    /// <summary>Σ x_i·y_i.</summary>
    [Benchmark]
    public T Dot() => FixedOrder.Dot<T>(X, Y);

    private protected override int Vectors(string benchmark) => benchmark == nameof(Dot) ? 2 : 1;

    private protected override long MultiplyAdds(string benchmark) => benchmark == nameof(Sum) ? 0 : Length;
}
