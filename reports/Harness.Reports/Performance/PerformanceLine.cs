using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>One line of <c>performance.jsonl</c>: a benchmark's result and where it came from.</summary>
/// <param name="Started">When the run began, in UTC; the same in all lines of a run.</param>
/// <param name="Commit">The commit of the benchmarked source.</param>
/// <param name="IsModified">Whether the source differed from it.</param>
/// <param name="Machine">Processor, cores, vectors, runtime and operating system: times of different machines are different series.</param>
/// <param name="Benchmark">Name with parameters.</param>
/// <param name="Nanoseconds">Time of one operation in each iteration.</param>
/// <param name="BytesAllocated">Managed bytes of one operation.</param>
/// <param name="MultiplyAdds">Counted multiply-adds of one operation, or null.</param>
public sealed record PerformanceLine(
    DateTimeOffset Started, string Commit, bool IsModified, string Machine, string Benchmark, ImmutableArray<double> Nanoseconds, long BytesAllocated, long? MultiplyAdds)
{
    /// <summary>The line of a result.</summary>
    public static PerformanceLine Of(BenchmarkResult result, DateTimeOffset started, string commit, bool isModified, string machine) =>
        new(started, commit, isModified, machine, result.Benchmark, result.Nanoseconds, result.BytesAllocated, result.MultiplyAdds);

    /// <summary>The result that the line holds.</summary>
    public BenchmarkResult Result => new(Benchmark, Nanoseconds, BytesAllocated, MultiplyAdds);
}

/// <summary>How lines of <c>performance.jsonl</c> become text and come back.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PerformanceLine))]
internal sealed partial class PerformanceJson : JsonSerializerContext
{
    /// <summary>The layout of every line: the ledger's.</summary>
    public static PerformanceJson Line { get; } = new(LedgerJson.NewOptions());
}
