using System.CommandLine;

namespace Harness.Cli;

/// <summary>How a command is called: <c>harness perf run</c>.</summary>
internal static class CommandPath
{
    private const string Program = "harness";

    /// <summary>The words up to a command.</summary>
    public static string Of(Command command) => command is RootCommand ? Program : $"{command.Parents.OfType<Command>().Select(Of).DefaultIfEmpty(Program).First()} {command.Name}";
}
