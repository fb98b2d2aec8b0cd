namespace Harness.Cli;

/// <summary>What the exit code of <c>harness</c> says; documented in docs/cli.md, relied on by build scripts.</summary>
internal static class ExitCode
{
    /// <summary>All gating claims hold.</summary>
    public const int Holds = 0;

    /// <summary>The command line or an input file is wrong; nothing was run.</summary>
    public const int Usage = 1;

    /// <summary>A gating claim is violated: do not retry.</summary>
    public const int Violated = 10;

    /// <summary>No gating claim is violated, but one is undecided within the budget, or one of its mutants survived.</summary>
    public const int Undecided = 20;

    /// <summary>The environment failed, or the harness itself: there is no verdict.</summary>
    public const int EnvironmentFailed = 30;

    /// <summary>A benchmark became slower, allocates, or counts more operations.</summary>
    public const int PerformanceRegressed = 40;

    /// <summary>Stopped by Ctrl-C or a termination signal (128 + SIGINT, as shells have it); the ledger can be resumed.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, for the documentation.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Holds, "all gating claims hold (or the command did what it was asked)"),
        (Usage, "the command line or an input file is wrong; nothing was run"),
        (Violated, "a gating claim is violated, or `fuzz` found a false certificate: don't retry, look"),
        (Undecided, "none is violated, but one is undecided within the budget, or one of its mutants survived; measured times (`azls.…-time-in-…`) do not count here, for a busy machine can leave them undecided"),
        (EnvironmentFailed, "there is no verdict: the environment failed (disk, permissions), or a trial threw, which is a defect of the harness"),
        (PerformanceRegressed, "`perf gate`: a benchmark became slower, allocates, or counts more operations"),
        (Interrupted, "stopped by Ctrl-C or a termination signal; `verify --resume` continues"),
    ];
}
