using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Harness.Reports.Files;

/// <summary>
/// Tensors as the safetensors format stores them: the length of a JSON header in eight bytes, the header with type, shape and offsets of every tensor, and the raw numbers, little endian in C order.
/// </summary>
/// <remarks>Read are F64, F32, F16 and BF16. As the format demands, the tensors must cover the data without gaps or overlaps.</remarks>
public static class SafetensorsFile
{
    private const string Metadata = "__metadata__";

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 64;

    /// <summary>The format's own limit.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>A multiple of every number's size.</summary>
    private const int BufferBytes = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Which tensors to read, by name; the others may be of any type and cost no memory. All where it is left out.</param>
    /// <returns>The tensors by name, in double precision.</returns>
    /// <exception cref="DataFileException">It is not such a file, or it is damaged; the message says where.</exception>
    public static IReadOnlyDictionary<string, SafeTensor> Read(string path, Func<string, bool>? wanted = null)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path, wanted);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new DataFileException(path, $"has a header that is not the JSON of tensors: {DataFileException.Words(e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }

    /// <summary>Writes tensors in single precision, whole or not at all; the same tensors give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names, shapes and numbers, in the order in which they are stored.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or a tensor does not have its shape.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, ImmutableArray<int> Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            var (offset, names) = (0L, new HashSet<string>(StringComparer.Ordinal) { Metadata });
            json.WriteStartObject();
            foreach (var (name, shape, values) in tensors)
            {
                if (!names.Add(name) || shape.Aggregate(1L, (product, size) => checked(product * size)) != values.Length)
                {
                    throw new ArgumentException($"'{name}' is taken, or {values.Length} numbers are not a tensor of shape ({string.Join(", ", shape)}).", nameof(tensors));
                }

                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                Array(json, "shape", shape.Select(size => (long)size));
                Array(json, "data_offsets", [offset, offset += 4L * values.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }

        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header.ToArray());
            foreach (var (_, _, values) in tensors)
            {
                stream.Write(MemoryMarshal.AsBytes(values.Span));
            }
        });
    }

    private static void Array(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static Dictionary<string, SafeTensor> Read(FileStream stream, string path, Func<string, bool>? wanted)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw new DataFileException(path, "is shorter than the eight bytes that a safetensors file begins with.");
        }

        // Nothing is allocated for more than the file holds.
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length < 2 || length > Math.Min(LongestHeader, stream.Length - 8))
        {
            throw new DataFileException(path, $"claims a header of {(ulong)length} bytes in a file of {stream.Length}; it is no safetensors file, or it is cut off.");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var (tensors, pieces, available) = (new Dictionary<string, SafeTensor>(StringComparer.Ordinal), new List<(long Begin, long End, string Name, JsonElement Entry)>(), stream.Length - 8 - length);
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (property.Name != Metadata)
            {
                var offsets = property.Value.GetProperty("data_offsets");
                var (begin, end) = offsets.GetArrayLength() == 2 ? (offsets[0].GetInt64(), offsets[1].GetInt64()) : (-1, -1);
                pieces.Add((begin, end, property.Name, property.Value));
            }
        }

        var (position, names) = (0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (begin, end, name, entry) in pieces.OrderBy(p => p.Begin).ThenBy(p => p.End))
        {
            if (begin != position || end < begin || end > available)
            {
                throw new DataFileException(path, $"has tensor {DataFileException.Quote(name)} at bytes {begin} to {end}, where {position} to at most {available} were expected: tensors lie one behind the other.");
            }

            if (!names.Add(name))
            {
                throw new DataFileException(path, $"has two tensors called {DataFileException.Quote(name)}.");
            }

            if (wanted?.Invoke(name) is false)
            {
                stream.Seek(end - begin, SeekOrigin.Current);
            }
            else
            {
                tensors.Add(name, Tensor(stream, entry, end - begin, $"{path}[{DataFileException.Quote(name)}]"));
            }

            position = end;
        }

        return position == available ? tensors : throw new DataFileException(path, $"has {available} bytes of data, and tensors for {position} of them.");
    }

    private static SafeTensor Tensor(FileStream stream, JsonElement entry, long bytes, string where)
    {
        var type = entry.GetProperty("dtype").GetString();
        var size = type switch { "F64" => 8, "F32" => 4, "F16" or "BF16" => 2, _ => throw new DataFileException(where, $"has numbers of type {DataFileException.Quote(type ?? "null")}; F64, F32, F16 and BF16 are read.") };
        var (shape, count) = (ImmutableArray.CreateBuilder<int>(), (Int128)1);
        foreach (var dimension in entry.GetProperty("shape").EnumerateArray())
        {
            shape.Add(dimension.GetInt32());
            if (shape[^1] < 0 || (count *= shape[^1]) > bytes || shape.Count > NpyArray.HighestRank)
            {
                throw new DataFileException(where, $"has a shape that {bytes} bytes do not hold, or more than {NpyArray.HighestRank} dimensions.");
            }
        }

        if (count * size != bytes || count > System.Array.MaxLength)
        {
            throw new DataFileException(where, $"has {bytes} bytes for {count} numbers of {size}.");
        }

        var (values, buffer) = (new double[(int)count], new byte[Math.Min(bytes, BufferBytes)]);
        for (var done = 0; done < values.Length;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, (values.Length - done) * (long)size));
            stream.ReadExactly(piece);
            for (var i = 0; i < piece.Length; i += size, done++)
            {
                var number = piece.Slice(i, size);
                values[done] = type switch
                {
                    "F64" => BinaryPrimitives.ReadDoubleLittleEndian(number),
                    "F32" => BinaryPrimitives.ReadSingleLittleEndian(number),
                    "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(number),
                    _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(number) << 16),
                };
            }
        }

        return new(shape.ToImmutable(), values, type!);
    }
}
