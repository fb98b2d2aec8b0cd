using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>A shell that can ask the program how a line goes on.</summary>
internal enum Shell
{
    /// <summary>GNU Bash.</summary>
    Bash,

    /// <summary>Z shell.</summary>
    Zsh,

    /// <summary>Fish.</summary>
    Fish,

    /// <summary>PowerShell.</summary>
    Pwsh,
}

/// <summary><c>harness completion SHELL</c>: the script that makes a shell complete commands, options, words and claims.</summary>
/// <remarks>The scripts know no command: they call <c>harness [suggest:N] "LINE"</c>, the directive with which the library answers how a line can go on at its N-th character.</remarks>
internal static class CompletionCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var shell = new Argument<Shell>("SHELL") { Description = "bash, zsh, fish or pwsh.", HelpName = "bash|zsh|fish|pwsh" };
        Candidates.Replace(shell.CompletionSources, "bash", "zsh", "fish", "pwsh");
        var command = new ExemplifiedCommand(
            "completion",
            "Print the script with which a shell completes commands, options, their words, and ids of claims.",
            ("eval \"$(harness completion bash)\"", "in this bash, or in ~/.bashrc"),
            ("harness completion zsh > _harness", "for a folder of $fpath"),
            ("harness completion fish > harness.fish", "for ~/.config/fish/completions"),
            ("harness completion pwsh | Out-String | Invoke-Expression", "in this PowerShell, or in $PROFILE"))
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"Harness.Cli.Completion.harness.{parsed.GetValue(shell).ToString().ToLowerInvariant()}")!;
            using var reader = new StreamReader(script);
            Console.Out.Write(reader.ReadToEnd());
            return ExitCode.Holds;
        });
        return command;
    }
}
