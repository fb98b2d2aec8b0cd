using System.Text;

namespace Harness.Reports.Files;

/// <summary>Writes a file as a whole or not at all: the bytes go to a temporary file in the same folder, reach the disk, and take the name in one step.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; one that is there already is replaced.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content to a stream that can seek. If it throws, nothing is left behind and the exception goes on.</param>
    /// <exception cref="DataFileException">The folder is missing or not writable, the name is that of a folder, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Resolve(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be written: {e.Message}", e) { IsFailedWrite = e is not DirectoryNotFoundException };
        }
        finally
        {
            // Gone already if the move succeeded, and with its folder if there never was one.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>Writes a text as UTF-8 without a mark; a file that is there already is replaced.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string Resolve(string path)
    {
        try
        {
            var target = Path.GetFullPath(path);
            return Path.GetFileName(target).Length > 0 && !Directory.Exists(target) ? target : throw new DataFileException(path, "is a folder; name a file.");
        }
        catch (ArgumentException e)
        {
            throw new DataFileException(path, $"is not the name of a file: {e.Message}", e);
        }
    }
}
