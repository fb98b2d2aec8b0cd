using System.Collections.Frozen;
using System.Globalization;

namespace Harness.Reports.Files;

/// <summary>What the columns of a file are: their names, if the file has them, and which one holds the labels.</summary>
/// <param name="HasHeader">Whether the first line names the columns.</param>
/// <param name="Names">The names, or empty.</param>
/// <param name="Label">Index of the label column.</param>
internal sealed record Columns(bool HasHeader, string[] Names, int Label)
{
    private static readonly FrozenSet<string> MissingValues = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "NA", "N/A", "null", "none", "missing", "unknown");

    /// <summary>Decides from the first two lines.</summary>
    /// <exception cref="DataFileException">There is no column of this label, or no column that could be an input.</exception>
    public static Columns Of(string path, char separator, DelimitedFile.Row first, DelimitedFile.Row? second, string? label)
    {
        var firstIsText = IsText(first, separator);
        var secondIsText = second is null ? firstIsText : IsText(second, separator);
        var hasHeader = second is null
            ? firstIsText.All(text => text)
            : first.Cells.Where((cell, k) => firstIsText[k] && k < secondIsText.Length && !secondIsText[k] && IsName(cell)).Any();
        if (hasHeader && second is null)
        {
            throw new DataFileException(path, first.Line, 0, "found column names and no sample after them.");
        }

        var count = first.Cells.Length;
        if (count < 2)
        {
            throw new DataFileException(path, first.Line, 0, "found one cell; a sample needs an input and a label, separated by comma, semicolon or tab.");
        }

        if (second is not null && !hasHeader && firstIsText.All(text => text) && first.Cells.SequenceEqual(second.Cells))
        {
            throw new DataFileException(path, second.Line, 0, "repeats the line before it, and both look like column names; remove one.");
        }

        var columns = new Columns(hasHeader, hasHeader ? first.Cells : [], 0);
        bool[] text = hasHeader ? secondIsText : [.. firstIsText.Zip(secondIsText, (one, other) => one && other)];
        return columns with { Label = label is null ? columns.Default(path, hasHeader ? second! : first, text) : columns.Find(path, first.Line, label, count) };
    }

    /// <summary>"column 3 ('petal width')", for messages.</summary>
    public string Describe(int column) => column < Names.Length ? $"column {column + 1} ({DataFileException.Quote(Names[column])})" : $"column {column + 1}";

    /// <summary>A column name has a letter in it and does not say that a value is missing; else the cell is a number gone wrong.</summary>
    internal static bool IsName(string cell) => cell.Any(char.IsLetter) && !IsMissing(cell);

    /// <summary>Whether a cell says that there is no value.</summary>
    internal static bool IsMissing(string cell) => MissingValues.Contains(cell);

    private static bool[] IsText(DelimitedFile.Row row, char separator) =>
        [.. row.Cells.Select(cell => cell.Length > 0 && !NumberText.TryParse(cell, separator, out _))];

    private int Default(string path, DelimitedFile.Row row, bool[] isText) => isText.Count(text => text) switch
    {
        0 => isText.Length - 1,
        1 => Array.IndexOf(isText, true),

        // A column of numbers may begin with one that is missing; its place is told where it is read.
        _ when isText.Where((text, k) => text && !IsMissing(row.Cells[k])).Count() == 1 => Enumerable.Range(0, isText.Length).First(k => isText[k] && !IsMissing(row.Cells[k])),
        var several => throw new DataFileException(
            path, row.Line, 0, $"found text in {several} columns, of which one can hold the labels; name it as the label, and remove the others or write them as numbers."),
    };

    private int Find(string path, long line, string label, int count)
    {
        var named = Names.Count(name => name == label);
        return label switch
        {
            "last" => count - 1,
            "first" => 0,
            _ when named == 1 => Array.IndexOf(Names, label),
            _ when named > 1 => throw new DataFileException(path, line, 0, $"{named} columns are called {DataFileException.Quote(label)}; give the number of the label column, 1 to {count}."),
            _ when int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count => number - 1,
            _ => throw new DataFileException(path, line, 0, $"there is no column {DataFileException.Quote(label)}; give last, first, a number from 1 to {count}{Choices()}."),
        };
    }

    private string Choices() => Names.Length == 0
        ? " (the file does not name its columns)"
        : " or one of " + string.Join(", ", Names.Take(20).Select(DataFileException.Quote)) + (Names.Length > 20 ? $" and {Names.Length - 20} more" : "");
}
