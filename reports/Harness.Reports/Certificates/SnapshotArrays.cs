using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>The arrays of a snapshot, none of which is taken for what it is not: a matrix has two dimensions and finite numbers, and the shape that the others ask for.</summary>
internal sealed class SnapshotArrays(string path)
{
    private readonly IReadOnlyDictionary<string, NpyArray> arrays = NpzFile.Read(path);

    /// <summary>The names of all arrays.</summary>
    public IEnumerable<string> Names => arrays.Keys;

    /// <summary>Whether there is an array of that name.</summary>
    public bool Has(string name) => arrays.ContainsKey(name);

    /// <summary>A matrix of finite numbers.</summary>
    /// <exception cref="DataFileException">It is missing, has another number of dimensions, or holds a number that is not finite.</exception>
    public NpyArray Matrix(string name)
    {
        if (!arrays.TryGetValue(name, out var array))
        {
            throw new DataFileException(path, $"has no array {name}; a snapshot has A, W1…, B, X and Y, as 'harness train --snapshot' writes it.");
        }

        if (array.Shape.Length != 2)
        {
            throw new DataFileException(path, $"has an array {name} of shape {Text(array)}; it must be a matrix.");
        }

        var odd = array.Values.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return odd < 0 ? array : throw new DataFileException(
            path, $"has {array.Values[odd]} in {name}[{odd / array.Shape[1]}, {odd % array.Shape[1]}]; nothing can be certified of a network with such a number.");
    }

    /// <summary>A matrix of a given shape.</summary>
    public NpyArray Matrix(string name, int rows, int columns)
    {
        var matrix = Matrix(name);
        Require(matrix, name, rows, columns);
        return matrix;
    }

    /// <summary>Refuses another shape.</summary>
    public void Require(NpyArray array, string name, int rows, int columns)
    {
        if (array.Shape[0] != rows || array.Shape[1] != columns)
        {
            throw new DataFileException(path, $"has an array {name} of shape {Text(array)}; beside the others it must be ({rows}, {columns}).");
        }
    }

    /// <summary>An array of so many numbers, or null where it is missing.</summary>
    public double[]? Numbers(string name, int count) => !arrays.TryGetValue(name, out var array) ? null
        : array.Values.Length == count ? array.Values
        : throw new DataFileException(path, $"has an array {name} of shape {Text(array)}; it must have {count} numbers.");

    /// <summary>A complaint about the file.</summary>
    public DataFileException Refusal(string what) => new(path, what);

    /// <summary>A shape as NumPy writes it.</summary>
    public static string Text(NpyArray array) => $"({string.Join(", ", array.Shape)})";
}
