namespace Harness.Reports.Sweeps;

/// <summary>A sweep that cannot be planned, run or collected as it stands. The message is one line: where, what, what to do.</summary>
public sealed class SweepException(string message, Exception? cause = null) : Exception(message, cause);
