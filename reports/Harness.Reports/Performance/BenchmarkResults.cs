using System.Collections.Immutable;
using System.Text.Json;
using Harness.Reports.Files;
using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>Reads the full JSON that BenchmarkDotNet writes, one file a suite.</summary>
public static class BenchmarkResults
{
    /// <summary>Reading allocates at most so many bytes for every byte of the files, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 64;

    /// <summary>The results in a folder of artefacts, in the order of their names.</summary>
    /// <param name="artifacts">What <c>--artifacts</c> named.</param>
    /// <exception cref="LedgerException">A file is not BenchmarkDotNet's.</exception>
    public static ImmutableArray<BenchmarkResult> Read(string artifacts)
    {
        var folder = Path.Combine(artifacts, "results");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*-report-full.json") : [];
        return [.. files.SelectMany(ReadFile).OrderBy(result => result.Benchmark, StringComparer.Ordinal)];
    }

    private static IEnumerable<BenchmarkResult> ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return [.. document.RootElement.GetProperty("Benchmarks").EnumerateArray().Where(HasTimes).Select(Result)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new LedgerException($"{path}: not a full report of BenchmarkDotNet: {DataFileException.Words(exception)}", exception);
        }
    }

    // A benchmark that threw is listed without statistics.
    private static bool HasTimes(JsonElement benchmark) => benchmark.GetProperty("Statistics").ValueKind == JsonValueKind.Object;

    private static BenchmarkResult Result(JsonElement benchmark)
    {
        var metrics = benchmark.GetProperty("Metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("Descriptor").GetProperty("Id").GetString()!, metric => metric.GetProperty("Value").GetDouble());
        return new(
            Name(benchmark),
            [.. benchmark.GetProperty("Statistics").GetProperty("OriginalValues").EnumerateArray().Select(value => value.GetDouble())],
            benchmark.GetProperty("Memory").GetProperty("BytesAllocatedPerOperation").GetInt64(),
            metrics.TryGetValue("MultiplyAdds", out var count) ? (long)count : null);
    }

    // Without the namespace, which is the same for all.
    private static string Name(JsonElement benchmark)
    {
        var (full, space) = (benchmark.GetProperty("FullName").GetString()!, benchmark.GetProperty("Namespace").GetString()!);
        return full.StartsWith(space + ".", StringComparison.Ordinal) ? full[(space.Length + 1)..] : full;
    }
}
