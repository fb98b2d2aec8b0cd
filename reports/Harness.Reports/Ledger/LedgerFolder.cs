namespace Harness.Reports.Ledger;

/// <summary>The files of a ledger in the folder of a run.</summary>
/// <remarks>
/// Observations and verdicts are kept apart from the record of sessions, so that what the seed determines is never mixed with what the machine,
/// the threads or the time of day determine: the first two are compared between machines byte by byte. Timed claims (<see cref="Harness.Claims.Claim.IsTimed"/>) have files of the same
/// form to themselves, in which no two runs agree; they are there only where such a claim was tried.
/// </remarks>
public static class LedgerFolder
{
    /// <summary>The header of the run, then one line a trial.</summary>
    public static string Observations(string folder) => Path.Combine(folder, "observations.jsonl");

    /// <summary>The header of the run, then one line a finding, a mutant and a claim.</summary>
    public static string Verdicts(string folder) => Path.Combine(folder, "verdicts.jsonl");

    /// <summary>The header of the run, then one line a trial of a timed claim.</summary>
    public static string Measurements(string folder) => Path.Combine(folder, "measurements.jsonl");

    /// <summary>The header of the run, then the verdicts of timed claims.</summary>
    public static string MeasuredVerdicts(string folder) => Path.Combine(folder, "measured-verdicts.jsonl");

    /// <summary>One line a session that worked on the run, and the times it took.</summary>
    public static string Sessions(string folder) => Path.Combine(folder, "provenance.jsonl");

    /// <summary>Locked by the process that writes; empty, and left behind, because removing a lock file that others may hold open breaks the lock.</summary>
    internal static string Lock(string folder) => Path.Combine(folder, "ledger.lock");
}
