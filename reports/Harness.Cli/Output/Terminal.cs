using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Standard output and standard error as consoles that know whether a person is looking.</summary>
/// <remarks>
/// Where the stream is a file or a pipe nothing but text is written: no colour, no cursor movement, and lines as long as they are. NO_COLOR
/// (https://no-color.org) turns colour off everywhere.
/// </remarks>
internal static class Terminal
{
    /// <summary>Wide enough that no table is wrapped in a file, where there is no edge to wrap at.</summary>
    private const int UnboundedWidth = 400;

    /// <summary>Standard output: results.</summary>
    public static IAnsiConsole Out { get; } = Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error: progress, so that results can be piped.</summary>
    public static IAnsiConsole Error { get; } = Open(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var colourless = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected || colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = UnboundedWidth;
        }

        return console;
    }
}
