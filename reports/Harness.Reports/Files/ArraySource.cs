using System.IO.Hashing;

namespace Harness.Reports.Files;

/// <summary>The bytes of an array: what is asked for is there, or the file is refused.</summary>
/// <param name="Stream">The bytes.</param>
/// <param name="Path">The file, for messages.</param>
/// <param name="Sum">Adds up what is read, or null where nothing is known to compare with.</param>
internal readonly record struct ArraySource(Stream Stream, string Path, Crc32? Sum = null)
{
    /// <summary>Reads as many bytes as the span has.</summary>
    /// <exception cref="DataFileException">There are fewer.</exception>
    public void Fill(Span<byte> destination)
    {
        if (Stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw new DataFileException(Path, "ends in the middle of an array; it is truncated.");
        }

        Sum?.Append(destination);
    }
}
