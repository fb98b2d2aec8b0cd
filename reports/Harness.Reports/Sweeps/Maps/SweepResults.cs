using System.Collections.Immutable;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>What a sweep has observed so far, finished or not. Files are read and none is changed.</summary>
/// <param name="Trials">Observed values and bounds by cell.</param>
/// <param name="Damaged">Messages about damaged files, whose cells count as missing.</param>
internal sealed record SweepResults(IReadOnlyDictionary<string, ImmutableArray<ObservedTrial>> Trials, ImmutableArray<string> Damaged)
{
    /// <summary>Reads every shard, those included that are under way.</summary>
    /// <exception cref="LedgerException">The manifest is damaged.</exception>
    public static SweepResults Read(SweepManifest manifest)
    {
        var (trials, damaged) = (new Dictionary<string, ImmutableArray<ObservedTrial>>(), ImmutableArray.CreateBuilder<string>());
        foreach (var shard in manifest.Shards)
        {
            var cells = manifest.Cells(shard);
            try
            {
                foreach (var line in ShardFile.Read(manifest.Folder, shard, cells) ?? ShardFile.ReadUnfinished(manifest.Folder, shard, cells))
                {
                    trials[line.Cell] = [.. line.Trials.Select(trial => new ObservedTrial(trial.Value, trial.Bound))];
                }
            }
            catch (LedgerException exception)
            {
                damaged.Add(exception.Message);
            }
        }

        return new(trials, damaged.ToImmutable());
    }
}

/// <summary>One trial of a cell.</summary>
/// <param name="Value">What was observed.</param>
/// <param name="Bound">What it is held against.</param>
internal readonly record struct ObservedTrial(double Value, double Bound)
{
    /// <summary>The number that a map shows of the trial.</summary>
    public double Of(PanelQuantity quantity) => quantity switch
    {
        PanelQuantity.Success => 1 - Value,
        PanelQuantity.Value => Value,
        _ => Value / Bound,
    };
}
