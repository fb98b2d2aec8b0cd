using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace Harness.Perf;

/// <summary>Puts the multiply-adds that a suite counts beside its times, under the metric <c>MultiplyAdds</c>.</summary>
internal sealed class CountedWorkDiagnoser : IDiagnoser
{
    private static readonly IMetricDescriptor Descriptor = new MultiplyAddsDescriptor();

    public IEnumerable<string> Ids => [nameof(CountedWorkDiagnoser)];

    public IEnumerable<IExporter> Exporters => [];

    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>Nothing is run for it: the count is a formula.</summary>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
    }

    public IEnumerable<Metric> ProcessResults(DiagnoserResults results) =>
        Work.Of(results.BenchmarkCase) is { MultiplyAdds: > 0 and var count } ? [new Metric(Descriptor, count)] : [];

    public void DisplayResults(ILogger logger)
    {
    }

    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private sealed class MultiplyAddsDescriptor : IMetricDescriptor
    {
        public string Id => "MultiplyAdds";

        public string DisplayName => "Multiply-adds";

        public string Legend => "Counted multiply-adds of one operation";

        public string NumberFormat => "N0";

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => "";

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => 0;

        // The rates derived from it are columns already.
        public bool GetIsAvailable(Metric metric) => false;
    }
}
