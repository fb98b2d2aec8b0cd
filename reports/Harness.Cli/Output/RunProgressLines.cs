using System.Globalization;
using Harness.Claims;
using Harness.Reports.Runs;

namespace Harness.Cli.Output;

/// <summary>Progress for a log: a line when a round begins and a line for every claim that is decided.</summary>
internal sealed class RunProgressLines(TextWriter writer) : IRunProgress
{
    private int claims;
    private int decided;

    /// <inheritdoc/>
    public void RoundBegins(int round, bool isTimed, int claims, int trials)
    {
        (this.claims, decided) = (claims, 0);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Words.Round(round, isTimed)}: {trials} trials of {claims} claims"));
    }

    /// <inheritdoc/>
    public void Observed(WorkItem item)
    {
    }

    /// <inheritdoc/>
    public void Decided(Outcome outcome, TimeSpan elapsed) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {++decided}/{claims}  {outcome.Claim.Id}  {Words.Of(outcome.Verdict)}  {elapsed.TotalSeconds:0.0} s"));
}
