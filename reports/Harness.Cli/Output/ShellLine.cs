using System.Text.RegularExpressions;

namespace Harness.Cli.Output;

/// <summary>A command line that can be pasted into a POSIX shell: words with anything but plain characters are quoted.</summary>
internal static partial class ShellLine
{
    /// <summary>The line of these words.</summary>
    public static string Of(params IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    [GeneratedRegex(@"^[A-Za-z0-9@%+=:,./_\-]+\z")]
    private static partial Regex Plain();
}
