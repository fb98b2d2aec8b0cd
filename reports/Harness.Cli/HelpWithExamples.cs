using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Harness.Cli.Commands;

namespace Harness.Cli;

/// <summary>A command that shows how it is used.</summary>
internal interface IExemplified
{
    /// <summary>Command lines with what each is for.</summary>
    IReadOnlyList<(string Line, string Purpose)> Examples { get; }
}

/// <summary>A subcommand that shows how it is used at the end of its help.</summary>
/// <param name="name">Name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines with what each is for.</param>
internal sealed class ExemplifiedCommand(string name, string description, params ReadOnlySpan<(string Line, string Purpose)> examples) : Command(name, description), IExemplified
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Line, string Purpose)> Examples { get; } = [.. examples];
}

/// <summary>The program, with how it is used.</summary>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines with what each is for.</param>
internal sealed class ExemplifiedRoot(string description, params ReadOnlySpan<(string Line, string Purpose)> examples) : RootCommand(description), IExemplified
{
    /// <inheritdoc/>
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
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.Write(LibraryHelp(parseResult, command));
        if (command is IExemplified { Examples: { Count: > 0 } examples })
        {
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

    /// <summary>The library shows a default as its type prints it; an option that has a word for it takes the word and nothing else.</summary>
    private static string LibraryHelp(ParseResult parseResult, Command command)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        new HelpAction().Invoke(parseResult);
        configuration.Output = output;
        return command.Options.OfType<IWordedDefault>().Aggregate(
            text.ToString(), (help, option) => Regex.Replace(help, $@"\[default:(\s+){Regex.Escape(option.DefaultText)}\]", $"[default:$1{option.DefaultWord}]"));
    }
}
