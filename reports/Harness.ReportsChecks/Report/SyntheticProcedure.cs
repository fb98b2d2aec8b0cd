using Harness.Claims;

namespace Harness.ReportsChecks.Report;

/// <summary>A procedure that decides nothing: the report is given its decisions, so its checks need only how a procedure introduces itself.</summary>
internal sealed class SyntheticProcedure(string name, string inWords, bool calibrates = false) : IDecisionProcedure
{
    public string Name => name;

    public string InWords => inWords;

    public bool Calibrates => calibrates;

    public Decision Decide(Evidence evidence, double falseAlarm) => throw new InvalidOperationException("The report must not decide anything.");
}
