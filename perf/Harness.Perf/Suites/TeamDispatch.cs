using BenchmarkDotNet.Attributes;
using Harness.Core.Threads;

namespace Harness.Perf.Suites;

/// <summary>Handing nothing to two threads and waiting for both, beside what the platform offers.</summary>
public class TeamDispatch
{
    private static readonly Action<int> Body = _ => { };

    private ThreadTeam team = null!;

    /// <summary>The team.</summary>
    [GlobalSetup]
    public void Gather() => team = new(2);

    /// <summary>Lets it go.</summary>
    [GlobalCleanup]
    public void Dismiss() => team.Dispose();

    /// <summary>By a team that stays.</summary>
    [Benchmark]
    public void Team()
    {
        var work = default(Nothing);
        team.Run(ref work);
    }

    /// <summary>By the thread pool.</summary>
    [Benchmark(Baseline = true)]
    public void ThreadPool() => Parallel.For(0, 2, Body);

    private struct Nothing : ITeamWork
    {
        public readonly void Execute(int member, int count)
        {
        }
    }
}
