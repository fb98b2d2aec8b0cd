namespace Harness.Claims;

/// <summary>Claims of an assembly that cannot be verified as they stand: the message says which, where it is declared, and what to do.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="cause">What was thrown; null where nothing was.</param>
public sealed class InvalidClaimException(string message, Exception? cause = null) : Exception(message, cause);
