using Harness.Claims;
using NUnit.Framework;

namespace MyClaims;

/// <summary>Every claim of this assembly holds in the gate profile, and everything that breaks it on purpose is refuted.</summary>
public sealed class GateTests
{
    private const ulong Seed = 1;

    private static readonly IReadOnlyList<Claim> All = DeclaredClaims.In(typeof(GateTests).Assembly);

    private static IEnumerable<TestCaseData> Claims() => All.Select(claim => new TestCaseData(claim).SetArgDisplayNames(claim.Id));

    [TestCaseSource(nameof(Claims))]
    public void Claim_InTheGateProfile_HoldsAndItsMutantsDoNot(Claim claim)
    {
        // The chance that this class reports a violation although every claim is true is at most 10⁻⁶, in equal parts.
        var run = new ClaimRun(claim, data: null);
        var outcome = run.Execute(Profile.Gate, Seed, ErrorBudget.PerDecision(run.Decisions * All.Count));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Findings[0].Decision.Verdict, Is.EqualTo(Verdict.Holds), outcome.Findings[0].Decision.Because);
            foreach (var mutant in outcome.Mutants)
            {
                Assert.That(mutant.IsRefuted, Is.True, $"The mutant '{mutant.Name}' survives: {mutant.Decision.Because}");
            }
        }
    }
}
