using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using Perfolizer.Horology;

namespace Harness.Perf;

/// <summary>The one configuration of all suites; each setting says why it is there.</summary>
internal sealed class BenchmarkConfiguration : ManualConfig
{
    public BenchmarkConfiguration()
    {
        AddJob(Job.Default

            // A process of its own for every case (the default toolchain, kept): within one process the bytes that other threads allocate leak into slow cases.
            .WithLaunchCount(1)

            // Two warm-up iterations outlast the tiered compiler's 100 ms. Five measured ones, each just above the 100 ms below which BenchmarkDotNet distrusts a
            // measurement, let a case end within a few seconds, so that a sweep over widths is affordable.
            .WithWarmupCount(2)
            .WithIterationCount(5)
            .WithIterationTime(TimeInterval.FromMilliseconds(120))

            // `--job Dry` then replaces this job instead of running beside it.
            .AsDefault());

        // The whole process's bytes per operation, so a slow case may show a few of the runtime's own; that the routines allocate none is AllocationTests' to prove.
        // Counted work goes into the JSON with the times, so that a comparison sees an operation more as well as a nanosecond more.
        AddDiagnoser(MemoryDiagnoser.Default, new CountedWorkDiagnoser());
        AddColumnProvider(DefaultColumnProviders.Instance);

        // The median is what the rate is taken from: one iteration that another process disturbed leaves it alone.
        AddColumn([StatisticColumn.Median, .. WorkColumn.All]);

        // Names of claims are longer than the 20 characters of a parameter that are shown by default.
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(48));

        // JSON with every measurement is what later comparisons read; the table is for people.
        AddExporter(JsonExporter.Full, MarkdownExporter.GitHub);
        AddLogger(ConsoleLogger.Default);
        AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()]);
        AddValidator([.. DefaultConfig.Instance.GetValidators()]);

        // artifacts/benchmarks, wherever the program was started from: the program lies in artifacts/bin/Harness.Perf/release.
        ArtifactsPath = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "benchmarks"));
    }
}
