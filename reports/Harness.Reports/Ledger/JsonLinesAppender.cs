using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Harness.Reports.Ledger;

/// <summary>
/// Appends JSON Lines so that a process killed at any byte leaves a file that can be continued.
/// </summary>
/// <remarks>
/// A line goes to the operating system whole, in one call, before the next is begun; only the last can be torn, and it is cut off when the file is opened
/// again. After a failed write (a full disk) nothing more is appended, because the next line would run into the torn one.
/// </remarks>
internal sealed class JsonLinesAppender : IDisposable
{
    private readonly Stream stream;
    private readonly MemoryStream line = new();
    private bool hasFailed;

    /// <summary>Appends to a stream that ends with a complete line, and closes it in the end.</summary>
    internal JsonLinesAppender(Stream stream) => this.stream = stream;

    /// <summary>Opens or creates a file, and cuts off its last line where that is torn.</summary>
    public static JsonLinesAppender Open(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            stream.SetLength(JsonLines.Read(stream).Sum(l => l.Length + 1L));
            stream.Seek(0, SeekOrigin.End);
            return new(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether nothing was ever appended.</summary>
    public bool IsEmpty => stream.Length == 0;

    /// <summary>Appends a line.</summary>
    /// <exception cref="LedgerException">It could not be written, or an earlier one could not.</exception>
    public void Append<T>(T value, JsonTypeInfo<T> type)
    {
        if (hasFailed)
        {
            throw new LedgerException("An earlier line of the ledger could not be written; nothing more is appended. Resume the run when the cause is gone.");
        }

        line.SetLength(0);
        JsonSerializer.Serialize(line, value, type);
        line.WriteByte((byte)'\n');
        try
        {
            stream.Write(line.GetBuffer(), 0, (int)line.Length);
            stream.Flush();
        }
        catch (IOException exception)
        {
            hasFailed = true;
            throw new LedgerException($"The ledger could not be written: {exception.Message} What was observed before is kept; resume the run when the cause is gone.", exception);
        }
    }

    /// <summary>Closes the file after its content has reached the disk.</summary>
    public void Dispose()
    {
        using (stream)
        {
            (stream as FileStream)?.Flush(flushToDisk: true);
        }

        line.Dispose();
    }
}
