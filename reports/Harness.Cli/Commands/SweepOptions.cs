using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>What the parts of <c>harness sweep</c> have in common.</summary>
internal static class SweepOptions
{
    /// <summary>Time between looks at a scheduler's queue.</summary>
    public static TimeSpan Poll { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The manifest.</summary>
    public static Argument<string> Manifest() => new("MANIFEST") { Description = "The manifest that 'harness sweep plan' wrote." };
}
