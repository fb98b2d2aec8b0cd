using Harness.Claims;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Figures;

/// <summary>Points of a sweep and their numbers in words.</summary>
internal static class MapText
{
    /// <summary>What an axis and a scale call the numbers.</summary>
    public static string Label(PanelQuantity quantity) => quantity switch
    {
        PanelQuantity.Success => "success",
        PanelQuantity.Value => "mean",
        _ => "observed/bound",
    };

    /// <summary>What the numbers and their intervals are.</summary>
    public static string Explained(SweepPanel panel) => panel.Quantity switch
    {
        PanelQuantity.Success => $"the rate of trials that do not fail, with the interval of Clopper and Pearson at 95 %; a trial fails where it observes 1: {panel.Claim.Quantity}",
        PanelQuantity.Value => $"the mean over the trials of “{panel.Claim.Quantity}”, with its 95 % interval by Student's t where there is more than one",
        _ => $"“{panel.Claim.Quantity}” over “{panel.Claim.Against}” with every hidden constant set to 1: the median over the trials, and the smallest and the largest",
    };

    /// <summary>"0.46 (0.32 to 0.61), 50 trials".</summary>
    public static string Of(PointStatistic statistic) => $"{ReadableNumber.Of(statistic.Middle)}{Interval(statistic)}, {ReadableNumber.Count(statistic.Trials, "trial")}";

    /// <summary>"n = 4, m = 64".</summary>
    public static string Of(Variables at) => string.Join(", ", at.Select(v => $"{v.Key} = {ReadableNumber.Of(v.Value)}"));

    /// <summary>"0.41 (95 %: 0.20 to 0.62)".</summary>
    public static string Exponent(double value, double lower, double upper) =>
        $"{ExponentText.Number(value, 2)} ({(double.IsFinite(lower) && double.IsFinite(upper) ? $"95 %: {ExponentText.Number(lower, 2)} to {ExponentText.Number(upper, 2)}" : "no interval")})";

    /// <summary>What is shown when a point is pointed at.</summary>
    public static string Of(MapPoint point, string manifest) =>
        $"{Of(point.At)} · {(point.Statistic is { } statistic ? Of(statistic) : "not computed")} · cell {point.Cells[0]}{(point.Cells.Length > 1 ? $" and {point.Cells.Length - 1} more" : "")} · {Replay(manifest, point.Cells[0])}";

    /// <summary>The command that makes a trial again.</summary>
    public static string Replay(string manifest, string cell) => $"harness sweep replay {ReplayLine.Quoted(manifest)} {cell} --trial 0";

    private static string Interval(PointStatistic statistic) => statistic.HasInterval ? $" ({ReadableNumber.Of(statistic.Lower)} to {ReadableNumber.Of(statistic.Upper)})" : "";
}
