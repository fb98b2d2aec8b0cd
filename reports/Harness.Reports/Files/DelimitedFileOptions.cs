namespace Harness.Reports.Files;

/// <summary>What to take from a delimited file.</summary>
public sealed record DelimitedFileOptions
{
    /// <summary>Read the first so many samples, at least 2; null for all.</summary>
    public int? Rows { get; init; }

    /// <summary>
    /// The column of the labels: <c>last</c>, <c>first</c>, the name of a column, or its number counted from 1 as in the messages. By default
    /// the only column of text if there is exactly one, and otherwise the last column.
    /// </summary>
    public string? Label { get; init; }
}
