using Harness.Core.Data;

namespace Harness.Claims;

/// <summary>What has to be observed to decide a claim, in rounds: each round doubles the trials of the one before, and only the undecided go on.</summary>
public static class ClaimPlan
{
    /// <summary>Rounds at most: a claim that is undecided after 32 times its trials stays undecided. With eight times, two or three true claims of the catalogue's 317 stayed so at a fresh seed of the gate.</summary>
    public const int Rounds = 6;

    /// <summary>Cells of one variant on one kind of samples.</summary>
    /// <remarks>On real samples δ and the output dimension are what the data have; every cell is held out, and constants come from generated instances.</remarks>
    public static IReadOnlyList<Cell> Cells(Claim claim, int variant, Profile profile, DataSet? data)
    {
        var experiment = variant == 0 ? claim.Experiment : claim.Mutants[variant - 1].Experiment;
        return data is null
            ? experiment.Domain.Cells(profile)
            : experiment.Domain.ForData.Cells(profile);
    }

    /// <summary>The trials that a round adds, in the canonical order of the ledger: cell by cell, trial by trial.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="variant">0 for the claim, k for its k-th mutant.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="data">Real samples, or null.</param>
    /// <param name="round">0 for the first.</param>
    public static IEnumerable<WorkItem> Items(Claim claim, int variant, Profile profile, DataSet? data, int round)
    {
        var experiment = variant == 0 ? claim.Experiment : claim.Mutants[variant - 1].Experiment;
        var trials = (int)(data is null ? experiment.Domain : experiment.Domain.ForData).Trials.In(profile);
        var (from, to) = round == 0 ? (0, trials) : (trials << (round - 1), trials << round);
        foreach (var cell in Cells(claim, variant, profile, data))
        {
            for (var trial = from; trial < to; trial++)
            {
                yield return new(claim, variant, cell, trial, data);
            }
        }
    }
}
