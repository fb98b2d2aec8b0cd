using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace Harness.Reports.Performance;

/// <summary>What one run of one benchmark gave.</summary>
/// <param name="Benchmark">Suite, method and parameters: <c>LayerProducts&lt;Double&gt;.Multiply(Samples: 16, Width: 256)</c>.</param>
/// <param name="Nanoseconds">Time of one operation, an entry an iteration, without the iterations that BenchmarkDotNet sets aside as outliers.</param>
/// <param name="BytesAllocated">Managed bytes that one operation allocates, rounded down to whole bytes.</param>
/// <param name="MultiplyAdds">Counted multiply-adds of one operation, or null where the suite counts none.</param>
public sealed record BenchmarkResult(string Benchmark, ImmutableArray<double> Nanoseconds, long BytesAllocated, long? MultiplyAdds)
{
    /// <summary>The median time: one iteration that another process disturbed leaves it alone.</summary>
    public double Median => Nanoseconds.Median();
}
