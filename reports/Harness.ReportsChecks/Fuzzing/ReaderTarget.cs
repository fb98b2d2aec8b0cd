namespace Harness.ReportsChecks.Fuzzing;

/// <summary>A reader of files, and what it promises of any file at all.</summary>
/// <param name="Name">Its name in keys and on command lines.</param>
/// <param name="FileName">The file, or its place in the folder that the reader takes.</param>
/// <param name="Refusal">The only exception that may come out; its message is one line with the name of the file.</param>
/// <param name="BytesPerByte">The reader allocates at most so many bytes for every byte of the file …</param>
/// <param name="Constant">… and so many more.</param>
/// <param name="Read">Reads what lies in a folder under <paramref name="FileName"/>, and throws <see cref="BrokenPromiseException"/> where the result is none that the reader may give.</param>
internal sealed record ReaderTarget(string Name, string FileName, Type Refusal, int BytesPerByte, int Constant, Action<string> Read)
{
    /// <summary>Writes files as the program's own writers, or others, write them.</summary>
    /// <remarks>Only when asked: instrumented code, and the writers are a part of it, can't run before AFL++ has begun.</remarks>
    public required Func<IReadOnlyList<byte[]>> Valid { get; init; }

    /// <summary>Words of the format.</summary>
    public required IReadOnlyList<byte[]> Words { get; init; }

    /// <summary>Reads the file that lies in a folder.</summary>
    /// <returns>What promise was broken, or null.</returns>
    public string? Refute(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var length = new FileInfo(path).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(folder);
        }
        catch (Exception e) when (e.GetType() == Refusal)
        {
            if (!e.Message.Contains(path, StringComparison.Ordinal) || e.Message.Any(char.IsControl))
            {
                return $"the message is not one line that names the file: {e.Message}";
            }
        }
        catch (Exception e)
        {
            return e.ToString();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= (BytesPerByte * length) + Constant ? null : $"{allocated} bytes were allocated for a file of {length}, beyond {BytesPerByte} a byte and {Constant}";
    }
}

/// <summary>A reader gave something that it may not give.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
