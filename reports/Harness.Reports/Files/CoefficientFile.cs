using System.Globalization;

namespace Harness.Reports.Files;

/// <summary>Coefficients and the spectrum that orders them, from two columns of a text file of delimited numbers, in the dialects of <see cref="DelimitedFile"/>.</summary>
public static class CoefficientFile
{
    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 128;

    /// <summary>Reads the columns.</summary>
    /// <param name="path">The file. Its first line names the columns where it has a name, and not a number, in a column that is read.</param>
    /// <param name="values">Name or number, from 1, of the column of coefficients.</param>
    /// <param name="spectrum">The same of the spectrum; null where coefficients stand in their order already.</param>
    /// <returns>θ, and λ as it stands or falling with the line.</returns>
    /// <exception cref="DataFileException">The file cannot be read so; the message says where, why and what to do.</exception>
    public static (double[] Coefficients, double[] Spectrum) Read(string path, string values, string? spectrum) => DelimitedFile.Scan(path, (rows, separator) =>
    {
        var (coefficients, eigenvalues, columns) = (new List<double>(), new List<double>(), ((int Values, int Spectrum)?)null);
        foreach (var row in rows)
        {
            if (columns is null)
            {
                string[] names = row.Cells.Any(cell => Columns.IsName(cell) && !NumberText.TryParse(cell, separator, out _)) ? row.Cells : [];
                columns = (Find(path, row, names, values), spectrum is null ? -1 : Find(path, row, names, spectrum));
                string[] read = spectrum is null ? [values] : [values, spectrum];

                // Text in a column that is not read does not make a line of numbers one of names.
                if (names.Length > 0 && read.Any(column => Index(row, column) is not { } index || !NumberText.TryParse(row.Cells[index], separator, out _)))
                {
                    continue;
                }
            }

            coefficients.Add(Number(path, separator, row, columns.Value.Values));
            eigenvalues.Add(spectrum is null ? -coefficients.Count : Number(path, separator, row, columns.Value.Spectrum));
        }

        return coefficients.Count > 0 ? (coefficients.ToArray(), eigenvalues.ToArray()) : throw new DataFileException(path, "holds no coefficient; one a line was expected.");
    });

    private static int Find(string path, DelimitedFile.Row row, string[] names, string column)
    {
        var index = Array.IndexOf(names, column);
        return index >= 0 ? index : Index(row, column) ?? throw new DataFileException(
            path, row.Line, 0, $"there is no column {DataFileException.Quote(column)}; give a number from 1 to {row.Cells.Length}{(names.Length == 0 ? "" : $" or one of {string.Join(", ", names.Take(20).Select(DataFileException.Quote))}")}.");
    }

    /// <summary>The column that a number stands for, or null where it is no number of one.</summary>
    private static int? Index(DelimitedFile.Row row, string column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= row.Cells.Length ? number - 1 : null;

    private static double Number(string path, char separator, DelimitedFile.Row row, int column)
    {
        var cell = column < row.Cells.Length ? row.Cells[column] : "";
        return NumberText.TryParse(cell, separator, out var value) && double.IsFinite(value)
            ? value
            : throw new DataFileException(path, row.Line, column + 1, $"found {DataFileException.Quote(cell)}; a finite number was expected.");
    }
}
