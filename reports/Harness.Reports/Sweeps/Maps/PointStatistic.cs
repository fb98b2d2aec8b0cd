using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>The trials at a point of a map in three numbers.</summary>
/// <param name="Middle">Rate of success, mean or median.</param>
/// <param name="Lower">Lower confidence limit, or the smallest trial for a median; NaN where one trial has none.</param>
/// <param name="Upper">Upper confidence limit, or the largest trial.</param>
/// <param name="Trials">Number of trials.</param>
internal readonly record struct PointStatistic(double Middle, double Lower, double Upper, int Trials)
{
    /// <summary>Of every interval on a map.</summary>
    public const double Confidence = 0.95;

    private const double Tail = (1 - Confidence) / 2;

    /// <summary>Whether there is an interval, and it is not the middle alone.</summary>
    public bool HasInterval => Upper > Lower;

    /// <summary>Summarises the trials of a point, at least one.</summary>
    /// <param name="quantity">What is shown.</param>
    /// <param name="trials">Observed values over bounds, observed values, or 1 where a trial succeeded and 0 where it failed.</param>
    public static PointStatistic Of(PanelQuantity quantity, IReadOnlyList<double> trials) => quantity switch
    {
        PanelQuantity.Success => Rate((int)trials.Sum(), trials.Count),
        PanelQuantity.Value => Mean(trials),
        _ => new(trials.Median(), trials.Min(), trials.Max(), trials.Count),
    };

    /// <summary>A rate with its interval by Clopper and Pearson (Biometrika 26, 1934), which covers with at least its confidence at every rate.</summary>
    public static PointStatistic Rate(int successes, int trials) => new(
        (double)successes / trials,
        successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, Tail),
        successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - Tail),
        trials);

    private static PointStatistic Mean(IReadOnlyList<double> trials)
    {
        var (mean, deviation) = trials.MeanStandardDeviation();
        var half = trials.Count < 2 ? double.NaN : StudentT.InvCDF(0, 1, trials.Count - 1, 1 - Tail) * deviation / Math.Sqrt(trials.Count);
        return new(mean, mean - half, mean + half, trials.Count);
    }
}
