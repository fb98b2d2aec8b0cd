using BenchmarkDotNet.Running;
using Harness.Perf;
using Harness.Perf.Ratios;

// `ratios` times our kernels against peers and the machine's limits, in one process; `ratios --help` has its options.
if (args is ["ratios", ..])
{
    return RatiosCommand.Create().Parse(args[1..]).Invoke();
}

// Everything else is the benchmark program: `--list flat` names the benchmarks, `--filter '*Kernel*'` runs some of them, `--help` has the rest.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new BenchmarkConfiguration());

// A benchmark without a result is a failure, so that a build notices: the switcher itself only prints it.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
