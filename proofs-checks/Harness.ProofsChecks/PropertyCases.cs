using FsCheck;

namespace Harness.ProofsChecks;

/// <summary>How many cases a property is tried on.</summary>
internal static class PropertyCases
{
    /// <summary>A mutation run (mutation.cake) tries thousands of changes, most of which the first case notices.</summary>
    private static readonly int Divisor = int.TryParse(Environment.GetEnvironmentVariable("HARNESS_CHECKS_DIVISOR"), out var divisor) ? divisor : 1;

    /// <summary>Throws at the first counterexample among <paramref name="count"/> cases.</summary>
    public static Config Of(int count) => Config.QuickThrowOnFailure.WithMaxTest(Math.Min(count, Math.Max(5, count / Divisor)));
}
