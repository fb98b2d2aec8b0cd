using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>
/// How the excess over a bound's scale moves along one variable on the way to its limit: the slope that decides whether one constant can serve.
/// </summary>
/// <remarks>
/// Multiple regression of the cells' mean excess on the approaches of all swept variables at once, so that a drift is not blamed on a variable that
/// merely moved together with the one that causes it. The slope is that of the best log-linear approximation over the design's cells, which are
/// fixed: all randomness is in the trials.
/// </remarks>
internal sealed class Drift
{
    private readonly LinearRegression all;
    private readonly int index;
    private readonly Lazy<double> nearLimit;

    private Drift(SweptVariable variable, LinearRegression all, int index, Func<double> nearLimit) => (Variable, this.all, this.index, this.nearLimit) = (variable, all, index, new(nearLimit));

    /// <summary>The variable.</summary>
    public SweptVariable Variable { get; }

    /// <summary>Slope of the excess against the approach; positive is towards violation.</summary>
    public double Slope => all.Slopes[index];

    /// <summary>Lower limit of the slope.</summary>
    public double AtLeast(double tail) => Slope - all.Margin(index, tail).HalfWidth;

    /// <summary>Upper limit of the slope.</summary>
    public double AtMost(double tail) => Slope + all.Margin(index, tail).HalfWidth;

    /// <summary>
    /// Whether the slope over the half of the cells nearest to the limit is at most <paramref name="resolution"/>, at
    /// <see cref="ErrorBudget.MissedViolation"/>: a ratio that climbs to a finite limit drifts at first and then settles. The fit is the same with one more regressor, a
    /// bend at the variable's median, and only noise counts against it: what the straight fit left out is the bend.
    /// </summary>
    public bool SettlesWithin(double resolution) => nearLimit.Value <= resolution;

    /// <summary>Factor on the trials after which this slope would be decided against one of the two thresholds.</summary>
    public double TrialsFactor(double resolution, double excluded, double falseAlarm) => Math.Min(
        all.Margin(index, ErrorBudget.MissedViolation).TrialsFactor(excluded - Slope),
        all.Margin(index, falseAlarm).TrialsFactor(Slope - resolution));

    /// <summary>The slope of log(Q/S) against the variable's logarithm, in the observer's signs.</summary>
    public Estimate LeftOver(Side side)
    {
        var sign = (side == Side.Above ? 1 : -1) * (Variable.TowardsZero ? -1 : 1);
        var margin = all.Margin(index, ErrorBudget.MissedViolation).HalfWidth;
        return new($"slope in {Variable.Symbol}", sign * Slope, (sign * Slope) - margin, (sign * Slope) + margin);
    }

    /// <summary>The drifts of all variables that the cells can tell apart; the others are missing.</summary>
    public static ImmutableArray<Drift> Of(IReadOnlyList<RatioCell> cells, ImmutableArray<SweptVariable> swept)
    {
        RatioCell[] usable = [.. cells.Where(c => c.IsComplete && c.Excess.Length > 0)];
        int[] measured = [.. Enumerable.Range(0, swept.Length).Where(k => usable.All(c => double.IsFinite(c.Approach[k])))];
        return LinearRegression.Fit([.. usable.Select(c => DesignCell.Of(c.Approach, c.Excess))], measured) is { } all
            ? [.. Enumerable.Range(0, all.Regressors.Length).Select(index => new Drift(swept[all.Regressors[index]], all, index, () => SlopeNearLimit(usable, measured, all.Regressors[index])))]
            : [];
    }

    /// <summary>Upper limit, as far as noise goes, of the slope beyond the median of variable <paramref name="k"/>, where the fit may bend.</summary>
    private static double SlopeNearLimit(RatioCell[] cells, int[] measured, int k)
    {
        var bend = cells.Select(c => c.Approach[k]).Median();
        var (mildPart, limitPart) = (cells[0].Approach.Length, cells[0].Approach.Length + 1);
        var bent = LinearRegression.Fit(
            [.. cells.Select(c => DesignCell.Of([.. c.Approach, Math.Min(c.Approach[k], bend), Math.Max(c.Approach[k], bend)], c.Excess))],
            [mildPart, limitPart, .. measured.Where(other => other != k)]);
        var position = bent?.Regressors.IndexOf(limitPart) ?? -1;
        return position < 0 ? double.PositiveInfinity : bent!.Slopes[position] + bent.Margin(position, ErrorBudget.MissedViolation).Noise;
    }
}
