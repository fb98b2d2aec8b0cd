namespace Harness.Reports.Transfer;

/// <summary>An estimator of the user doesn't do its work.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="cause">What was thrown; null where nothing was.</param>
public sealed class EstimatorException(string message, Exception? cause = null) : Exception(message, cause);
