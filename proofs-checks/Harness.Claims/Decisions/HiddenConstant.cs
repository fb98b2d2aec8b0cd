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
/// evidence at <see cref="ErrorBudget.MissedViolation"/>. All slopes must pass, so no correction is due here. <b>Undecided</b> otherwise, with the trials that would decide.</para>
/// <para><b>Certified</b> is said of Q ≤ C·S alone, with the constant C of the decision, on the trials at hand, calibration included: where every enclosure lies within (<see cref="HeldRatio"/>). An enclosure that overlaps C·S
/// leaves the claim open; one wider than <see cref="HeldRatio.Tight"/>, which no arithmetic at hand could tighten, stands for its midpoint, and nothing is certified then. Drifts and means are statistical always.</para>
/// <para><b>Power</b>, by simulation at level 10⁻⁸ on 24 cells in five variables with noise ½ in the logarithm: a missing factor v^±1 is refuted with probability 0.999 by 4 trials a cell where v
/// spans a factor of 100, by 8 where it spans 16, by 32 where it spans 4; a missing v^±½ by 8, 16 and 32 trials where it spans 100, 16 and 8.</para>
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
        $"The constant is {(side == Side.Above ? "twice the largest ratio" : "half the smallest ratio")} of the calibration cells (carried to the held-out cells along slopes that lead away from violation) and is held, unchanged, on all other cells. Besides, the logarithm of the ratio is regressed on the logarithms of all variables: violated if it drifts towards violation by a slope that surely exceeds {Resolution:G3} and does not settle, or if a held-out cell's mean lies surely beyond the constant; holds if every held-out trial is within the constant and slopes of {Excluded:G3} or more are excluded. Where every value is enclosed, the inequality with that constant is certified on the instances tried, for the scale as computed at the recorded variables; what is said of drifts is statistical.");

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
        var held = new HeldRatio(side, Constant(constant));
        var level = falseAlarm / Math.Max(1, drifts.Length + heldOut.Length);
        var beyond = FrozenConstant.LowerLimits(cells, level).Count(limit => limit > constant);
        var outside = evidence.HeldOut.Count(held.IsBeyond);
        Observation[] overlapping = [.. evidence.HeldOut.Where(o => !held.IsWithin(o) && !held.IsBeyond(o))];
        var worst = drifts.Where(d => d.AtLeast(level) > Resolution && !d.SettlesWithin(Resolution)).MaxBy(d => d.AtLeast(level));
        Drift[] open = [.. drifts.Where(d => d.AtMost(ErrorBudget.MissedViolation) >= Excluded)];

        // A variable whose drift could not be estimated is one that the claim was not tried in.
        string[] untested = [.. evidence.Swept.Select(v => v.Symbol).Except(drifts.Select(d => d.Variable.Symbol))];
        var trials = cells.Min(c => c.Excess.Length);
        var (verdict, because, needed) =
            worst is not null ? (Verdict.Violated, DriftsAway(worst, level), null)
            : beyond > 0 ? (Verdict.Violated, FormattableString.Invariant($"The mean ratio of {beyond} of {heldOut.Length} held-out cells lies beyond the constant {held.Constant:G3} of the calibration cells."), null)
            : untested.Length > 0 ? (Verdict.Undecided, $"The cells are too few or too much alike to estimate a drift in {string.Join(", ", untested)}.", null)
            : open.Length > 0 ? (Verdict.Undecided, $"A drift in {string.Join(", ", open.Select(d => d.Variable.Symbol))} can be neither excluded nor confirmed.", More(open, level, trials))
            : outside > 0 ? (Verdict.Undecided, FormattableString.Invariant($"{outside} held-out trials lie beyond the constant {held.Constant:G3}, but no cell's mean does so surely."), (int?)Math.Max(1, trials))
            : overlapping.Length > 0 ? (Verdict.Undecided, FormattableString.Invariant($"{overlapping.Length} of {evidence.HeldOut.Count} overlap the constant {held.Constant:G3}, smallest radius {overlapping.Min(o => o.Value.Radius):G3}."), null)
            : (Verdict.Holds, Holding(evidence, held, drifts.Length > 0), null);
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        return new(verdict, because)
        {
            IsCertified = verdict == Verdict.Holds && all.All(held.IsCertainlyWithin),
            Level = falseAlarm,
            Tightness = Tightness.Of(all),
            Estimates = [new(side == Side.Above ? "C" : "c", held.Constant, held.Constant, held.Constant), .. drifts.Select(d => d.LeftOver(side))],
            LooseExponents = [.. drifts.Select(d => d.LeftOver(side))],
            Exponents = BoundExponents.Of(evidence, side),
            Looseness = FrozenConstant.Looseness(cells, constant),
            TrialsNeeded = needed,
        };
    }

    /// <inheritdoc/>
    /// <remarks>An upper bound with a positive scale needs nothing finer of a value that is certainly not positive.</remarks>
    public bool Settles(Observation observation) => observation.Value.RelativeRadius <= HeldRatio.Tight || (observation.Value.IsRigorous && observation.Value.Upper <= 0);

    /// <summary>What is certain and what is statistical, apart.</summary>
    private string Holding(Evidence evidence, HeldRatio held, bool hasDrifts)
    {
        var (heldOut, certain) = (evidence.HeldOut.Count, evidence.HeldOut.Concat(evidence.Calibration).Count(held.IsCertainlyWithin));
        var all = heldOut + evidence.Calibration.Count;
        var drift = hasDrifts ? FormattableString.Invariant($"no drift towards violation as steep as {Excluded:G3} is compatible with the ratios") : "";
        return certain == all
            ? FormattableString.Invariant($"Certified: all {heldOut} held-out and {evidence.Calibration.Count} calibration instances are within the constant {held.Constant:G3}, rounding included.{(hasDrifts ? $" Statistical: {drift}." : "")}")
            : FormattableString.Invariant($"All {heldOut} held-out ratios are within the constant {held.Constant:G3} (rounding is enclosed in {certain} of {all} instances){(hasDrifts ? $", and {drift}" : "")}.");
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
