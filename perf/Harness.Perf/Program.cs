using BenchmarkDotNet.Running;
using Harness.Perf;

// The benchmark program: `--list flat` names the benchmarks, `--filter '*Kernel*'` runs some of them, `--help` has the rest.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new BenchmarkConfiguration());

// A benchmark without a result is a failure, so that a build notices: the switcher itself only prints it.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
