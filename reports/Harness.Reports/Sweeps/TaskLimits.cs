namespace Harness.Reports.Sweeps;

/// <summary>What a scheduler is told about a task.</summary>
internal static class TaskLimits
{
    /// <summary>What a task may take beyond the time that is expected: nodes differ, and the pilot saw a few trials only.</summary>
    private const double Allowance = 10;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10);

    /// <summary>The time limit of a task that is expected to take <paramref name="expected"/>.</summary>
    public static TimeSpan Time(TimeSpan expected) => expected * Allowance > Least ? expected * Allowance : Least;
}
