using Harness.Claims;
using Harness.Reports.Runs;

namespace Harness.ReportsChecks.Runs;

/// <summary>Keeps what a run told.</summary>
internal sealed class RecordedProgress : IRunProgress
{
    public List<(int Round, int Claims, int Trials)> Rounds { get; } = [];

    public int Trials { get; private set; }

    public List<(string Claim, Verdict Verdict)> Decisions { get; } = [];

    public void RoundBegins(int round, bool isTimed, int claims, int trials) => Rounds.Add((round, claims, trials));

    public void Observed(WorkItem item) => Trials++;

    public void Decided(Outcome outcome, TimeSpan elapsed) => Decisions.Add((outcome.Claim.Id, outcome.Verdict));
}
