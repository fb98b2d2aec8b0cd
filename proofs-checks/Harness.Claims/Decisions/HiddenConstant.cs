using System.Globalization;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides a bound with an unnamed constant: Q ≤ C·S or Q ≥ c·S for one C in the whole domain.
/// </summary>
/// <remarks>
/// Any finite evidence satisfies such a bound with some C, so two things are tested instead, of R = Q/S. A constant frozen on the calibration cells
/// must hold on the others (<see cref="FrozenConstant"/>); and log R must not drift towards violation as any variable goes to its limit
/// (<see cref="Drift"/>), because a drift, however slow, outgrows every constant.
/// <para><b>Violated</b>, at the level <c>falseAlarm</c> shared equally by all slopes and held-out cells (Bonferroni): a slope's lower limit exceeds
/// <see cref="Resolution"/> and the drift does not demonstrably settle towards the limit; or the mean log-ratio of a held-out cell is beyond the
/// constant by its confidence limit; or the ratio makes every constant impossible (Q ≤ 0 &lt; S for a lower bound, Q = ∞ for an upper one).</para>
/// <para><b>Holds</b>: every held-out trial is within the constant, and no slope as steep as <see cref="Excluded"/> is compatible with the
/// evidence at <see cref="ErrorBudget.MissedViolation"/>, or the drift settles. All slopes must pass, so no correction is due here.</para>
/// <para><b>Power</b>, with 24 cells of 4 trials, log-noise ½ in a cell, five variables and level 10⁻⁸: a missing factor v^±1 is refuted with probability above 0.999
/// once the cells spread over a factor of 16 in v, a missing v^±½ once over a factor of 100 or with 16 trials. A variable
/// that spans a factor of 4 (a gate's widths) takes 32 trials for v^±1. Otherwise the verdict is undecided and says how many.</para>
/// </remarks>
public sealed class HiddenConstant : IDecisionProcedure
{
    private readonly Side side;

    private HiddenConstant(Side side, double resolution, double excluded) => (this.side, Resolution, Excluded) = (side, resolution, excluded);

    /// <summary>Q ≤ C·S with one C.</summary>
    public static HiddenConstant UpperBound { get; } = new(Side.Above, 0.1, 1.0 / 3);

    /// <summary>Q ≥ c·S with one c &gt; 0.</summary>
    public static HiddenConstant LowerBound { get; } = new(Side.Below, 0.1, 1.0 / 3);

    /// <summary>A drift up to this slope is put down to lower-order terms and logarithms, which bend every slope over a finite range; default 0.1.</summary>
    public double Resolution { get; }

    /// <summary>The smallest drift that a verdict of "holds" excludes; default ⅓, the smallest step between exponents in the theorems at hand.</summary>
    public double Excluded { get; }

    /// <summary>The same procedure with other thresholds on drifts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ resolution &lt; excluded.</exception>
    public HiddenConstant With(double resolution, double excluded)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resolution);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(excluded, resolution);
        return new(side, resolution, excluded);
    }

    /// <inheritdoc/>
    public string Name => "hidden constant";

    /// <inheritdoc/>
    public string InWords => FormattableString.Invariant(
        $"The constant is {(side == Side.Above ? "twice the largest ratio" : "half the smallest ratio")} of the calibration cells (carried to the held-out cells along slopes that lead away from violation) and is held, unchanged, on all other cells. Besides, the logarithm of the ratio is regressed on the logarithms of all variables: violated if it drifts towards violation by a slope that surely exceeds {Resolution:G3} and does not settle, or if a held-out cell's mean lies surely beyond the constant; holds if every held-out trial is within the constant and slopes of {Excluded:G3} or more are excluded.");

    /// <inheritdoc/>
    public bool Calibrates => true;

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        if (ImpossibleRatio.In(evidence, side) is { } outright)
        {
            return outright;
        }

        var cells = RatioCell.Of(evidence, side);
        var constant = FrozenConstant.Logarithm(cells);
        if (double.IsNegativeInfinity(constant))
        {
            return new(Verdict.Undecided, "No calibration cell has a positive ratio, so there is no constant to hold.");
        }

        var drifts = Drift.Of(cells, evidence.Swept);
        RatioCell[] heldOut = [.. cells.Where(c => !c.IsCalibration)];
        var level = falseAlarm / Math.Max(1, drifts.Length + heldOut.Length);
        var beyond = FrozenConstant.LowerLimits(cells, level).Count(limit => limit > constant);
        var outside = heldOut.Sum(c => c.Excess.Count(excess => excess > constant));
        var worst = drifts.Where(d => d.AtLeast(level) > Resolution && !d.SettlesWithin(Resolution)).MaxBy(d => d.AtLeast(level));
        Drift[] open = [.. drifts.Where(d => d.AtMost(ErrorBudget.MissedViolation) >= Excluded && !d.SettlesWithin(Resolution))];

        // A variable whose drift could not be estimated is one that the claim was not tried in.
        string[] untested = [.. evidence.Swept.Select(v => v.Symbol).Except(drifts.Select(d => d.Variable.Symbol))];
        var trials = cells.Min(c => c.Excess.Length);
        var (verdict, because, needed) =
            worst is not null ? (Verdict.Violated, DriftsAway(worst, level), null)
            : beyond > 0 ? (Verdict.Violated, FormattableString.Invariant($"The mean ratio of {beyond} of {heldOut.Length} held-out cells lies beyond the constant {Constant(constant):G3} of the calibration cells."), null)
            : untested.Length > 0 ? (Verdict.Undecided, $"The cells are too few or too much alike to estimate a drift in {string.Join(", ", untested)}.", null)
            : open.Length > 0 ? (Verdict.Undecided, $"A drift in {string.Join(", ", open.Select(d => d.Variable.Symbol))} can be neither excluded nor confirmed.", More(open, level, trials))
            : outside > 0 ? (Verdict.Undecided, FormattableString.Invariant($"{outside} held-out trials lie beyond the constant {Constant(constant):G3}, but no cell's mean does so surely."), (int?)Math.Max(1, trials))
            : (Verdict.Holds, FormattableString.Invariant($"All {heldOut.Sum(c => c.Excess.Length)} held-out ratios are within the constant {Constant(constant):G3}{(drifts.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $", and no drift towards violation as steep as {Excluded:G3} is compatible with them") : "")}."), null);
        return new(verdict, because)
        {
            Estimates = [new(side == Side.Above ? "C" : "c", Constant(constant), Constant(constant), Constant(constant)), .. drifts.Select(d => d.LeftOver(side))],
            LooseExponents = [.. drifts.Select(d => d.LeftOver(side))],
            Looseness = FrozenConstant.Looseness(cells, constant),
            TrialsNeeded = needed,
        };
    }

    private double Constant(double logarithm) => Math.Exp(side == Side.Above ? logarithm : -logarithm);

    private string DriftsAway(Drift drift, double level)
    {
        var slope = drift.LeftOver(side);
        return FormattableString.Invariant(
            $"The ratio drifts towards violation as {drift.Variable.Symbol} {(drift.Variable.TowardsZero ? "falls" : "grows")}: {slope.Name} is {slope.Value:F2}, and at level {level:G1} it is at least {drift.AtLeast(level):F2} steep.");
    }

    private int? More(Drift[] open, double level, int trials)
    {
        var factor = open.Max(d => d.TrialsFactor(Resolution, Excluded, level));
        return double.IsFinite(factor) ? (int)Math.Clamp(Math.Ceiling(trials * (factor - 1)), 1, int.MaxValue) : null;
    }
}
