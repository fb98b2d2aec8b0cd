using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>
/// The constant of a bound, fitted on calibration cells and then held, unchanged, on the others.
/// </summary>
/// <remarks>
/// <para><b>The factor 2.</b> The largest ratio of a few dozen trials underestimates what further trials reach. For log-normal ratios with a
/// spread σ ≤ ½ in the logarithm, 48 calibration trials leave a trial of 48 held-out ones above twice their maximum in less than one run of fifty, while
/// a constant that is off by an order of magnitude still shows.</para>
/// <para><b>Benign slopes.</b> A bound that is loose in a variable (the paper's n² where n would do) has a ratio that falls towards the limit, so
/// a held-out cell at a milder value than any calibration cell has, rightly, a larger ratio. Each calibration ratio is therefore carried to each
/// held-out cell along the slopes fitted on the calibration cells, those only that are benign and only towards the mild end; the constant is
/// the largest ratio so predicted. Slopes towards violation are never used: that would hide what the drift test is to find.</para>
/// </remarks>
internal static class FrozenConstant
{
    /// <summary>By how much the largest predicted ratio is exceeded.</summary>
    public const double SafetyFactor = 2;

    /// <summary>The logarithm of the constant (of its inverse, for a lower bound); −∞ where no calibration ratio has a logarithm.</summary>
    public static double Logarithm(ImmutableArray<RatioCell> cells)
    {
        RatioCell[] calibration = [.. cells.Where(c => c.IsCalibration && c.Excess.Length > 0)];
        RatioCell[] heldOut = [.. cells.Where(c => !c.IsCalibration)];
        if (calibration.Length == 0)
        {
            return double.NegativeInfinity;
        }

        int[] measured = [.. Enumerable.Range(0, cells[0].Approach.Length).Where(k => cells.All(c => double.IsFinite(c.Approach[k])))];
        RatioCell[] complete = [.. calibration.Where(c => c.IsComplete)];
        var fit = complete.Length == 0 ? null : LinearRegression.Fit([.. complete.Select(c => DesignCell.Of(c.Approach, c.Excess))], measured);
        var predicted = calibration.Max(from => from.Excess.Max() + (heldOut.Length == 0 ? 0 : heldOut.Max(to => Carried(from, to))));
        return Math.Log(SafetyFactor) + predicted;

        double Carried(RatioCell from, RatioCell to)
        {
            double gain = 0;
            for (var j = 0; j < (fit?.Slopes.Length ?? 0); j++)
            {
                var k = fit!.Regressors[j];
                gain += Math.Max(0, -fit.Slopes[j]) * Math.Max(0, from.Approach[k] - to.Approach[k]);
            }

            return gain;
        }
    }

    /// <summary>Lower confidence limits of the mean excess of held-out cells, cell by cell; enclosures enter with their safe ends.</summary>
    /// <remarks>
    /// A few trials tell next to nothing of their own variance at such levels, so the variance is pooled over all cells; a cell that scatters more than the pool uses
    /// its own. Without any replication the limit is −∞, because then nothing is known of the noise.
    /// </remarks>
    public static IEnumerable<double> LowerLimits(ImmutableArray<RatioCell> cells, double tail)
    {
        DesignCell[] all = [.. cells.Where(c => c.Excess.Length > 0).Select(c => DesignCell.Of([], c.Excess))];
        var freedom = all.Sum(c => c.Trials - 1);
        var pooled = freedom == 0 ? 0 : all.Sum(c => (c.Trials - 1) * c.Variance) / freedom;
        var quantile = StudentTail.Quantile(tail, freedom);
        return cells.Where(c => !c.IsCalibration && c.Certain.Length > 0)
            .Select(c => DesignCell.Of([], c.Certain))
            .Select(c => freedom == 0 ? double.NegativeInfinity : c.Mean - (quantile * Math.Sqrt(Math.Max(pooled, c.Variance) / c.Trials)));
    }

    /// <summary>The median factor between bound and observation over held-out trials; null where no trial has a logarithm.</summary>
    public static double? Looseness(ImmutableArray<RatioCell> cells, double logarithm)
    {
        double[] gaps = [.. cells.Where(c => !c.IsCalibration).SelectMany(c => c.Excess).Select(excess => logarithm - excess)];
        return gaps.Length == 0 ? null : Math.Exp(gaps.Median());
    }
}
