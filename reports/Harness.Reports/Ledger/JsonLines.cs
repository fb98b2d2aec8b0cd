using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harness.Reports.Files;

namespace Harness.Reports.Ledger;

/// <summary>
/// Reads JSON Lines that another process may be appending to, or was killed while it appended: a last line that has no end is not there yet.
/// </summary>
internal static class JsonLines
{
    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 256;

    /// <summary>A longer line is none that the program writes.</summary>
    private const int LongestLine = 1 << 28;

    private const byte NewLine = (byte)'\n';

    /// <summary>Opens a file for reading while others write it.</summary>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The complete lines from the start, without their ends. A line is valid until the next one is asked for.</summary>
    /// <exception cref="LedgerException">A line is longer than any that the program writes. Thrown while reading.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var (begin, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(begin, end - begin).IndexOf(NewLine);
            if (length >= 0)
            {
                yield return buffer.AsMemory(begin, length);
                begin += length + 1;
                continue;
            }

            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            (begin, end) = (0, end - begin);
            if (end == buffer.Length)
            {
                if (end >= LongestLine)
                {
                    throw new LedgerException($"{(stream as FileStream)?.Name}: a line has more than {LongestLine} bytes, so it is no line of a ledger. The file was changed or damaged; begin a new run.");
                }

                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                yield break;
            }

            end += read;
        }
    }

    /// <summary>The value that a line stands for.</summary>
    /// <param name="line">The line.</param>
    /// <param name="type">Its type.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="number">The number of the line, from 1, for messages.</param>
    /// <param name="value">The value; a <see cref="JsonException"/> says that the line contradicts itself.</param>
    /// <exception cref="LedgerException">It is not one of the ledger's lines.</exception>
    public static TValue Parse<T, TValue>(ReadOnlyMemory<byte> line, JsonTypeInfo<T> type, string path, int number, Func<T, TValue> value)
    {
        try
        {
            return value(JsonSerializer.Deserialize(line.Span, type) ?? throw new JsonException("the line is null"));
        }
        catch (JsonException exception)
        {
            throw LedgerException.At(path, number, $"not a line of a ledger: {DataFileException.Words(exception)} The file was changed or damaged; begin a new run.", exception);
        }
    }
}
