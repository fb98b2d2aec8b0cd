using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Harness.Cli;

/// <summary>A subcommand that shows how it is used at the end of its help.</summary>
/// <param name="name">Name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines with what each is for.</param>
internal sealed class ExemplifiedCommand(string name, string description, params ReadOnlySpan<(string Line, string Purpose)> examples) : Command(name, description)
{
    /// <summary>Command lines with what each is for.</summary>
    public IReadOnlyList<(string Line, string Purpose)> Examples { get; } = [.. examples];
}

/// <summary>The library's help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    /// <summary>Help is given however wrong the rest of the line is.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction().Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExemplifiedCommand { Examples: { Count: > 0 } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (line, purpose) in examples)
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {purpose}");
            }

            output.WriteLine();
        }

        return 0;
    }
}
