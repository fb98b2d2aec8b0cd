namespace Harness.Reports.Sweeps;

/// <summary>A word for a shell, whatever is in it.</summary>
internal static class ShellWord
{
    /// <summary>The word in single quotes.</summary>
    public static string Of(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
