using System.Collections;
using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using Harness.Cli.Commands;

namespace Harness.Cli.Output;

/// <summary>The part of docs/cli.md that follows from the commands: what there is, exit codes, and every argument and option with its default and examples.</summary>
internal static class CommandReference
{
    /// <summary>Between these lines a file has what is written here; the rest of it is written by hand.</summary>
    private const string Begin = "<!-- Written by 'harness docs' from here on: change the commands, then run it. -->", End = "<!-- Written by hand from here on. -->";

    /// <summary>The reference in Markdown.</summary>
    /// <exception cref="InvalidOperationException">A command has no example, or one that the command line does not take.</exception>
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder("| command | what it does |\n| --- | --- |\n");
        Command[] commands = [.. Leaves(root)];
        foreach (var command in commands)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [`{CommandPath.Of(command)}`](#{CommandPath.Of(command).Replace(' ', '-')}) | {command.Description} |\n");
        }

        text.Append("\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n");
        foreach (var (code, meaning) in ExitCode.Meanings)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {code} | {meaning} |\n");
        }

        text.Append("\n## Arguments and options\n");
        foreach (var command in commands)
        {
            Write(text, root, command);
        }

        return text.ToString();
    }

    /// <summary>A file with the reference in its place.</summary>
    /// <exception cref="UsageException">It does not have the two lines between which that is.</exception>
    public static string Within(string path, string text, string reference)
    {
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? $"{text[..begin]}{Begin}\n\n{reference}\n{text[end..]}"
            : throw new UsageException($"{path} has no place for the reference: it needs a line {Begin} and, after it, a line {End}");
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(c => c.Subcommands.Count == 0 ? [c] : Leaves(c));

    private static void Write(StringBuilder text, RootCommand root, Command command)
    {
        var arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues > 0 ? $" {NameOf(a)}" : a.Arity.MaximumNumberOfValues > 1 ? $" [{NameOf(a)}…]" : $" [{NameOf(a)}]"));
        var required = string.Concat(command.Options.Where(o => o.Required).Select(o => $" {o.Name} {o.HelpName}"));
        var hasOptions = command.Options.Any(o => o is not HelpOption && !o.Required);
        text.Append(CultureInfo.InvariantCulture, $"\n### {CommandPath.Of(command)}\n\n{command.Description}\n\n    {CommandPath.Of(command)}{arguments}{required}{(hasOptions ? " [OPTION…]" : "")}\n\n");
        foreach (var argument in command.Arguments)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{NameOf(argument)}`: {argument.Description}\n");
        }

        foreach (var option in command.Options.Where(o => o is not HelpOption))
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{option.Name}{(option.HelpName is { } value ? $" {value}" : "")}`: {option.Description}{DefaultOf(option)}\n");
        }

        var examples = command is IExemplified { Examples: { Count: > 0 } some } ? some : throw new InvalidOperationException($"{CommandPath.Of(command)} has no example.");
        text.Append(command.Arguments.Count + command.Options.Count(o => o is not HelpOption) > 0 ? "\n" : "").Append("```\n");
        foreach (var (line, purpose) in examples)
        {
            Require(root, line);
            text.Append(CultureInfo.InvariantCulture, $"{line}\n    # {purpose}\n");
        }

        text.Append("```\n");
    }

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>The default in words, where there is one and the description does not say it.</summary>
    private static string DefaultOf(Option option) => option.Required || !option.HasDefaultValue || option.ValueType == typeof(bool) || option.Description!.Contains("Default:", StringComparison.Ordinal)
        ? ""
        : $" Default: {(option is IWordedDefault worded ? worded.DefaultWord : Text(option.GetDefaultValue()))}.";

    private static string Text(object? value) => value is IEnumerable many and not string
        ? string.Join(' ', many.Cast<object>().Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)))
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>An example is a promise: the command line takes it.</summary>
    private static void Require(RootCommand root, string example)
    {
        // Without what belongs to the shell: where output goes, and single quotes, which the library's splitter does not know.
        var line = example.Split(" > ")[0].Split(" | ")[0].Replace("eval \"$(", "", StringComparison.Ordinal).Replace(")\"", "", StringComparison.Ordinal).Replace('\'', '"');
        if (root.Parse(line) is { Errors: [var error, ..] })
        {
            throw new InvalidOperationException($"The example '{example}' is not taken: {error.Message}");
        }
    }
}
