using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harness.Claims;
using Harness.Reports.Files;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>
/// The cells of a sweep, written once and never changed: JSON Lines, a header and one line a cell, cut into shards of consecutive cells. A task reads the lines of its own shards and no others.
/// </summary>
public sealed class SweepManifest
{
    private readonly ImmutableDictionary<string, Claim> claims;

    private SweepManifest(SweepFolder folder, SweepHeader header, ImmutableArray<Shard> shards, ImmutableDictionary<string, Claim> claims) => (Folder, Header, Shards, this.claims) = (folder, header, shards, claims);

    /// <summary>Where it is.</summary>
    public SweepFolder Folder { get; }

    /// <summary>What is swept.</summary>
    public SweepHeader Header { get; }

    /// <summary>The shards in the order of their cells.</summary>
    public ImmutableArray<Shard> Shards { get; }

    /// <summary>The grids.</summary>
    public IEnumerable<SweepPanel> Panels => Header.Panels.Select(panel => new SweepPanel(panel.Name, claims[panel.Claim], panel.Trials, panel.Axes, panel.Shows));

    /// <summary>Sum of all costs.</summary>
    public double Cost => Shards.Sum(shard => shard.Cost);

    /// <summary>The time that a cost is expected to take.</summary>
    public TimeSpan Expected(double cost) => TimeSpan.FromSeconds(Math.Min(cost * Shards.Sum(shard => shard.Seconds) / Cost, TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>Writes a manifest and its shards, each whole or not at all.</summary>
    /// <param name="path">The manifest; its folder is created.</param>
    /// <param name="spec">What is swept.</param>
    /// <param name="cells">Its cells, in order.</param>
    /// <param name="secondsPerOperation">Seconds a unit of cost takes.</param>
    /// <param name="shardLength">Time that a shard should take.</param>
    /// <exception cref="SweepException">Another sweep is there, or the spec has no cells.</exception>
    /// <exception cref="DataFileException">The files cannot be written.</exception>
    public static void Write(string path, SweepSpec spec, IReadOnlyList<SweepCell> cells, double secondsPerOperation, TimeSpan shardLength)
    {
        var folder = new SweepFolder(path);
        if (File.Exists(folder.Manifest))
        {
            throw new SweepException($"{path}: there is a manifest already, and its results would not be those of another. Run it, or choose another folder.");
        }

        Directory.CreateDirectory(folder.Root);
        ImmutableArray<Claim> claims = [.. spec.Panels.Select(panel => panel.Claim).Distinct()];
        var header = new SweepHeader(
            SweepHeader.CurrentSchema, spec.Title, spec.Profile, spec.Seeds, BuildRevision.Current.Commit, CatalogueFingerprint.Of(claims, spec.Profile), cells.Count,
            [.. spec.Panels.Select(panel => new PanelLine(panel.Name, panel.Claim.Id, panel.Trials, panel.Axes, panel.Shows))]);
        var starts = ShardCuts.Of([.. cells.Select(cell => cell.Cost)], shardLength.TotalSeconds / secondsPerOperation);
        var offsets = new long[starts.Length];
        AtomicFile.Write(folder.Manifest, manifest =>
        {
            Append(manifest, header, SweepJson.Line.SweepHeader);
            for (var (k, shard) = (0, 0); k < cells.Count; k++)
            {
                if (shard < starts.Length && starts[shard] == k)
                {
                    offsets[shard++] = manifest.Position;
                }

                Append(manifest, CellLine.Of(cells[k]), SweepJson.Line.CellLine);
            }

            // The manifest takes its name last: where it is, its shards are.
            AtomicFile.Write(folder.Shards, stream =>
            {
                for (var s = 0; s < starts.Length; s++)
                {
                    var end = s + 1 < starts.Length ? starts[s + 1] : cells.Count;
                    var own = Enumerable.Range(starts[s], end - starts[s]).Select(k => cells[k]).ToList();
                    var cost = own.Sum(cell => cell.Cost);
                    Append(stream, new Shard(ShardId(own), starts[s], own.Count, offsets[s], cost, cost * secondsPerOperation, own.Max(cell => cell.Memory)), SweepJson.Line.Shard);
                }
            });
        });
    }

    /// <summary>Opens a manifest that this program may work on.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="catalogue">The claims of the program.</param>
    /// <exception cref="SweepException">There is none, it is damaged, or it was planned by a program whose claims differ.</exception>
    public static SweepManifest Open(string path, IReadOnlyList<Claim> catalogue)
    {
        var folder = new SweepFolder(path);
        if (!File.Exists(folder.Manifest) || !File.Exists(folder.Shards))
        {
            throw new SweepException($"{path}: there is no manifest with its shards beside it. 'harness sweep plan' writes both.");
        }

        var header = Lines(folder.Manifest, 0).Select(line => JsonLines.Parse(line, SweepJson.Line.SweepHeader, folder.Manifest, 1, h => h)).FirstOrDefault() ?? throw new SweepException($"{path} is empty. Plan the sweep again.");
        if (header.Schema != SweepHeader.CurrentSchema)
        {
            throw new SweepException($"{path} has version {header.Schema}, and this program reads {SweepHeader.CurrentSchema}. Plan the sweep again.");
        }

        ImmutableArray<Claim> claims = [.. header.Panels.Select(panel => panel.Claim).Distinct()
            .Select(id => catalogue.FirstOrDefault(c => c.Id == id) ?? throw new SweepException($"{path}: there is no claim '{id}' in this program, of commit {BuildRevision.Current.Commit}; the sweep was planned by {header.Commit}."))];
        if (CatalogueFingerprint.Of(claims, header.Profile) != header.Claims)
        {
            throw new SweepException($"{path}: a claim was changed since the sweep was planned by commit {header.Commit}. Use that program, or plan again.");
        }

        ImmutableArray<Shard> shards = [.. Lines(folder.Shards, 0).Select((line, k) => JsonLines.Parse(line, SweepJson.Line.Shard, folder.Shards, k + 1, s => s))];
        return shards.Sum(shard => shard.Cells) == header.Cells
            ? new(folder, header, shards, claims.ToImmutableDictionary(c => c.Id))
            : throw new SweepException($"{folder.Shards}: its shards have {shards.Sum(shard => shard.Cells)} cells and the manifest {header.Cells}. Plan the sweep again.");
    }

    /// <summary>The cells of a shard.</summary>
    /// <exception cref="LedgerException">A line is damaged: the message has file and line.</exception>
    public IReadOnlyList<SweepCell> Cells(Shard shard)
    {
        SweepCell[] cells = [.. Lines(Folder.Manifest, shard.Offset).Take(shard.Cells)
            .Select((line, k) => JsonLines.Parse(line, SweepJson.Line.CellLine, Folder.Manifest, shard.First + k + 2, cell => cell.In(Header.Profile, claims)))];
        return cells.Length == shard.Cells && ShardId(cells) == shard.Id ? cells
            : throw new SweepException($"{Folder.Shards}: shard {shard.Id} is not that of its {shard.Cells} cells. The files are of two sweeps, or damaged; plan the sweep again.");
    }

    internal static void Append<T>(Stream stream, T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(stream, value, type);
        stream.WriteByte((byte)'\n');
    }

    private static string ShardId(IEnumerable<SweepCell> cells) => ContentId.Of(string.Concat(cells.Select(cell => cell.Id)));

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path, long offset)
    {
        using var stream = JsonLines.Open(path);
        stream.Position = offset;
        foreach (var line in JsonLines.Read(stream))
        {
            yield return line;
        }
    }
}
