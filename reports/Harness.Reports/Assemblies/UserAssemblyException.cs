namespace Harness.Reports.Assemblies;

/// <summary>An assembly of the user can't be loaded, or what is in it can't be used.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="cause">What was thrown; null where nothing was.</param>
public sealed class UserAssemblyException(string message, Exception? cause = null) : Exception(message, cause);
