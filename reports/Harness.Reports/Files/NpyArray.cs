using System.Collections.Immutable;

namespace Harness.Reports.Files;

/// <summary>An array as NumPy stores it, with its numbers in double precision and C order (last index fastest) whatever the file had.</summary>
public sealed class NpyArray
{
    /// <summary>Most dimensions that are read or written.</summary>
    public const int HighestRank = 4;

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte: eight for a number that takes one in the file, and as many while its order is changed.</summary>
    internal const int MostBytesPerByte = 32;

    internal NpyArray(ImmutableArray<int> shape, double[] values, string elementType) => (Shape, Values, ElementType) = (shape, values, elementType);

    /// <summary>The dimensions; empty for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The numbers in C order.</summary>
    public double[] Values { get; }

    /// <summary>NumPy's name of the element type in the file: <c>&lt;f8</c>, <c>&lt;f4</c>, <c>&lt;i8</c>, …</summary>
    public string ElementType { get; }

    /// <summary>Element at an index.</summary>
    /// <exception cref="IndexOutOfRangeException">The index has another rank, or is outside the shape.</exception>
    public double this[params ReadOnlySpan<int> index]
    {
        get
        {
            var offset = 0;
            for (var k = 0; k < Shape.Length; k++)
            {
                offset = index.Length == Shape.Length && (uint)index[k] < (uint)Shape[k]
                    ? (offset * Shape[k]) + index[k]
                    : throw new IndexOutOfRangeException($"No element at ({string.Join(", ", index.ToArray())}) of an array of shape ({string.Join(", ", Shape)}).");
            }

            return Values[offset];
        }
    }

    /// <summary>Reads an .npy file.</summary>
    /// <exception cref="DataFileException">It is not an array of plain numbers, or it is damaged; the message says which.</exception>
    public static NpyArray Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return NpyFormat.Read(new(stream, path), stream.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }

    /// <summary>Writes an .npy file, whole or not at all.</summary>
    /// <typeparam name="T">double or float, stored as &lt;f8 or &lt;f4.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="values">The numbers in C order.</param>
    /// <param name="shape">The dimensions; their product is the number of values.</param>
    /// <exception cref="ArgumentException">Shape and values do not fit together.</exception>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write<T>(string path, ReadOnlyMemory<T> values, params int[] shape)
        where T : unmanaged => AtomicFile.Write(path, stream => NpyFormat.Write(stream, values.Span, shape));
}
