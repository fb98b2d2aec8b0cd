using System.Collections.Immutable;
using Harness.Core.Data;

namespace Harness.Reports.Files;

/// <summary>Collects the samples of a file line by line: inputs as numbers at once, labels as text until their kind is known.</summary>
internal sealed class SampleReader(string path, char separator, Columns columns, int width)
{
    private readonly List<double> inputs = [];
    private readonly LabelColumn labels = new(path, separator, columns);

    /// <summary>n so far.</summary>
    public int Count { get; private set; }

    /// <summary>What the input columns are called, in messages: "column 3 ('petal width')".</summary>
    public ImmutableArray<string> InputColumns => [.. Enumerable.Range(0, width).Where(k => k != columns.Label).Select(columns.Describe)];

    /// <summary>Takes a line.</summary>
    /// <exception cref="DataFileException">It is not a sample like those before it.</exception>
    public void Add(DelimitedFile.Row row)
    {
        if ((long)(Count + 1) * (width - 1) > Array.MaxLength)
        {
            throw new DataFileException(path, row.Line, 0, $"has more numbers than fit in memory at once; read the first {Count} rows or fewer.");
        }

        Read(row, inputs.Add, labels.Add);
        Count++;
    }

    /// <summary>Refuses a line that could not be taken.</summary>
    /// <exception cref="DataFileException">It is not a sample like those before it.</exception>
    public void Require(DelimitedFile.Row row) => Read(row, _ => { }, (line, cell) => labels.Number(line, cell));

    /// <summary>The samples.</summary>
    /// <exception cref="DataFileException">They are too few, or their labels say nothing.</exception>
    public DataSet ToDataSet()
    {
        if (Count < 2)
        {
            throw new DataFileException(path, $"has {Count} sample{(Count == 1 ? "" : "s")}; the separation of inputs needs at least 2.");
        }

        var (targets, outputDimension, classIndices, classes) = labels.ToTargets();
        return new(Path.GetFileName(path), [.. inputs], width - 1, targets, outputDimension, classIndices, classes);
    }

    private void Read(DelimitedFile.Row row, Action<double> input, Action<long, string> label)
    {
        if (row.Cells.Length != width)
        {
            throw new DataFileException(path, row.Line, 0, $"found {row.Cells.Length} cells where the first line has {width}; every line needs as many cells as the first, and a preamble must be removed.");
        }

        for (var k = 0; k < width; k++)
        {
            if (row.Cells[k].Length == 0)
            {
                throw new DataFileException(path, row.Line, k + 1, $"found an empty cell in {columns.Describe(k)}; missing values must be filled in, or their lines removed.");
            }

            if (k == columns.Label)
            {
                label(row.Line, row.Cells[k]);
            }
            else
            {
                input(Number(row, k));
            }
        }
    }

    private double Number(DelimitedFile.Row row, int column)
    {
        if (!NumberText.TryParse(row.Cells[column], separator, out var value))
        {
            if (row.Cells.SequenceEqual(columns.Names))
            {
                throw new DataFileException(path, row.Line, 0, "repeats the column names, as files do that were joined; remove the line.");
            }

            throw new DataFileException(
                path, row.Line, column + 1, $"found {DataFileException.Quote(row.Cells[column])} where a number was expected, in {columns.Describe(column)}; {(Columns.IsMissing(row.Cells[column]) ? "missing values must be filled in, or their lines removed" : "write it as a number, remove the column, or name it as the label")}.");
        }

        if (!double.IsFinite(value))
        {
            throw new DataFileException(
                path, row.Line, column + 1, $"found {DataFileException.Quote(row.Cells[column])} where a finite number was expected, in {columns.Describe(column)}; fill it in or remove the line.");
        }

        return value;
    }
}
