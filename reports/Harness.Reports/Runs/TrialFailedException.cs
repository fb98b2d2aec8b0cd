using Harness.Claims;

namespace Harness.Reports.Runs;

/// <summary>A trial threw instead of observing: a defect of the claim or of the core, never a verdict.</summary>
public sealed class TrialFailedException(ReplayKey key, Exception inner)
    : Exception($"Trial {key} failed: {inner.GetType().Name}: {inner.Message}", inner)
{
    /// <summary>The key that repeats the trial.</summary>
    public ReplayKey Key { get; } = key;
}
