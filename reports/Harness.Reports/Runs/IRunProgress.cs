using Harness.Claims;

namespace Harness.Reports.Runs;

/// <summary>What a run tells while it goes on. Called by one thread at a time, in the order of the ledger; an implementation must be quick.</summary>
public interface IRunProgress
{
    /// <summary>A round of trials begins.</summary>
    /// <param name="round">0 for the first.</param>
    /// <param name="isTimed">Whether times are observed; such rounds come last, counted from 0 again.</param>
    /// <param name="claims">How many claims are tried in it.</param>
    /// <param name="trials">How many trials it has.</param>
    void RoundBegins(int round, bool isTimed, int claims, int trials);

    /// <summary>One more trial of the round is in the ledger.</summary>
    void Observed(WorkItem item);

    /// <summary>The claim's trials of the round are complete and decide it so far; an undecided one may go on in the next round.</summary>
    void Decided(Outcome outcome, TimeSpan elapsed);
}
