using System.Collections.Immutable;
using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.Cpd;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace Harness.Reports.Performance;

/// <summary>
/// Where the level of a series changes: candidates of the nonparametric detector ED-PELT (Haynes, Fearnhead and Eckley, Statistics and Computing 27, 2017;
/// Perfolizer's), of which only those stay whose two neighbouring stretches an exact Mann–Whitney test tells apart.
/// </summary>
/// <remarks>
/// ED-PELT alone answers pure noise with a change in a quarter of all series. The test is made after the place was chosen by the same numbers, so its level is not
/// the false-alarm rate; that is measured: <c>ChangePointsTests</c> simulates it and the power, and states both.
/// </remarks>
public static class ChangePoints
{
    /// <summary>Points on each side of a change: six against six can come in 924 orders, enough for the level.</summary>
    public const int LeastStretch = 6;

    /// <summary>Two-sided level of the confirming test, shared by the places where a change might be: it is divided by the number of points.</summary>
    public const double Level = 0.05;

    /// <summary>A relative change below it is not reported: a shift of half a per cent is of no use to anyone, however certain.</summary>
    public const double LeastChange = 0.005;

    /// <summary>The changes, in order. A series shorter than two stretches has none, and neither has one with a number that is not finite.</summary>
    public static ImmutableArray<ChangePoint> Find(ReadOnlySpan<double> values)
    {
        double[] series = [.. values];
        if (series.Length < 2 * LeastStretch || !Array.TrueForAll(series, double.IsFinite))
        {
            return [];
        }

        // Ends of stretches, without those of stretches that turn out to be the same level as the one before: they are merged, left to right.
        var changes = ImmutableArray.CreateBuilder<ChangePoint>();
        int[] ends = [.. EdPeltChangePointDetector.Instance.GetChangePointIndexes(series, LeastStretch).Select(last => last + 1), series.Length];
        var begin = 0;
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var (before, after) = (series[begin..ends[i]], series[ends[i]..ends[i + 1]]);
            var change = new ChangePoint(ends[i], before.Median(), after.Median());
            if (Matters(change) && Differ(before, after, Level / series.Length))
            {
                changes.Add(Placed(series, begin, ends[i], ends[i + 1]));
                begin = ends[i];
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>
    /// The change between two stretches where it fits best: the detector, which looks at a few quantiles only, often misses the place by one or two. The place with the least sum of distances from the medians is
    /// taken, as far from the detector's as half a stretch.
    /// </summary>
    private static ChangePoint Placed(double[] series, int begin, int at, int end)
    {
        var (first, last) = (Math.Max(begin + LeastStretch, at - (LeastStretch / 2)), Math.Min(end - LeastStretch, at + (LeastStretch / 2)));
        var place = Enumerable.Range(first, last - first + 1).MinBy(i => Spread(series[begin..i]) + Spread(series[i..end]));
        return new(place, series[begin..place].Median(), series[place..end].Median());
    }

    private static double Spread(double[] stretch)
    {
        var middle = stretch.Median();
        return stretch.Sum(value => Math.Abs(value - middle));
    }

    /// <summary>Whether a change is large enough to be of any use: beyond <see cref="LeastChange"/>.</summary>
    internal static bool Matters(ChangePoint change) => Math.Abs(change.After - change.Before) > LeastChange * Math.Abs(change.Before);

    private static bool Differ(double[] before, double[] after, double level) => 2 * Math.Min(PValue(after, before), PValue(before, after)) <= level;

    /// <summary>One-sided: that the first tends to be greater.</summary>
    private static double PValue(double[] x, double[] y) =>
        MannWhitneyTest.Instance.Perform(new Sample(x), new Sample(y), AlternativeHypothesis.Greater, Threshold.Zero).PValue;
}
