namespace Harness.Cli;

/// <summary>The user asked for something that cannot be done: the message says what, where, and what to do instead, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
