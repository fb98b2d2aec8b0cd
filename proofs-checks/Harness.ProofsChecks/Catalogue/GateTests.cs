using Harness.Claims;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Catalogue;

/// <summary>
/// The catalogue as a gate: every claim holds on generated instances in the gate profile, and every mutant of it is refuted by the same procedure.
/// </summary>
/// <remarks>
/// The seed is fixed, so a failure repeats. At a fresh seed the chance that a true claim is called violated is at most 10⁻⁶ over the whole catalogue
/// (<see cref="ErrorBudget"/>). A failure prints what <c>harness replay</c> needs. Timed claims are left to <c>harness verify</c>: a build never waits on the clock of the machine that it runs on.
/// </remarks>
[Parallelizable(ParallelScope.Children)]
public sealed class GateTests
{
    private const ulong Seed = 20181109;

    /// <summary>Claims whose two sides could be enclosed and are observed in plain doubles still: their verdicts say so, and none of them is called certified. The first is observed from below only; an enclosure would cost m times as much.</summary>
    private static readonly string[] NotEnclosed =
    [
        "azls.intermediate-spectral-norm",
        "azls.angle-map-depth",
        "azls.backward-perturbation",
        "azls.bounded-loss",
        "azls.classification",
        "azls.gradient-dominant-loss",
        "azls.initial-gradient-upper-bound",
        "azls.linearisation",
        "azls.perturbed-products",
        "azls.polynomial-operations",
        "azls.polynomial-steps",
        "azls.separation-failures",
        "azls.sgd-convergence",
        "azls.sparse-backward-pairs",
        "azls.sparse-forward-pairs",
        "dzps.kernel-perturbation",
        "dzps.linear-convergence",
        "dzps.movement",
        "dzps.neuron-movement",
        "ms.screening-above-gap",
        "ms.screening-every-gap",
        "ms.screening-inside-gap",
        "edr.sphere-closed-form",
        "edr.sphere-parity",
        "jk.width-threshold",
    ];

    /// <summary>Everything but statistics is decided on enclosures, with the exceptions that are listed.</summary>
    private static bool IsEnclosed(Claim claim) => claim.Procedure is Inequality or Identity or HiddenConstant or Rate or CostCount && !NotEnclosed.Contains(claim.Id);

    private static IEnumerable<TestCaseData> Claims() => Harness.Claims.Catalogue.Catalogue.All
        .Where(claim => claim.Status == ClaimStatus.Gating && !claim.IsTimed)
        .Select(claim => new TestCaseData(claim).SetArgDisplayNames(claim.Id));

    [TestCaseSource(nameof(Claims))]
    public void Claim_InTheGateProfile_HoldsAndItsMutantsDoNot(Claim claim)
    {
        var run = new ClaimRun(claim, data: null);
        var outcome = run.Execute(Profile.Gate, Seed, ErrorBudget.PerDecision(run.Decisions * Harness.Claims.Catalogue.Catalogue.All.Count));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Findings[0].Decision.Verdict, Is.EqualTo(Verdict.Holds), $"{outcome.Findings[0].Decision.Because} (harness verify {claim.Id} --profile gate --seed {Seed} --data none)");
            Assert.That(outcome.IsCertified, Is.EqualTo(IsEnclosed(claim)), outcome.Sense);
            foreach (var mutant in outcome.Mutants)
            {
                Assert.That(mutant.IsRefuted, Is.True, $"The mutant '{mutant.Name}' survives: {mutant.Decision.Because}");
            }
        }
    }
}
