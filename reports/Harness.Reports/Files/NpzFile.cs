using System.IO.Compression;
using System.IO.Hashing;

namespace Harness.Reports.Files;

/// <summary>NumPy's archive of named arrays (numpy.savez): a zip file with an entry NAME.npy for every array.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>Deflate cannot shrink anything below this fraction of its size: 258 bytes take at least two bits.</summary>
    private const long HighestCompression = 1032;

    /// <summary>Reading allocates at most so many bytes for every byte of the file, and a mebibyte: what <see cref="NpyArray"/> needs of each byte that it can unfold to.</summary>
    internal const int MostBytesPerByte = (int)HighestCompression * NpyArray.MostBytesPerByte;

    /// <summary>Writes an archive, whole or not at all; the same arrays give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Adds the arrays.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A name occurs twice or is no name, or an array does not have its shape.</exception>
    public static void Write(string path, Action<Writer> content) => AtomicFile.Write(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        content(new(archive));
    });

    /// <summary>Reads an archive, stored or compressed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="DataFileException">It is not an archive of arrays of plain numbers, or it is damaged; the message says which array.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
            var available = stream.Length;
            foreach (var entry in archive.Entries)
            {
                var name = entry.FullName.EndsWith(Extension, StringComparison.Ordinal) ? entry.FullName[..^Extension.Length] : "";
                if (!IsName(name))
                {
                    throw new DataFileException(path, $"has an entry {DataFileException.Quote(entry.FullName)}; the entries of an archive of arrays are called NAME.npy.");
                }

                // Entries that share their bytes would unfold a short file to the square of its length.
                available -= entry.CompressedLength;
                if (!arrays.TryAdd(name, Read(entry, available, path)))
                {
                    throw new DataFileException(path, $"has two arrays called {DataFileException.Quote(name)}.");
                }
            }

            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, $"is not a NumPy archive, or it is damaged: {DataFileException.Words(e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }

    /// <param name="entry">The array.</param>
    /// <param name="available">Bytes of the file that this and earlier entries leave; negative where they claim more than there are.</param>
    /// <param name="path">The file, for messages.</param>
    private static NpyArray Read(ZipArchiveEntry entry, long available, string path)
    {
        // An entry's length is a claim too: nothing is allocated for more than the bytes of the file can unfold to.
        var where = $"{path}[{entry.FullName}]";
        if (available < 0 || entry.Length > entry.CompressedLength * HighestCompression)
        {
            throw new DataFileException(where, $"claims {entry.Length} bytes out of {entry.CompressedLength}, which the file does not have; it is damaged.");
        }

        using var content = entry.Open();
        var sum = new Crc32();
        var array = NpyFormat.Read(new(content, where, sum), entry.Length);
        return sum.GetCurrentHashAsUInt32() == entry.Crc32 ? array : throw new DataFileException(where, "does not have the checksum that the archive has for it; a number was changed or damaged.");
    }

    private static bool IsName(string name) => name.Length > 0 && !name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c)) && name is not ("." or "..");

    /// <summary>Adds arrays to an archive.</summary>
    public sealed class Writer
    {
        /// <summary>The earliest time a zip file can hold: archives of equal arrays are equal files.</summary>
        private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

        private readonly ZipArchive archive;
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        internal Writer(ZipArchive archive) => this.archive = archive;

        /// <summary>Adds an array, uncompressed as numpy.savez does.</summary>
        /// <typeparam name="T">double or float, stored as &lt;f8 or &lt;f4.</typeparam>
        /// <param name="name">Its name, unique in the archive.</param>
        /// <param name="values">The numbers in C order.</param>
        /// <param name="shape">The dimensions; their product is the number of values.</param>
        /// <exception cref="ArgumentException">The name is taken or no name, or shape and values do not fit together.</exception>
        public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
            where T : unmanaged
        {
            if (!IsName(name) || !names.Add(name))
            {
                throw new ArgumentException($"'{name}' is not a name, or there is an array of this name already.", nameof(name));
            }

            var entry = archive.CreateEntry(name + Extension, CompressionLevel.NoCompression);
            entry.LastWriteTime = NoTime;
            using var content = entry.Open();
            NpyFormat.Write(content, values, shape);
        }
    }
}
