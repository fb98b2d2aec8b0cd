using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides "fails with probability at most p": the value is 1 where a trial failed and 0 where it did not, the bound is the p permitted to it.
/// </summary>
/// <remarks>
/// <para>Cells with the same permitted p form a stratum, and every stratum is decided by itself, because failures that a large p permits must not
/// be paid for with the successes of a small one. Each stratum, and each cell, has a <see cref="BernoulliConfidenceSequence"/> for its mean
/// failure probability, compared with the mean of its p; so trials of one cell may have different p (measured margins), and the evidence may be looked at at
/// any time. The level is shared equally over strata and cells.</para>
/// <para><b>Violated</b> iff a lower limit exceeds p. <b>Holds</b> iff the upper limit of every stratum, at
/// <see cref="ErrorBudget.MissedViolation"/>, is at most p: a statement on the mean over the stratum's cells. Else <b>undecided</b>; to show a small p takes about
/// log(1/level)/p trials without a failure, so <see cref="Decision.TrialsNeeded"/> can be large.</para>
/// </remarks>
public sealed class Probability : IDecisionProcedure
{
    private Probability()
    {
    }

    /// <summary>P(failure) ≤ p.</summary>
    public static Probability AtMost { get; } = new();

    /// <inheritdoc/>
    public string Name => "probability";

    /// <inheritdoc/>
    public string InWords => FormattableString.Invariant(
        $"Failures are counted. A confidence sequence, valid at every time at once, bounds the failure probability: violated if it surely exceeds the permitted one, in a cell or over the cells that are permitted the same; holds if, over those cells, it is at most the permitted one with confidence {1 - ErrorBudget.MissedViolation}. To show a small probability p takes about {Math.Log(1 / ErrorBudget.MissedViolation):F0}/p trials without a failure.");

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        if (all.FirstOrDefault(o => o.Value.Midpoint is not (0 or 1) || !(o.Bound.Midpoint >= 0)) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant($"Expected a value of 0 or 1 and a permitted probability; found {odd.Value} and {odd.Bound} at {odd.Variables} (cell {odd.Cell}, trial {odd.Trial})."));
        }

        if (all.FirstOrDefault(o => o.Value.Midpoint == 1 && o.Bound.Midpoint == 0) is { } impossible)
        {
            return new(Verdict.Violated, FormattableString.Invariant($"A failure that has probability 0 occurred at {impossible.Variables} (cell {impossible.Cell}, trial {impossible.Trial}).")) { IsCertified = true };
        }

        ImmutableArray<Stratum> cells = [.. all.GroupBy(o => o.Cell).Select(cell => Stratum.Of(cell))];
        ImmutableArray<Stratum> strata = [.. cells.GroupBy(c => c.Permitted).OrderBy(s => s.Key).Select(s => Stratum.Merge([.. s]))];
        var level = falseAlarm / (cells.Length + strata.Length);
        var broken = strata.Concat(cells).Where(s => s.Sequence.EvidenceAbove(s.Permitted) >= Math.Log(1 / level)).MaxBy(s => s.Sequence.EvidenceAbove(s.Permitted));
        Stratum[] open = [.. strata.Where(s => s.Permitted < 1 && s.Sequence.EvidenceBelow(s.Permitted) < Math.Log(1 / ErrorBudget.MissedViolation))];
        ImmutableArray<Estimate> estimates =
        [
            .. strata.Select(s => new Estimate(
                FormattableString.Invariant($"failure rate (permitted {s.Permitted:G3})"),
                s.Sequence.Failures / s.Sequence.Trials,
                s.Sequence.LowerLimit(ErrorBudget.MissedViolation),
                s.Sequence.UpperLimit(ErrorBudget.MissedViolation))),
        ];

        var decision =
            broken is not null ? new Decision(Verdict.Violated, FormattableString.Invariant($"{broken} failed, permitted are {broken.Permitted:G3}: at level {level:G1} the failure rate is at least {broken.Sequence.LowerLimit(level):G3}."))
            : open.Length == 0 ? new Decision(Verdict.Holds, $"The failure rate is within what is permitted: {string.Join("; ", strata.Select(s => FormattableString.Invariant($"{s} failed, permitted are {s.Permitted:G3}")))}.")
            : new Decision(Verdict.Undecided, FormattableString.Invariant($"{open[0]} failed, permitted are {open[0].Permitted:G3}: too few trials to tell.")) { TrialsNeeded = More(open, level) };
        return decision with { Estimates = estimates, Level = falseAlarm };
    }

    private static int? More(Stratum[] open, double level)
    {
        var needed = open.Max(s => (s.Sequence.TrialsToDecide(s.Permitted, level, ErrorBudget.MissedViolation) - s.Sequence.Trials) / s.Cells);
        return double.IsFinite(needed) ? (int)Math.Clamp(Math.Ceiling(needed), 1, int.MaxValue) : null;
    }

    /// <summary>Failures among trials that are permitted the same probability on average.</summary>
    private sealed record Stratum(BernoulliConfidenceSequence Sequence, double Permitted, int Cells)
    {
        // The first p plus the mean difference from it: equal p keep their exact value, and so their stratum.
        public static Stratum Of(IEnumerable<Observation> trials)
        {
            Observation[] cell = [.. trials];
            var first = Math.Min(cell[0].Bound.Midpoint, 1);
            return new(new(cell.Count(o => o.Value.Midpoint == 1), cell.Length), first + cell.Average(o => Math.Min(o.Bound.Midpoint, 1) - first), 1);
        }

        public static Stratum Merge(Stratum[] cells) =>
            new(new(cells.Sum(c => c.Sequence.Failures), cells.Sum(c => c.Sequence.Trials)), cells[0].Permitted, cells.Length);

        public override string ToString() => FormattableString.Invariant($"{Sequence.Failures} of {Sequence.Trials} trials");
    }
}
