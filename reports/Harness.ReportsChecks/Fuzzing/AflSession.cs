using System.Globalization;
using SharpFuzz;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>A reader under AFL++, which learns from the instrumented assembly what each file reaches, and damages those further that reach something new.</summary>
internal static class AflSession
{
    /// <summary>Takes files from AFL++ until it stops; a broken promise counts as a crash.</summary>
    public static void Run(ReaderTarget target)
    {
        using var folder = new Files.TemporaryFolder();
        var file = folder[target.FileName];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using (var written = File.Create(file))
            {
                stream.CopyTo(written);
            }

            if (target.Refute(folder[""]) is { } refutation)
            {
                throw new BrokenPromiseException(refutation);
            }
        });
    }

    /// <summary>Writes the valid files of a reader, for AFL++ to begin with.</summary>
    public static void WriteValid(ReaderTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (index, bytes) in target.Valid().Index())
        {
            File.WriteAllBytes(Path.Combine(folder, index.ToString(CultureInfo.InvariantCulture)), bytes);
        }
    }
}
