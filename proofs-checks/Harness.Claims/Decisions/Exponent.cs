using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides a scaling law: on a ladder of one variable x the observed y follows xᵖ with a stated exponent. The bound of the observation is not read.
/// </summary>
/// <remarks>
/// <para>Every rung enters by a robust location of log y (<see cref="HuberLocation"/>: outliers in fewer than half of the trials of a rung do no
/// harm), the exponent and its interval come from <see cref="PowerLawFit"/>, with a fixed offset where <see cref="WithOffset"/> allows for one.</para>
/// <para><b>Change of regime.</b> If the scatter of the rungs about the fit exceeds what the trials' scatter explains, and dropping the mild half of the ladder moves the exponent by more
/// than half the margin, one exponent does not describe the ladder. The same is asked of every tail of it, and the exponent reported is that of the
/// tail, among those that one exponent describes, with the narrowest interval; without any the verdict is undecided. The tests of lack of fit and the level are
/// shared over the possible tails. A lack of fit that chance brings about in more than one of a thousand ladders is looked at again with twice the trials.</para>
/// <para><b>Violated</b> iff the interval at <c>falseAlarm</c> lies wholly beyond the stated exponent and its margin; <b>holds</b> iff the interval at
/// <see cref="ErrorBudget.MissedViolation"/> on either side lies wholly within (two one-sided tests of equivalence: Schuirmann, J. Pharmacokin. Biopharm. 15, 1987);
/// else undecided.</para>
/// </remarks>
public sealed class Exponent : IDecisionProcedure
{
    /// <summary>Level from which on more trials are not expected to take a lack of fit away: <see cref="ErrorVariance.Significance"/> finds one in 5 % of the ladders that have none.</summary>
    private const double ChanceOfMisfit = 0.001;

    private readonly string symbol;
    private readonly double least;
    private readonly double most;
    private readonly double margin;
    private readonly bool offset;

    private Exponent(string symbol, double least, double most, double margin, bool offset)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin, "within");
        (this.symbol, this.least, this.most, this.margin, this.offset) = (symbol, least, most, margin, offset);
    }

    /// <summary>The same statement on a quantity that contains a fixed part: y = a + b·xᵖ with a ≥ 0, such as a time with a fixed overhead.</summary>
    public Exponent WithOffset => new(symbol, least, most, margin, offset: true);

    /// <inheritdoc/>
    public string Name => "exponent";

    /// <inheritdoc/>
    public string InWords => FormattableString.Invariant(
        $"The exponent of {symbol} is fitted to robust means of the ladder's rungs{(offset ? ", above a fixed offset" : "")}, on the tail of the ladder where one exponent describes it: holds if its interval at confidence {1 - (2 * ErrorBudget.MissedViolation)} lies {Range}, violated if its interval at the level of the run lies wholly outside, undecided if no single exponent fits.");

    /// <inheritdoc/>
    public bool Calibrates => false;

    private string Range =>
        double.IsInfinity(least) ? FormattableString.Invariant($"at or below {most - margin:G3} + {margin:G3}")
        : double.IsInfinity(most) ? FormattableString.Invariant($"at or above {least + margin:G3} − {margin:G3}")
        : FormattableString.Invariant($"within {(least + most) / 2:G3} ± {margin:G3}");

    /// <summary>y ~ x^<paramref name="value"/>.</summary>
    /// <param name="value">The exponent.</param>
    /// <param name="within">Margin of equivalence: how far the slope over the tried range may be from its limit.</param>
    /// <param name="ladder">Symbol of the ladder's variable.</param>
    public static Exponent EqualTo(double value, double within, string ladder) => new(ladder, value - within, value + within, within, offset: false);

    /// <summary>y = O(x^<paramref name="value"/>).</summary>
    /// <inheritdoc cref="EqualTo"/>
    public static Exponent AtMost(double value, double within, string ladder) => new(ladder, double.NegativeInfinity, value + within, within, offset: false);

    /// <summary>y = Ω(x^<paramref name="value"/>).</summary>
    /// <inheritdoc cref="EqualTo"/>
    public static Exponent AtLeast(double value, double within, string ladder) => new(ladder, value - within, double.PositiveInfinity, within, offset: false);

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        if (all.FirstOrDefault(o => !(o.Value.Midpoint > 0) || !double.IsFinite(o.Value.Midpoint) || !o.Variables.TryGet(symbol, out var x) || !(x > 0)) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant($"A power law needs positive values; found {odd.Value} at {odd.Variables} (cell {odd.Cell}, trial {odd.Trial})."));
        }

        var rungs = Rungs(all);
        var fewest = offset ? 4 : 3;
        if (rungs.Length < fewest || rungs[0].X[0] == rungs[^1].X[0])
        {
            return new(Verdict.Undecided, $"A power law in {symbol} needs at least {fewest} rungs; there are {rungs.Length}.");
        }

        var tails = rungs.Length - fewest + 1;
        var fits = Enumerable.Range(0, tails)
            .Select(from => (Dropped: from, Tail: rungs[from..], Fit: new PowerLawFit(rungs[from..], offset, ErrorVariance.Significance / tails)))
            .Where(f => !f.Fit.Error.Misfits || IsSteady(f.Tail, f.Fit, fewest))
            .ToArray();
        if (fits.Length > 0)
        {
            var (dropped, tail, fit) = fits.MinBy(f => f.Fit.Interval(ErrorBudget.MissedViolation) is var (lower, upper) ? upper - lower : 0);
            return Decide(fit, tail, dropped, falseAlarm / (2 * tails)) with { Level = falseAlarm };
        }

        var isByChance = Enumerable.Range(0, tails).Any(from => !new PowerLawFit(rungs[from..], offset, ChanceOfMisfit / tails).Error.Misfits);
        var (mild, limit) = (PowerLawFit.LogSlope(rungs[..((rungs.Length + 1) / 2)]), PowerLawFit.LogSlope(rungs[(rungs.Length / 2)..]));
        return new(Verdict.Undecided, FormattableString.Invariant($"No single exponent of {symbol} fits the ladder or its tail: the slope is {mild:F2} over its mild half and {limit:F2} over the other."))
        {
            Estimates = [new($"slope in {symbol}, mild half", mild, mild, mild), new($"slope in {symbol}, half near the limit", limit, limit, limit)],
            TrialsNeeded = isByChance ? rungs.Min(r => r.Trials) : null,
        };
    }

    /// <summary>The rungs from the mild end to the limit, which is where a ladder's last cell lies.</summary>
    private ImmutableArray<DesignCell> Rungs(Observation[] observations)
    {
        var cells = observations.GroupBy(o => o.Cell).OrderBy(c => c.Key).Select(cell => (
            X: ImmutableArray.Create(cell.Average(o => Math.Log(o.Variables[symbol]))),
            Responses: cell.Select(o => Math.Log(o.Value.Midpoint)).ToImmutableArray())).ToArray();
        var direction = Math.Sign(cells[^1].X[0] - cells[0].X[0]);
        return [.. HuberLocation.Of([.. cells.OrderBy(c => direction * c.X[0])])];
    }

    /// <summary>Whether the misfit is too small to matter: the part of the tail nearest to the limit has nearly the same exponent.</summary>
    private bool IsSteady(ImmutableArray<DesignCell> tail, PowerLawFit fit, int fewest)
    {
        var kept = offset ? Math.Max(fewest, 3 * tail.Length / 4) : (tail.Length + 1) / 2;
        return kept < tail.Length
            && Math.Abs((offset ? new PowerLawFit(tail[^kept..], offset, ErrorVariance.Significance).Exponent : PowerLawFit.LogSlope(tail[^kept..])) - fit.Exponent) <= margin / 2;
    }

    private Decision Decide(PowerLawFit fit, ImmutableArray<DesignCell> tail, int dropped, double level)
    {
        var (surelyAtLeast, surelyAtMost) = fit.Interval(level);
        var (lower, upper) = fit.Interval(ErrorBudget.MissedViolation);
        var limit = PowerLawFit.LogSlope(tail[(tail.Length / 2)..]);
        var estimate = FormattableString.Invariant($"The exponent of {symbol} is {fit.Exponent:F3} (between {lower:F3} and {upper:F3})");
        var where = dropped == 0 ? "" : FormattableString.Invariant($" on the tail from {symbol} = {Math.Exp(tail[0].X[0]):G3}; the regime changes before it");
        var (verdict, because) =
            surelyAtLeast > most || surelyAtMost < least ? (Verdict.Violated, FormattableString.Invariant($"{estimate}{where}; at level {level:G1} it does not lie {Range}."))
            : lower >= least && upper <= most ? (Verdict.Holds, $"{estimate}{where}, {Range}.")
            : (Verdict.Undecided, $"{estimate}{where}; the interval reaches to both sides of a limit of what is claimed: {Range}.");
        return new(verdict, because)
        {
            Estimates = [new($"exponent of {symbol}", fit.Exponent, lower, upper), new($"slope in {symbol}, half near the limit", limit, limit, limit)],
            Exponents = [Compared(fit, tail, lower, upper)],
            TrialsNeeded = verdict == Verdict.Undecided ? More(fit, tail, level) : null,
        };
    }

    private ComparedExponent Compared(PowerLawFit fit, ImmutableArray<DesignCell> tail, double lower, double upper)
    {
        var (relation, stated) = double.IsInfinity(least) ? (Relation.AtMost, most - margin) : double.IsInfinity(most) ? (Relation.AtLeast, least + margin) : (Relation.Equal, (least + most) / 2);
        return new(symbol, Math.Exp(tail[0].X[0]), Math.Exp(tail[^1].X[0]), relation, stated, fit.Exponent, lower, upper, margin);
    }

    private int? More(PowerLawFit fit, ImmutableArray<DesignCell> tail, double level)
    {
        var (surely, likely) = (fit.Interval(level), fit.Interval(ErrorBudget.MissedViolation));
        var p = fit.Exponent;
        var holds = Math.Max(Needed(p - likely.Lower, p - least, ErrorBudget.MissedViolation), Needed(likely.Upper - p, most - p, ErrorBudget.MissedViolation));
        var violated = Math.Min(Needed(p - surely.Lower, p - most, level), Needed(surely.Upper - p, least - p, level));
        var factor = Math.Min(holds, violated);
        return double.IsFinite(factor) ? (int)Math.Clamp(Math.Ceiling(tail.Min(c => c.Trials) * (factor - 1)), 1, int.MaxValue) : null;

        // A side without a limit is satisfied. How many trials make an infinite interval finite cannot be told, so double them.
        double Needed(double halfWidth, double distance, double at) =>
            double.IsPositiveInfinity(distance) ? 1 : double.IsPositiveInfinity(halfWidth) ? 2 : new ConfidenceMargin(halfWidth, fit.PersistentShare(at)).TrialsFactor(distance);
    }
}
