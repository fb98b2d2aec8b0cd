using System.Security.Cryptography;
using System.Text.Json;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>The file of a finished shard: one line a cell, in order, and a last line with the SHA-256 of what is before it.</summary>
/// <remarks>
/// Its name says what was computed, and its bytes depend on that alone: whoever computes it, however often it was stopped on the way, the same file comes out. So two that arrive together do no harm.
/// </remarks>
internal static class ShardFile
{
    /// <summary>Writes the file of a shard from what its part holds, and removes every part.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="part">A part that holds all of its cells; closed.</param>
    /// <exception cref="IOException">The disk is full, or the file cannot be written. The part is left.</exception>
    public static void Finish(SweepFolder folder, Shard shard, string part)
    {
        try
        {
            using var stream = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var hash = SHA256.HashData(stream);
            stream.Seek(0, SeekOrigin.End);
            SweepManifest.Append(stream, new ShardEnd(Convert.ToHexStringLower(hash)), SweepJson.Line.ShardEnd);
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            File.Move(part, folder.Finished(shard), overwrite: true);
        }
        catch (FileNotFoundException) when (File.Exists(folder.Finished(shard)))
        {
            // Another task came first and cleared the parts away; its file is the same.
        }

        foreach (var left in folder.Unfinished(shard))
        {
            File.Delete(left);
        }
    }

    /// <summary>The results of a finished shard.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="cells">Its cells' ids, in order.</param>
    /// <returns>The results; null where the shard is not finished.</returns>
    /// <exception cref="LedgerException">The file is truncated or damaged, or holds other cells.</exception>
    public static IReadOnlyList<ResultLine>? Read(SweepFolder folder, Shard shard, IReadOnlyList<SweepCell> cells)
    {
        var path = folder.Finished(shard);
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = JsonLines.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (results, bytes) = (new List<ResultLine>(cells.Count), 0L);
        foreach (var (k, line) in JsonLines.Read(stream).Index())
        {
            if (k == cells.Count)
            {
                var end = JsonLines.Parse(line, SweepJson.Line.ShardEnd, path, k + 1, e => e);
                return end.Sha256 == Convert.ToHexStringLower(hash.GetHashAndReset()) && bytes + line.Length + 1 == stream.Length ? results : throw LedgerException.At(path, k + 1, "its content is not what was written: the SHA-256 or the length differs.");
            }

            bytes += line.Length + 1;
            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
            results.Add(JsonLines.Parse(line, SweepJson.Line.ResultLine, path, k + 1, r => r));
            if (results[^1].Cell != cells[k].Id || results[^1].Trials.Length != cells[k].Trials)
            {
                throw LedgerException.At(path, k + 1, $"it is not the result of cell {cells[k].Id}.");
            }
        }

        throw LedgerException.At(path, results.Count + 1, "the file ends before its last line.");
    }

    /// <summary>The results of an unfinished shard: those of its longest part.</summary>
    public static IReadOnlyList<ResultLine> ReadUnfinished(SweepFolder folder, Shard shard, IReadOnlyList<SweepCell> cells) =>
        folder.Unfinished(shard).Select(part => ReadPart(part, cells)).MaxBy(part => part.Count) ?? [];

    /// <summary>The results of the shard's first cells that a part holds: up to the first line that is torn, damaged or of another cell.</summary>
    public static IReadOnlyList<ResultLine> ReadPart(string part, IReadOnlyList<SweepCell> cells)
    {
        List<ResultLine> results = [];
        try
        {
            using var stream = JsonLines.Open(part);
            foreach (var (line, cell) in JsonLines.Read(stream).Zip(cells))
            {
                if (JsonSerializer.Deserialize(line.Span, SweepJson.Line.ResultLine) is not { } result || result.Cell != cell.Id || result.Trials.Length != cell.Trials)
                {
                    break;
                }

                results.Add(result);
            }
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            // What follows a torn line was never counted, and a part that is gone was finished by another task.
        }

        return results;
    }
}
