namespace Harness.Reports.Files;

/// <summary>Files that are often taken for tables of text, told apart by their first bytes.</summary>
internal static class BinaryFormat
{
    private const int Sight = 8;

    /// <summary>Refuses a file that is something else than text, with what to do about it.</summary>
    /// <param name="stream">The file; left at its beginning.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="DataFileException">It is a known binary format, or no ordinary file.</exception>
    public static void Refuse(FileStream stream, string path)
    {
        if (!stream.CanSeek)
        {
            throw new DataFileException(path, "is not an ordinary file; write the data to a file first.");
        }

        Span<byte> bytes = stackalloc byte[Sight];
        ReadOnlySpan<byte> start = bytes[..stream.ReadAtLeast(bytes, Sight, throwOnEndOfStream: false)];
        stream.Position = 0;
        var advice =
            start.StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) ? "is a NumPy array, not delimited text; write it with numpy.savetxt(path, array, delimiter=',')."
            : start.StartsWith("PK\u0003\u0004"u8) ? "is a zip archive, as .npz and .xlsx files are, not delimited text; save the table in it as CSV."
            : start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "is compressed by gzip; decompress it first."
            : start.StartsWith("PAR1"u8) ? "is a Parquet file, not delimited text; save it as CSV."
            : start.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF"u8]) ? "is an HDF5 file, not delimited text; save the table in it as CSV."
            : null;
        if (advice is not null)
        {
            throw new DataFileException(path, advice);
        }
    }
}
