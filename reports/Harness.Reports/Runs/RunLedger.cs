using Harness.Claims;
using Harness.Reports.Ledger;

namespace Harness.Reports.Runs;

/// <summary>A session of a run that keeps its observations, verdicts and times in the ledger of a folder.</summary>
public sealed class RunLedger : IObservationStore, IDisposable
{
    private readonly RunPlan plan;
    private readonly LedgerWriter writer;

    private RunLedger(RunPlan plan, LedgerWriter writer) => (this.plan, this.writer) = (plan, writer);

    /// <summary>Begins a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="plan">What it verifies.</param>
    /// <param name="dataSha256">Fingerprint of the file of samples; null where the plan has none.</param>
    /// <param name="threads">Trials at a time, for the record.</param>
    /// <exception cref="LedgerException">The folder has a run, or cannot be written.</exception>
    public static RunLedger Begin(string folder, RunPlan plan, string? dataSha256, int threads) =>
        new(plan, LedgerWriter.Begin(folder, Identity(plan, dataSha256), SessionProvenance.Capture(threads)));

    /// <summary>Continues a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="plan">What it verifies: the same as before.</param>
    /// <param name="dataSha256">Fingerprint of the file of samples; null where the plan has none.</param>
    /// <param name="threads">Trials at a time, for the record.</param>
    /// <exception cref="LedgerException">The folder has a run of something else, or cannot be written.</exception>
    public static RunLedger Resume(string folder, RunPlan plan, string? dataSha256, int threads) =>
        new(plan, LedgerWriter.Resume(folder, Identity(plan, dataSha256), SessionProvenance.Capture(threads)));

    /// <inheritdoc/>
    public Observation? Find(WorkItem item) => writer.Find(Key(item));

    /// <inheritdoc/>
    public void Append(WorkItem item, Observation observation)
    {
        if (item.Claim.IsTimed)
        {
            writer.AppendMeasurement(Key(item), observation);
        }
        else
        {
            writer.Append(Key(item), observation);
        }
    }

    /// <summary>Keeps the verdicts of a run that came to its end.</summary>
    public void Conclude(IEnumerable<Outcome> outcomes) => writer.WriteVerdicts(outcomes);

    /// <summary>Keeps the times that the claims took in this session, at its end or where it was stopped.</summary>
    public void KeepTimes(VerificationRun run)
    {
        foreach (var claim in run.Claims.Where(c => c.Elapsed > TimeSpan.Zero))
        {
            writer.RecordTime(claim.Claim.Id, claim.Elapsed);
        }
    }

    /// <summary>Ends the session.</summary>
    public void Dispose() => writer.Dispose();

    private static RunIdentity Identity(RunPlan plan, string? dataSha256) =>
        RunIdentity.Of(plan.Claims, plan.Profile, plan.Seed, plan.Data is { } data ? DataIdentity.Of(data, dataSha256!) : null, plan.Assembly);

    private ReplayKey Key(WorkItem item) => ReplayKey.Of(item, plan.Profile, plan.Seed);
}
