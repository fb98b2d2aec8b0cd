using System.Globalization;
using System.Text.Json;

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

    /// <summary>Whether the operating system refused to write it, by a full disk or a missing permission: no fault of the file or of who named it.</summary>
    public bool IsFailedWrite { get; init; }

    /// <summary>Line, counted from 1; 0 where the file as a whole is meant.</summary>
    public long Line { get; }

    /// <summary>Cell of the line, counted from 1; 0 where the line or the file as a whole is meant.</summary>
    public int Column { get; }

    /// <summary>A text from a file, fit for a one-line message: control characters replaced, cut after 40 characters.</summary>
    internal static string Quote(string text) => $"'{Printable(text, 40)}'";

    /// <summary>What the operating system or a library said, in one line: cut after 200 characters, for parsers quote what they don't understand, however long it is, before they say where it stands.</summary>
    internal static string Words(Exception cause) => cause is JsonException { LineNumber: { } line, BytePositionInLine: { } place } && cause.Message.Length > 200
        ? string.Create(CultureInfo.InvariantCulture, $"{Printable(cause.Message, 200)} at byte {place + 1} of line {line + 1}.")
        : Printable(cause.Message, 200);

    private static string Printable(string text, int length) =>
        string.Concat((text.Length > length ? text[..length] + "…" : text).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c));
}
