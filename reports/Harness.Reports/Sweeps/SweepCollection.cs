using System.Collections.Immutable;
using System.Text;
using Harness.Reports.Files;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>Merges the files of a sweep's shards into one ledger.</summary>
/// <remarks>
/// The ledger is the results in the order of the manifest, so it has the same bytes in whatever order, on however many machines and in however many attempts the shards were computed. Collecting twice changes nothing.
/// </remarks>
public static class SweepCollection
{
    /// <summary>Checks every shard and, where all are whole, writes the ledger.</summary>
    /// <returns>What is there, what is missing, and what was damaged; damaged files are set aside, so that the next run computes their shards again.</returns>
    /// <exception cref="LedgerException">The manifest is damaged.</exception>
    /// <exception cref="DataFileException">The ledger cannot be written.</exception>
    public static CollectedSweep Collect(SweepManifest manifest)
    {
        var folder = manifest.Folder;
        var (missing, damaged) = (ImmutableArray.CreateBuilder<Shard>(), ImmutableArray.CreateBuilder<string>());
        var (whole, violated) = (new List<string>(), ImmutableArray.CreateBuilder<SweepCell>());
        foreach (var shard in manifest.Shards)
        {
            var cells = manifest.Cells(shard);
            try
            {
                if (ShardFile.Read(folder, shard, cells) is not { } results)
                {
                    missing.Add(shard);
                    continue;
                }

                violated.AddRange(CellVerdict.Violated(manifest, cells, results));
                whole.Add(folder.Finished(shard));
            }
            catch (LedgerException exception)
            {
                damaged.Add(exception.Message);
                missing.Add(shard);
                folder.SetAside(shard);
            }
        }

        if (missing.Count == 0)
        {
            Merge(manifest, whole);
        }

        return new(missing.ToImmutable(), damaged.ToImmutable(), violated.ToImmutable());
    }

    /// <summary>DuckDB reads the lines as they are, drops those that come twice, and puts them in the manifest's order.</summary>
    private static void Merge(SweepManifest manifest, List<string> files)
    {
        using var database = InMemoryDatabase.New();
        database.Open();

        // What does not fit into memory goes beside the results, not into the folder where the command happens to run.
        database.Execute($"SET temp_directory = {LedgerTable.Literal(Path.Combine(manifest.Folder.Root, ".duckdb"))}");
        database.Execute("CREATE TABLE manifest (place INTEGER, cell VARCHAR)");
        using (var rows = database.CreateAppender("manifest"))
        {
            var place = 0;
            foreach (var cell in manifest.Shards.SelectMany(manifest.Cells))
            {
                rows.CreateRow().AppendValue(place++).AppendValue(cell.Id).EndRow();
            }
        }

        database.Execute($"CREATE TABLE results AS SELECT line, json_extract_string(line, '$.cell') AS cell FROM read_csv({LedgerTable.Files(files)}, columns = {{'line': 'VARCHAR'}}, header = false, auto_detect = false, delim = '\u001F', quote = '', escape = '', max_line_size = {LongestLine(files) + 1}) WHERE cell IS NOT NULL");
        AtomicFile.Write(manifest.Folder.Ledger, stream =>
        {
            SweepManifest.Append(stream, manifest.Header, SweepJson.Line.SweepHeader);
            using var query = database.CreateCommand();
            query.CommandText = "SELECT any_value(line) FROM results JOIN manifest USING (cell) GROUP BY place ORDER BY place";
            query.UseStreamingMode = true;
            using var reader = query.ExecuteReader();
            var cells = 0;
            while (reader.Read())
            {
                stream.Write(Encoding.UTF8.GetBytes(reader.GetString(0)));
                stream.WriteByte((byte)'\n');
                cells++;
            }

            if (cells != manifest.Header.Cells)
            {
                throw new SweepException($"{manifest.Folder.Ledger}: DuckDB finds {cells} of {manifest.Header.Cells} cells. This is a defect of the harness.");
            }
        });
    }

    private static int LongestLine(IEnumerable<string> files) => files.Max(path =>
    {
        using var stream = JsonLines.Open(path);
        return JsonLines.Read(stream).Max(line => line.Length);
    });
}

/// <summary>What collecting found.</summary>
/// <param name="Missing">Shards that have to be computed, damaged ones included; none where the ledger was written.</param>
/// <param name="Damaged">Messages about damaged files: which, where, what.</param>
/// <param name="Violated">Cells that refute their claims.</param>
public sealed record CollectedSweep(ImmutableArray<Shard> Missing, ImmutableArray<string> Damaged, ImmutableArray<SweepCell> Violated)
{
    /// <summary>Whether the ledger has every cell.</summary>
    public bool IsComplete => Missing.IsEmpty;
}
