using Harness.Core.Data;

namespace Harness.Claims;

/// <summary>
/// An arm of a claim's experiment: the claim itself on generated instances, the claim on real samples, or one of its mutants.
/// </summary>
/// <param name="claim">The claim.</param>
/// <param name="variant">0 for the claim itself, k for its k-th mutant.</param>
/// <param name="data">Real samples, or null where instances are generated.</param>
public sealed class Arm(Claim claim, int variant, DataSet? data)
{
    private readonly List<Observation> observations = [];

    /// <summary>The claim.</summary>
    public Claim Claim { get; } = claim;

    /// <summary>0 for the claim itself, k for its k-th mutant.</summary>
    public int Variant { get; } = variant;

    /// <summary>Real samples, or null where instances are generated.</summary>
    public DataSet? Data { get; } = data;

    /// <summary><see cref="Finding.Generated"/>, or the name of the data set.</summary>
    public string On => Data?.Name ?? Finding.Generated;

    /// <summary>What was observed, round by round and in each round cell by cell: the order of the ledger.</summary>
    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>The experiment: the claim's own or the mutant's.</summary>
    public Experiment Experiment => Variant == 0 ? Claim.Experiment : Claim.Mutants[Variant - 1].Experiment;

    /// <summary>Rounds of trials that were begun.</summary>
    public int Rounds { get; private set; }

    /// <summary>Opens the next round and returns its trials.</summary>
    public IEnumerable<WorkItem> NextRound(Profile profile) => ClaimPlan.Items(Claim, Variant, profile, Data, Rounds++);

    /// <summary>Whether the trials that a decision asks for are within the rounds that are left.</summary>
    /// <param name="decision">The decision on this arm.</param>
    /// <param name="profile">The profile, which fixes the trials of the first round.</param>
    public bool CanStillDecide(Decision decision, Profile profile)
    {
        var domain = Data is null ? Experiment.Domain : Experiment.Domain.ForData;
        var first = (long)domain.Trials.In(profile);
        var (done, most) = (first << (Rounds - 1), first << (ClaimPlan.Rounds - 1));
        return decision is { Verdict: Verdict.Undecided, TrialsNeeded: { } more } && done + more <= most;
    }

    /// <summary>Records the next observation; they come in the order of <see cref="NextRound"/>.</summary>
    public void Add(Observation observation) => observations.Add(observation);
}
