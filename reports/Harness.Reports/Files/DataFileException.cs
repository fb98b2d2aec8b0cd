namespace Harness.Reports.Files;

/// <summary>
/// A data file that cannot be used. The message is one line: where, what was found, what was expected, what to do.
/// </summary>
/// <remarks>Every reader of this folder throws this and nothing else for whatever a file may contain, so that a caller needs one handler and no stack trace.</remarks>
public sealed class DataFileException : Exception
{
    /// <summary>A problem of the file as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="cause">What the operating system or a library said, if anything.</param>
    public DataFileException(string path, string message, Exception? cause = null)
        : base($"{path}: {message}", cause) => Path = path;

    /// <summary>A problem at a place of a text file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="column">Cell of the line, counted from 1; 0 where the whole line is meant.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public DataFileException(string path, long line, int column, string message)
        : base(column > 0 ? $"{path}:{line}:{column}: {message}" : $"{path}:{line}: {message}") => (Path, Line, Column) = (path, line, column);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Line, counted from 1; 0 where the file as a whole is meant.</summary>
    public long Line { get; }

    /// <summary>Cell of the line, counted from 1; 0 where the line or the file as a whole is meant.</summary>
    public int Column { get; }

    /// <summary>A text from a file, fit for a one-line message: control characters replaced, cut after 40 characters.</summary>
    internal static string Quote(string text)
    {
        var shown = text.Length > 40 ? text[..40] + "…" : text;
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)) + "'";
    }
}
