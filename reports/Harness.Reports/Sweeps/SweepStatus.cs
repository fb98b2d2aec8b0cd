using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>How far a sweep is, as its folder shows it, whoever works on it.</summary>
/// <param name="Cells">Cells whose results are on disk.</param>
/// <param name="Unfinished">Shards without a file of their own, in order.</param>
public sealed record SweepStatus(int Cells, IReadOnlyList<Shard> Unfinished)
{
    /// <summary>Looks.</summary>
    public static SweepStatus Of(SweepManifest manifest)
    {
        // One look at the folders, not one a shard: there may be very many, and the folder may be on a network.
        string[] files = Directory.Exists(manifest.Folder.Results) ? [.. Directory.EnumerateFiles(manifest.Folder.Results, "*", SearchOption.AllDirectories)] : [];
        var finished = files.Where(path => Path.GetExtension(path) == ".jsonl").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var parts = files.Where(path => Path.GetExtension(path) == ".part").GroupBy(path => Path.GetFileName(path).Split('.')[0]).ToDictionary(group => group.Key, group => group.Max(CountLines));
        var (cells, unfinished) = (0, new List<Shard>());
        foreach (var shard in manifest.Shards)
        {
            if (finished.Contains(shard.Id))
            {
                cells += shard.Cells;
            }
            else
            {
                cells += Math.Min(parts.GetValueOrDefault(shard.Id), shard.Cells);
                unfinished.Add(shard);
            }
        }

        return new(cells, unfinished);
    }

    private static int CountLines(string path)
    {
        try
        {
            using var stream = JsonLines.Open(path);
            return JsonLines.Read(stream).Count();
        }
        catch (FileNotFoundException)
        {
            return 0; // finished just now
        }
    }
}
