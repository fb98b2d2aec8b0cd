using System.Collections.Immutable;
using Harness.Core.Data;

namespace Harness.Claims;

/// <summary>
/// A claim in a run: its arms, what was observed in them, and what that decides.
/// </summary>
/// <remarks>
/// The outcome is a function of the observations alone, so that a ledger decides the same today and when it is read again.
/// </remarks>
public sealed class ClaimRun
{
    /// <summary>Opens the arms of a claim: generated instances, real samples where there are any and the claim takes them, and every mutant that needs trials of its own.</summary>
    public ClaimRun(Claim claim, DataSet? data)
    {
        Claim = claim;
        Own = new(claim, 0, null);
        OnData = data is not null && claim.Experiment.Takes(data) ? new(claim, 0, data) : null;
        Mutants = [.. claim.Mutants.Select((mutant, k) => mutant.ReusesObservations ? null : new Arm(claim, k + 1, null))];
    }

    /// <summary>The claim.</summary>
    public Claim Claim { get; }

    /// <summary>The claim on generated instances.</summary>
    public Arm Own { get; }

    /// <summary>The claim on real samples; null where it is not tried on any.</summary>
    public Arm? OnData { get; }

    /// <summary>The claim's mutants in order; null for one that is decided on the observations of <see cref="Own"/>.</summary>
    public ImmutableArray<Arm?> Mutants { get; }

    /// <summary>Every arm in the order of the ledger.</summary>
    public IEnumerable<Arm> Arms => new[] { Own, OnData }.Concat(Mutants).OfType<Arm>();

    /// <summary>Time spent in trials, summed over threads and sessions.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>How many decisions could wrongly report a violation: one for each kind of samples in each round, since every round looks anew.</summary>
    public int Decisions => (OnData is null ? 1 : 2) * ClaimPlan.Rounds;

    /// <summary>Decides the claim and its mutants on everything that was observed so far.</summary>
    /// <param name="falseAlarm">Level of each decision.</param>
    public Outcome Decide(double falseAlarm)
    {
        var findings = ImmutableArray.Create(Outcome.Decide(Claim, Own.On, Own.Observations, [], falseAlarm));
        if (OnData is not null)
        {
            findings = findings.Add(Outcome.Decide(Claim, OnData.On, Own.Observations, OnData.Observations, falseAlarm));
        }

        return new(
            Claim, findings, [.. Claim.Mutants.Zip(Mutants, (mutant, arm) => Outcome.Decide(Claim, mutant, Own.Observations, arm?.Observations ?? [], falseAlarm))]);
    }

    /// <summary>
    /// Observes and decides on the calling thread, round by round, until decided or out of rounds: the whole of a gate in a unit test.
    /// </summary>
    /// <param name="profile">How much is tried.</param>
    /// <param name="seed">Seed of every random number.</param>
    /// <param name="falseAlarm">Level of each decision.</param>
    public Outcome Execute(Profile profile, ulong seed, double falseAlarm)
    {
        List<Arm> open = [.. Arms];
        while (true)
        {
            foreach (var arm in open)
            {
                foreach (var item in arm.NextRound(profile))
                {
                    arm.Add(item.Observe(seed, profile));
                }
            }

            var outcome = Decide(falseAlarm);
            open = [.. Undecided(outcome, profile)];
            if (open.Count == 0)
            {
                return outcome;
            }
        }
    }

    /// <summary>The arms that another round of trials may still decide.</summary>
    public IEnumerable<Arm> Undecided(Outcome outcome, Profile profile)
    {
        var decisions = outcome.Findings.Zip(new[] { Own, OnData }.OfType<Arm>(), (finding, arm) => (Arm: arm, finding.Decision))
            .Concat(outcome.Mutants.Zip(Mutants, (mutant, arm) => (Arm: arm ?? Own, mutant.Decision)));
        return decisions.Where(d => d.Arm.CanStillDecide(d.Decision, profile)).Select(d => d.Arm).Distinct();
    }
}
