using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness perf</c>: times of the benchmarks, followed over commits and compared between them.</summary>
internal static class PerfCommand
{
    /// <summary>The command with its four parts.</summary>
    public static Command Create() => new ExemplifiedCommand(
        "perf",
        "Run the benchmarks, keep their times, show where they changed, and compare revisions. Needs a checkout of Harness.",
        ("harness perf run", "measure and keep"),
        ("harness perf history", "see where times changed"),
        ("harness perf gate origin/main", "fail a build that became slower"))
    {
        PerfRunCommand.Create(), PerfHistoryCommand.Create(), PerfCompareCommand.Create(), PerfGateCommand.Create(),
    };
}
