namespace Harness.Reports.Sweeps;

/// <summary>What makes tasks compute the shards of a sweep.</summary>
public interface ISweepEngine
{
    /// <summary>Computes every shard that is not finished.</summary>
    /// <param name="manifest">The sweep.</param>
    /// <param name="progress">Told how far tasks and cells are.</param>
    /// <param name="cancellation">Stops the tasks; what they finished is kept.</param>
    /// <exception cref="SweepException">Tasks failed and were not to be repeated, or failed too often.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Run(SweepManifest manifest, IProgress<SweepProgress> progress, CancellationToken cancellation);
}

/// <summary>How far a sweep is.</summary>
/// <param name="Waiting">Tasks that have not begun.</param>
/// <param name="Running">Tasks at work.</param>
/// <param name="Cells">Cells with results.</param>
public readonly record struct SweepProgress(int Waiting, int Running, int Cells);
