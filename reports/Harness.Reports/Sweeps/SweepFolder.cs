namespace Harness.Reports.Sweeps;

/// <summary>The files of a sweep, around its manifest.</summary>
/// <param name="path">The manifest.</param>
public sealed class SweepFolder(string path)
{
    /// <summary>The header, then one line a cell.</summary>
    public string Manifest { get; } = Path.GetFullPath(path);

    /// <summary>The folder of the sweep.</summary>
    public string Root => Path.GetDirectoryName(Manifest)!;

    /// <summary>One line a shard: where its cells are in the manifest.</summary>
    public string Shards => Path.ChangeExtension(Manifest, ".shards.jsonl");

    /// <summary>One file a finished shard, and what unfinished ones have so far, in folders by the first two digits of the shard's id: looking into one stays cheap when there are very many.</summary>
    public string Results => Path.Combine(Root, "shards");

    /// <summary>What was submitted to a scheduler: the list of shards of every array, and how its tasks ended.</summary>
    public string Submissions => Path.Combine(Root, "submissions");

    /// <summary>What the scheduler's tasks printed.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>All results in the order of the manifest.</summary>
    public string Ledger => Path.Combine(Root, "observations.jsonl");

    /// <summary>The maps as a page.</summary>
    public string Report => Path.Combine(Root, "report.html");

    /// <summary>What the page draws, as a table.</summary>
    public string Maps => Path.Combine(Root, "maps.csv");

    /// <summary>The file of a finished shard.</summary>
    public string Finished(Shard shard) => Path.Combine(FolderOf(shard), shard.Id + ".jsonl");

    /// <summary>What tasks of an unfinished shard have so far, each in a file of its own.</summary>
    public IEnumerable<string> Unfinished(Shard shard) => Directory.Exists(FolderOf(shard)) ? Directory.EnumerateFiles(FolderOf(shard), shard.Id + ".*.part").Order(StringComparer.Ordinal) : [];

    /// <summary>A file for a task that begins or continues a shard; its folder is created.</summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    internal string NewPart(Shard shard) => Path.Combine(Directory.CreateDirectory(FolderOf(shard)).FullName, $"{shard.Id}.{Guid.NewGuid():N}.part");

    /// <summary>Keeps a damaged file of a finished shard out of the way, so that the shard is computed again.</summary>
    internal void SetAside(Shard shard) => File.Move(Finished(shard), Finished(shard) + ".damaged", overwrite: true);

    private string FolderOf(Shard shard) => Path.Combine(Results, shard.Id[..2]);
}
