using CsvHelper;
using Harness.Core.Data;
using Harness.Core.Numerics;

namespace Harness.Reports.Files;

/// <summary>
/// Samples from a text file of delimited numbers: one sample a line, one column of labels, every other column an input.
/// </summary>
/// <remarks>
/// <para>Dialects (RFC 4180 and its relatives): comma, semicolon or tab, whichever of tab, semicolon, comma comes first in this order on the
/// first line outside quotes; with or without a header; quoted cells without line breaks; LF, CR LF or CR; UTF-8, and UTF-16 or UTF-32 with a
/// byte order mark; decimal points, or decimal commas where the delimiter is another character; spaces around cells; empty lines are skipped.</para>
/// <para>Header: the first line is one when it has a name (something with a letter, and not "NA") in a column where the second line has a number.
/// Column names that are themselves numbers cannot be told from data.</para>
/// <para>Labels: text, or whole numbers with few different values (see <see cref="LabelColumn"/>), are classes, and their targets are one-hot
/// rows, of length 2 for two classes. Other numbers are regression targets, divided by the largest magnitude so that |y*| ≤ 1, because the
/// theory takes labels of order one.</para>
/// <para>Inputs are the raw numbers; <see cref="UnitNormalisation"/> makes them unit vectors.</para>
/// </remarks>
public static class DelimitedFile
{
    /// <summary>A line longer than this many bytes is not a sample.</summary>
    private const int LongestLine = 16 << 20;

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte: as many as one-hot targets of the most classes take.</summary>
    internal const int MostBytesPerByte = 1 << 12;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which rows and which label; null for the defaults.</param>
    /// <exception cref="DataFileException">The file cannot be read as samples; the message says where, why and what to do.</exception>
    public static DataSet Read(string path, DelimitedFileOptions? options = null)
    {
        options ??= new();
        if (options.Rows is < 2)
        {
            throw new DataFileException(path, $"{options.Rows} rows were asked for; the separation of inputs needs at least 2.");
        }

        return Scan(path, (rows, separator) => Read(rows, path, separator, options));
    }

    /// <summary>Draws samples from a file at random, so that a file of any length is read in the memory of a few.</summary>
    /// <param name="path">The file. Every line of it is checked, whether it is drawn or not.</param>
    /// <param name="count">Samples to draw without replacement, each set of so many with the same chance, at least 2; a file with no more is taken whole.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="label">As in <see cref="DelimitedFileOptions.Label"/>.</param>
    /// <exception cref="DataFileException">The file cannot be read as samples; the message says where, why and what to do.</exception>
    public static SampledRows Sample(string path, int count, ulong seed, string? label = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return Scan(path, (lines, separator) =>
        {
            using var rows = lines.GetEnumerator();
            var samples = Begin(rows, path, separator, label, out var begun);

            // Vitter's algorithm R: the k-th line takes the place of one of those kept with probability count/k.
            var (stream, total, kept) = (RandomStream.FromSeed(seed).Derive("rows"), 0, new List<Row>());
            foreach (var row in begun.Concat(Rest(rows)))
            {
                samples.Require(row);
                total++;
                if (kept.Count < count)
                {
                    kept.Add(row);
                }
                else if (stream.Integer((ulong)total, total) is var place && place < count)
                {
                    kept[place] = row;
                }
            }

            kept.Sort((one, other) => one.Line.CompareTo(other.Line));
            kept.ForEach(samples.Add);
            return new SampledRows(samples.ToDataSet(), [.. kept.Select(row => row.Line)], samples.InputColumns, total);
        });
    }

    /// <summary>Reads the lines of a file that are not empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">What to make of its lines and the character that separates their cells.</param>
    /// <exception cref="DataFileException">The file cannot be read as lines of cells, or <paramref name="use"/> says so.</exception>
    internal static TResult Scan<TResult>(string path, Func<IEnumerable<Row>, char, TResult> use)
    {
        try
        {
            using var stream = Open(path);
            BinaryFormat.Refuse(stream, path);
            var separator = Delimiter.Of(stream);
            using var reader = CsvReader.Create(stream, new CsvReaderOptions
            {
                HasHeader = false,
                Separator = separator,
                TrimWhitespace = true,
                AllowLineBreaksInQuotes = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                TrackLineNumbers = true,
                MaxRecordSize = LongestLine,
            });
            return use(Rows(reader, path), separator);
        }
        catch (CsvFormatException e)
        {
            throw new DataFileException(path, Math.Max(1, e.LineNumber), 0, $"is not a line of delimited cells: {DataFileException.Words(e)} Quotes must be closed on their line, and a line has {LongestLine} bytes at most.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataFileException(path, "is a folder; name a file of delimited text.");
        }

        if (!File.Exists(path))
        {
            throw new DataFileException(path, "there is no such file.");
        }

        return new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    private static DataSet Read(IEnumerable<Row> lines, string path, char separator, DelimitedFileOptions options)
    {
        using var rows = lines.GetEnumerator();
        var samples = Begin(rows, path, separator, options.Label, out var begun);
        foreach (var row in begun.Concat(Rest(rows)).Take(options.Rows ?? int.MaxValue))
        {
            samples.Add(row);
        }

        return samples.ToDataSet();
    }

    /// <summary>Decides from the first two lines what the columns are.</summary>
    /// <param name="rows">The lines that are not empty; afterwards two have been read, or all.</param>
    /// <param name="path">The file.</param>
    /// <param name="separator">Between cells.</param>
    /// <param name="label">Which column.</param>
    /// <param name="begun">Receives those of the two that are samples.</param>
    private static SampleReader Begin(IEnumerator<Row> rows, string path, char separator, string? label, out Row[] begun)
    {
        if (!rows.MoveNext())
        {
            throw new DataFileException(path, "is empty; one sample a line was expected.");
        }

        var first = rows.Current;
        var second = rows.MoveNext() ? rows.Current : null;
        var columns = Columns.Of(path, separator, first, second, label);
        begun = (columns.HasHeader, second) switch { (true, _) => [second!], (_, null) => [first], _ => [first, second] };
        return new(path, separator, columns, first.Cells.Length);
    }

    private static IEnumerable<Row> Rest(IEnumerator<Row> rows)
    {
        while (rows.MoveNext())
        {
            yield return rows.Current;
        }
    }

    private static IEnumerable<Row> Rows(CsvReader reader, string path)
    {
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var k = 0; k < cells.Length; k++)
            {
                cells[k] = reader.GetString(k);
                if (cells[k].AsSpan().ContainsAny('\0', '\uFFFD'))
                {
                    throw new DataFileException(path, reader.LineNumber, k + 1, $"found {DataFileException.Quote(cells[k])}, which is not text in UTF-8, or in UTF-16 with a byte order mark; save the file as UTF-8.");
                }
            }

            yield return new(reader.LineNumber, cells);
        }
    }

    /// <summary>A line that is not empty.</summary>
    internal sealed record Row(long Line, string[] Cells);
}
