using System.Collections.Immutable;
using System.Diagnostics;
using Harness.Claims;

namespace Harness.Reports.Runs;

/// <summary>
/// The engine of "this machine": observes every claim, its mutants and the claim on real samples, in rounds, until decided or out of rounds.
/// </summary>
/// <remarks>
/// <para>The canonical order of observations is: round, claim (<see cref="LongestFirst"/>), arm (generated, real samples, mutants), cell, trial. It is a function of the plan and
/// of what was observed, so the stored observations have the same bits with any number of threads, and those of a run that was cut off are a
/// beginning of those of an undisturbed one.</para>
/// <para>Claims that observe times come after all others, in rounds of their own and one trial at a time: a neighbour would be measured with them.</para>
/// </remarks>
public sealed class VerificationRun
{
    private readonly ImmutableArray<ClaimRun> claims;

    /// <summary>Prepares a run; nothing is computed yet.</summary>
    public VerificationRun(RunPlan plan)
    {
        Plan = plan;
        claims = [.. plan.Claims.Where(c => c.Status != ClaimStatus.Refused).Select(c => new ClaimRun(c, plan.Data))];
        FalseAlarm = claims.IsEmpty ? ErrorBudget.FalseViolation : ErrorBudget.PerDecision(claims.Sum(c => c.Decisions));
    }

    /// <summary>What is verified.</summary>
    public RunPlan Plan { get; }

    /// <summary>The level of each decision.</summary>
    public double FalseAlarm { get; }

    /// <summary>The claims of the run with what has been observed so far.</summary>
    public IReadOnlyList<ClaimRun> Claims => claims;

    /// <summary>Runs to the end.</summary>
    /// <param name="threads">Number of worker threads, at least 1; each has at most one trial in flight.</param>
    /// <param name="store">Where observations go, and those of an earlier session come from: these are not computed again.</param>
    /// <param name="progress">Told of every trial and every decision.</param>
    /// <param name="cancellation">Abandons the trials in flight and leaves a store that the next session continues.</param>
    /// <returns>The outcome of every claim, in the order of <see cref="Claims"/>.</returns>
    /// <exception cref="TrialFailedException">A trial threw; everything before it is stored.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImmutableArray<Outcome> Execute(int threads, IObservationStore store, IRunProgress progress, CancellationToken cancellation)
    {
        var outcomes = new Outcome[claims.Length];
        ExecuteRounds(isTimed: false, threads, outcomes, store, progress, cancellation);
        ExecuteRounds(isTimed: true, threads: 1, outcomes, store, progress, cancellation);
        return [.. outcomes];
    }

    /// <summary>Decides on what is stored, complete or not, without computing any trial.</summary>
    /// <param name="find">The stored observation of a trial, or null.</param>
    /// <returns>The outcome of every claim, in the order of <see cref="Claims"/>.</returns>
    public ImmutableArray<Outcome> Recall(Func<WorkItem, Observation?> find)
    {
        foreach (var arm in claims.SelectMany(c => c.Arms))
        {
            for (var round = 0; round < ClaimPlan.Rounds; round++)
            {
                foreach (var observation in arm.NextRound(Plan.Profile).Select(find).OfType<Observation>())
                {
                    arm.Add(observation);
                }
            }
        }

        return [.. claims.Select(c => c.Decide(FalseAlarm))];
    }

    private void ExecuteRounds(bool isTimed, int threads, Outcome[] outcomes, IObservationStore store, IRunProgress progress, CancellationToken cancellation)
    {
        var open = LongestFirst.Order(claims, Plan.Profile).Where(i => claims[i].Claim.IsTimed == isTimed).Select(i => (Claim: i, Arms: claims[i].Arms.ToList())).ToList();
        for (var round = 0; open.Count > 0; round++)
        {
            var trials = open.SelectMany(c => c.Arms.SelectMany(arm => arm.NextRound(Plan.Profile).Select(item => new Pending(c.Claim, arm, item, store.Find(item))))).ToList();
            progress.RoundBegins(round, isTimed, open.Count, trials.Count);
            var left = trials.CountBy(t => t.Claim).ToDictionary();
            OrderedPipeline<Pending, Done>.Run(trials, threads, Observe, Store, cancellation);

            void Store(Pending trial, Done done)
            {
                if (trial.Recorded is null)
                {
                    store.Append(trial.Item, done.Observation);
                }

                var claim = claims[trial.Claim];
                trial.Arm.Add(done.Observation);
                claim.Elapsed += done.Elapsed;
                progress.Observed(trial.Item);
                if (--left[trial.Claim] == 0)
                {
                    outcomes[trial.Claim] = claim.Decide(FalseAlarm);
                    progress.Decided(outcomes[trial.Claim], claim.Elapsed);
                }
            }

            foreach (var (claim, _) in open)
            {
                // A domain without cells in this profile: nothing was observed, and the procedure says so.
                outcomes[claim] ??= claims[claim].Decide(FalseAlarm);
            }

            open = [.. open.Select(c => (c.Claim, Arms: claims[c.Claim].Undecided(outcomes[c.Claim], Plan.Profile).ToList())).Where(c => c.Arms.Count > 0)];
        }
    }

    private Done Observe(Pending trial)
    {
        if (trial.Recorded is not null)
        {
            return new(trial.Recorded, TimeSpan.Zero);
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            return new(trial.Item.Observe(Plan.Seed, Plan.Profile), Stopwatch.GetElapsedTime(start));
        }
        catch (Exception exception)
        {
            throw new TrialFailedException(ReplayKey.Of(trial.Item, Plan.Profile, Plan.Seed), exception);
        }
    }

    /// <summary>A trial of the round, and its observation where an earlier session has it.</summary>
    private sealed record Pending(int Claim, Arm Arm, WorkItem Item, Observation? Recorded);

    private readonly record struct Done(Observation Observation, TimeSpan Elapsed);
}
