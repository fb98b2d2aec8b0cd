using System.Globalization;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>A case that broke a promise.</summary>
/// <param name="Key">NAME/seed-N/case-N.</param>
/// <param name="Refutation">Which promise, and how.</param>
/// <param name="File">The file.</param>
internal sealed record ReaderFailure(string Key, string Refutation, byte[] File)
{
    /// <summary>Everything that is needed to look at it.</summary>
    public override string ToString() => $"{Key}: {Refutation}{Environment.NewLine}base64 of the {File.Length} bytes: {Convert.ToBase64String(File)}";
}

/// <summary>Tries a reader on damaged files.</summary>
internal sealed class ReaderFuzz(ReaderTarget target)
{
    private readonly Damage damage = new(target.Valid(), target.Words);
    private volatile Case current = new(0, []);

    /// <summary>A case that takes longer does not end: an ordinary one takes a fraction of a millisecond.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tries cases until one fails.</summary>
    /// <param name="seed">Seed of all cases.</param>
    /// <param name="first">Index of the first case.</param>
    /// <param name="count">How many.</param>
    /// <returns>The first failure, or null.</returns>
    public ReaderFailure? Run(int seed, int first, int count)
    {
        var folder = Directory.CreateTempSubdirectory("harness-fuzz-");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, target.FileName))!);
        ReaderFailure? failure = null;
        var worker = new Thread(() =>
        {
            for (var index = first; index < first + count && failure is null; index++)
            {
                current = new(index, damage.Draw(seed, index));
                File.WriteAllBytes(Path.Combine(folder.FullName, target.FileName), current.File);
                failure = target.Refute(folder.FullName) is { } refutation ? new(Key(seed, current), refutation, current.File) : null;
            }
        }) { IsBackground = true };
        worker.Start();
        for (var seen = current; !worker.Join(Patience); seen = current)
        {
            if (ReferenceEquals(seen, current))
            {
                return new(Key(seed, seen), $"does not end within {Patience}", seen.File);
            }
        }

        folder.Delete(recursive: true);
        return failure;
    }

    private string Key(int seed, Case one) => string.Create(CultureInfo.InvariantCulture, $"{target.Name}/seed-{seed}/case-{one.Index}");

    private sealed record Case(int Index, byte[] File);
}
