using Harness.Claims;
using Harness.Core.Enclosures;

namespace Harness.ReportsChecks.Runs;

/// <summary>Claims about uniform random numbers, cheap and of known truth, to run engines on.</summary>
internal static class SyntheticClaims
{
    private static readonly Paper Paper = new("synthetic", "Nobody", "On uniform numbers", "none");

    /// <summary>"u is at most 1", observed as a uniform number times <paramref name="factor"/>; true for factors up to 1.</summary>
    /// <param name="id">Id.</param>
    /// <param name="factor">Above 1 the claim is false, and most trials show it.</param>
    /// <param name="needed">Trials that the procedure wants before it decides.</param>
    /// <param name="takesData">Whether real samples serve.</param>
    /// <param name="before">Called in every trial before it is measured.</param>
    /// <param name="width">The largest width.</param>
    public static Claim AtMostOne(string id, double factor = 1, int needed = 1, bool takesData = false, Action<Trial>? before = null, int width = 64)
    {
        var domain = Domain.Filling(3, 2, new VariableRange("n", 2, 8, IsInteger: true), new VariableRange("m", 16, width, IsInteger: true));
        domain = domain.OnData(domain);
        var instances = new Generator<Trial>(domain, "numbers drawn uniformly from (0, 1)", takesData, trial => trial);
        return Claim.Named(id).From(Paper, "Lemma 1", "S01").States("u ≤ 1").Given(instances)
            .Observes("u", trial => See(trial, factor, before))
            .Against("1", _ => 1)
            .DecidedBy(new CountedInequality(needed))
            .RefutedWhen("the bound is zero", _ => 0)
            .RefutedWhen("u is 1 larger", trial => Ball.Exactly(1 + trial.Random("u").Uniform(0)))
            .Build();
    }

    /// <summary>A claim on a time, which is uniform too.</summary>
    /// <param name="id">Id.</param>
    /// <param name="before">Called in every trial before it is measured.</param>
    public static Claim Timed(string id, Action<Trial>? before = null) => Claim.Named(id).From(Paper, "Lemma 2", "S02").States("t ≤ 1")
        .Given(new Generator<Trial>(Domain.Filling(3, 2, new VariableRange("n", 2, 8, IsInteger: true)), "numbers drawn uniformly from (0, 1)", takesData: false, trial => trial))
        .ObservesTime("t", trial => See(trial, factor: 1, before))
        .Against("1", _ => 1)
        .DecidedBy(new CountedInequality(1))
        .RefutedWhen("the bound is zero", _ => 0)
        .Build();

    private static Measurement See(Trial trial, double factor, Action<Trial>? before)
    {
        before?.Invoke(trial);
        return new(Ball.Exactly(factor * trial.Random("u").Uniform(0))) { Series = [trial.Random("u").Uniform(1), double.NaN] };
    }

    /// <summary>Every value at most its bound; undecided below a number of trials in all.</summary>
    private sealed class CountedInequality(int needed) : IDecisionProcedure
    {
        public string Name => "inequality";

        public string InWords => $"every value is at most its bound, on at least {needed} trials";

        public bool Calibrates => false;

        public Decision Decide(Evidence evidence, double falseAlarm) =>
            evidence.HeldOut.Any(o => o.Value.Lower > o.Bound.Upper) ? new(Verdict.Violated, "A value exceeds its bound.") { IsCertified = true }
            : evidence.HeldOut.Count < needed ? new(Verdict.Undecided, "Too few trials.") { TrialsNeeded = (needed - evidence.HeldOut.Count + 2) / 3 }
            : new(Verdict.Holds, "Every value is at most its bound.") { IsCertified = true };
    }
}
