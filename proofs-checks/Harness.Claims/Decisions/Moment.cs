using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides an exact expectation, E[Value] = Bound, or a bound on one, E[Value] ≤ Bound or E[Value] ≥ Bound, where the value of a trial is the mean of a batch of independent draws.
/// </summary>
/// <remarks>
/// <para>Measured is the relative deviation (Value − Bound)/|Bound| (absolute where the bound is 0). Every cell has its own variance, known from its own trials only, so a
/// cell is tested by Student's t. All cells together are tested by Stouffer's sum: each t becomes the normal score of the same tail
/// probability, and the scores' sum over the square root of their number is standard normal, exactly, whatever the variances.</para>
/// <para><b>Guard for skewness.</b> Means of batches are nearly normal, not normal. With skewness γ the studentised mean of n trials has the expansion
/// Φ(x) + γ(2x² + 1)φ(x)/(6√n): it is shifted by γ/(2√n) and its far tail by x²γ/(3√n) (Hall, The Bootstrap and Edgeworth Expansion, 1992, section 2.6). A score
/// is therefore reduced by what skewness up to <see cref="Skewness"/> could have added before it is compared. With γ = ½ a cell needs
/// about 20 trials to refute anything alone at level 10⁻⁸; all cells together need a few each.</para>
/// <para><b>Violated</b> iff a reduced score, of a cell or of all together, exceeds the normal quantile of the level, shared equally over cells and the total, on either
/// side. <b>Holds</b> iff every cell's two-sided t interval at <see cref="ErrorBudget.MissedViolation"/> lies within ±<see cref="Resolution"/>. Else undecided. For a bound only what lies on its forbidden side counts, in either.</para>
/// </remarks>
public sealed class Moment : IDecisionProcedure
{
    /// <summary>The side of a bound; null for an exact value.</summary>
    private readonly Side? side;

    private Moment(double resolution, double skewness, Side? side) => (Resolution, Skewness, this.side) = (resolution, skewness, side);

    /// <summary>Half-width, relative to the bound, to which "holds" has confirmed the moment.</summary>
    public double Resolution { get; }

    /// <summary>The largest skewness of a trial's value that the level survives; a batch of k draws divides a draw's skewness by √k.</summary>
    public double Skewness { get; }

    /// <inheritdoc/>
    public string Name => "moment";

    /// <inheritdoc/>
    public string InWords => side is not null ? FormattableString.Invariant(
        $"The mean over trials against its bound from {(side == Side.Above ? "above" : "below")}, cell by cell (Student's t) and over all cells (Stouffer's sum of normal scores), allowing for skewness up to {Skewness:G3} of a trial's value: violated if a mean surely {(side == Side.Above ? "exceeds it" : "falls below it")}; holds if every cell's interval at confidence {1 - ErrorBudget.MissedViolation} {(side == Side.Above ? "ends below" : "begins above")} {(side == Side.Above ? 1 + Resolution : 1 - Resolution):G3} times the bound.") : FormattableString.Invariant(
        $"The mean over trials against its exact value, cell by cell (Student's t) and over all cells (Stouffer's sum of normal scores), allowing for skewness up to {Skewness:G3} of a trial's value: violated if a mean surely differs; holds if every cell's interval at confidence {1 - ErrorBudget.MissedViolation} lies within {Resolution:G3} of the exact value, relative to it.");

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <summary>E[Value] = Bound.</summary>
    /// <param name="resolution">Relative half-width to which it must be confirmed.</param>
    /// <param name="skewness">Largest skewness of a trial's value; the default is that of a mean of 16 draws of skewness 2 (exponential), or of 32 squared normals.</param>
    public static Moment Equals(double resolution, double skewness = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        ArgumentOutOfRangeException.ThrowIfNegative(skewness);
        return new(resolution, skewness, side: null);
    }

    /// <summary>E[Value] ≤ Bound.</summary>
    /// <param name="resolution">How far above the bound, relative to it, a mean is told from it.</param>
    /// <param name="skewness">Largest skewness of a trial's value.</param>
    public static Moment AtMost(double resolution, double skewness = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        ArgumentOutOfRangeException.ThrowIfNegative(skewness);
        return new(resolution, skewness, Side.Above);
    }

    /// <summary>E[Value] ≥ Bound.</summary>
    /// <param name="resolution">How far below the bound, relative to it, a mean is told from it.</param>
    /// <param name="skewness">Largest skewness of a trial's value.</param>
    public static Moment AtLeast(double resolution, double skewness = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        ArgumentOutOfRangeException.ThrowIfNegative(skewness);
        return new(resolution, skewness, Side.Below);
    }

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        if (all.FirstOrDefault(o => !double.IsFinite(o.Value.Midpoint) || !double.IsFinite(o.Bound.Midpoint)) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant($"The value {odd.Value} against {odd.Bound} at {odd.Variables} (cell {odd.Cell}, trial {odd.Trial}) is not a number."));
        }

        ImmutableArray<Deviation> cells = [.. all.GroupBy(o => o.Cell).OrderBy(c => c.Key).Select(Deviation.Of)];
        Deviation[] scattered = [.. cells.Where(c => c.Scatters)];
        var tests = cells.Length + 1;
        var quantile = -Normal.InvCDF(0, 1, falseAlarm / tests / (side is null ? 2 : 1));
        var total = scattered.Length == 0 ? 0 : scattered.Sum(c => c.Score) / Math.Sqrt(scattered.Length);
        var totalReduced = Reduced(total, scattered.Length, scattered.Sum(c => c.Trials));

        // A cell without scatter is no random variable: it is compared directly.
        var broken = cells.FirstOrDefault(c => c.Scatters ? Reduced(c.Score, 1, c.Trials) > quantile : c.Trials > 1 && Size(c.Mean) > Resolution);
        Deviation[] open = [.. cells.Where(c => !(Size(c.Mean) + c.HalfWidth <= Resolution))];
        var decision =
            broken is not null ? new Decision(Verdict.Violated, FormattableString.Invariant($"The mean of cell {broken.Cell} {side switch { Side.Above => "exceeds its bound", Side.Below => "falls below its bound", _ => "differs from the exact value" }} by {broken.Mean:P2} over {broken.Trials} trials (normal score {broken.Score:F1})."))
            : totalReduced > quantile ? new Decision(Verdict.Violated, FormattableString.Invariant($"Over all {scattered.Length} cells the means lie {(total > 0 ? "above" : "below")} {Reference} (normal score {total:F1})."))
            : open.Length == 0 ? new Decision(Verdict.Holds, FormattableString.Invariant($"The means of all {cells.Length} cells are {(side is null ? "within" : "at most")} {Resolution:P1} {side switch { Side.Above => "above", Side.Below => "below", _ => "of" }} {Reference}, their intervals included."))
            : new Decision(Verdict.Undecided, FormattableString.Invariant($"The intervals of {open.Length} of {cells.Length} cells reach beyond {Resolution:P1} of {Reference}.")) { TrialsNeeded = More(open) };
        var widest = cells.MaxBy(c => Math.Abs(c.Mean) + c.HalfWidth)!;
        return decision with
        {
            Level = falseAlarm,
            Estimates = [new(FormattableString.Invariant($"relative deviation, widest (cell {widest.Cell})"), widest.Mean, widest.Mean - widest.HalfWidth, widest.Mean + widest.HalfWidth)],
        };
    }

    private string Reference => side is not null ? "their bounds" : "the exact value";

    /// <summary>How far a deviation goes in a direction that counts.</summary>
    private double Size(double deviation) => side switch { Side.Above => deviation, Side.Below => -deviation, _ => Math.Abs(deviation) };

    /// <summary>|score| less what skewness could have added to it, for a Stouffer sum over <paramref name="cells"/> with <paramref name="trials"/> in all.</summary>
    /// <remarks>A score that high also passed every lower one, so the reduction is taken where it leaves most: past that point the expansion no longer describes a tail.</remarks>
    private double Reduced(double score, int cells, int trials)
    {
        if (trials == 0)
        {
            return 0;
        }

        var root = Math.Sqrt(trials);
        var passed = Math.Min(Math.Max(Size(score), 0), 3 * root / (2 * Skewness));
        return passed - (Skewness * ((cells / 2.0) + (passed * passed / 3)) / root);
    }

    /// <summary>The interval's half-width falls as 1/√trials; what is left between mean and resolution must hold it.</summary>
    private int? More(Deviation[] open)
    {
        if (open.Any(c => c.Trials < 2))
        {
            return 1;
        }

        var factor = open.Max(c => Size(c.Mean) < Resolution ? Math.Pow(c.HalfWidth / (Resolution - Size(c.Mean)), 2) : 2);
        return (int)Math.Clamp(Math.Ceiling(open.Max(c => c.Trials) * (factor - 1)), 1, int.MaxValue);
    }

    /// <summary>The relative deviations of one cell.</summary>
    private sealed record Deviation(int Cell, double Mean, double StandardError, int Trials)
    {
        /// <summary>Values that differ by rounding alone have no scatter to speak of: a batch's mean carries a few hundred units of 2⁻⁵³.</summary>
        public bool Scatters => StandardError > 1e-13;

        /// <summary>The normal score of the t statistic, signed; tails below the smallest normal double count as that.</summary>
        public double Score => Math.Sign(Mean) * -Normal.InvCDF(0, 1, Math.Max(StudentTail.Probability(Math.Abs(Mean) / StandardError, Trials - 1), 1e-300));

        public double HalfWidth => Trials < 2 ? double.PositiveInfinity : Scatters ? StudentTail.Quantile(ErrorBudget.MissedViolation / 2, Trials - 1) * StandardError : 0;

        public static Deviation Of(IGrouping<int, Observation> cell)
        {
            var summary = DesignCell.Of([], [.. cell.Select(o => (o.Value.Midpoint - o.Bound.Midpoint) / (o.Bound.Midpoint == 0 ? 1 : Math.Abs(o.Bound.Midpoint)))]);
            return new(cell.Key, summary.Mean, Math.Sqrt(summary.Variance / summary.Trials), summary.Trials);
        }
    }
}
