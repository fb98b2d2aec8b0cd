using System.Collections.Immutable;
using Harness.Claims;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>Computes shards: what every engine runs, on this machine or on any other.</summary>
/// <remarks>
/// A cell's line reaches the operating system before the next cell begins, in a part of the task's own. A task that is killed loses the cell that it was in; the next one takes over what the longest part holds.
/// </remarks>
/// <param name="manifest">The sweep.</param>
public sealed class ShardWorker(SweepManifest manifest)
{
    /// <summary>Computes a shard, or what is left of it.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="progress">Told the number of finished cells, those of earlier tasks included, after every cell.</param>
    /// <param name="cancellation">Stops after the trial in flight; what is finished is kept.</param>
    /// <returns>The cells that are violated on their own: there the claim is refuted, and computing them again would find the same.</returns>
    /// <exception cref="SweepException">A trial threw; the cells before it are kept.</exception>
    /// <exception cref="LedgerException">The results cannot be written; the cells before are kept.</exception>
    public ImmutableArray<SweepCell> Run(Shard shard, IProgress<int> progress, CancellationToken cancellation)
    {
        var (folder, cells) = (manifest.Folder, manifest.Cells(shard));
        if (Finished(shard, cells) is { } finished)
        {
            progress.Report(cells.Count);
            return CellVerdict.Violated(manifest, cells, finished);
        }

        List<ResultLine> results = [.. ShardFile.ReadUnfinished(folder, shard, cells)];
        var part = folder.NewPart(shard);
        using (var lines = JsonLinesAppender.Open(part))
        {
            foreach (var result in results)
            {
                lines.Append(result, SweepJson.Line.ResultLine);
            }

            progress.Report(results.Count);
            foreach (var cell in cells.Skip(results.Count))
            {
                results.Add(new(cell.Id, [.. Enumerable.Range(0, cell.Trials).Select(trial => TrialLine.Of(Observe(cell, trial, cancellation)))]));
                lines.Append(results[^1], SweepJson.Line.ResultLine);
                progress.Report(results.Count);
            }
        }

        ShardFile.Finish(folder, shard, part);
        return CellVerdict.Violated(manifest, cells, results);
    }

    /// <summary>A finished shard whose file is whole; a damaged file is set aside, so that it is computed again.</summary>
    private IReadOnlyList<ResultLine>? Finished(Shard shard, IReadOnlyList<SweepCell> cells)
    {
        try
        {
            return ShardFile.Read(manifest.Folder, shard, cells);
        }
        catch (LedgerException)
        {
            manifest.Folder.SetAside(shard);
            return null;
        }
    }

    private static Observation Observe(SweepCell cell, int trial, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return cell.Observe(trial);
    }
}
