using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace Harness.Reports.Performance;

/// <summary>
/// Times of one benchmark at two revisions, measured in rounds: base, head, and head once more, in an order that rotates. A round's ratios cancel what the machine
/// did for longer than a round; head over itself shows what it did within one.
/// </summary>
/// <remarks>
/// A slowdown is ½ ln(head·again/base²) greater than ½√3 ln(head/again) by a one-sided Mann–Whitney test. If the logarithms of the three times are independent and
/// equally distributed, the two have equal variance 3σ²/2 and no correlation; for normal logarithms they are independent and have the same law, so that the level is
/// exact. For one-sided disturbances it is simulated in <c>PairedRoundsTests</c>.
/// </remarks>
public sealed class PairedRounds
{
    private readonly List<double> heads = [], bases = [], change = [], noise = [];

    /// <summary>Adds a round of median times, in nanoseconds.</summary>
    public void Add(double baseline, double head, double again)
    {
        bases.Add(baseline);
        heads.Add(head);
        change.Add((Math.Log(head / baseline) + Math.Log(again / baseline)) / 2);
        noise.Add(Math.Sqrt(0.75) * Math.Log(head / again));
    }

    /// <summary>Number of rounds.</summary>
    public int Count => change.Count;

    /// <summary>Median time of base in nanoseconds.</summary>
    public double BaseNanoseconds => bases.Median();

    /// <summary>Median time of head in nanoseconds.</summary>
    public double HeadNanoseconds => heads.Median();

    /// <summary>Median ratio of head (the geometric mean of its two turns) over base.</summary>
    public double Ratio => Math.Exp(change.Median());

    /// <summary>The noise floor: twice the median size of the noise that the change is tested against, as a factor above 1. What lies below is not told from the machine.</summary>
    public double NoiseFloor => Math.Exp(2 * noise.Select(Math.Abs).Median());

    /// <summary>Decides.</summary>
    /// <param name="threshold">The factor above 1 from which on a change matters, such as 1.05.</param>
    /// <param name="level">Chance of calling equal revisions slower (or faster); of several benchmarks, the share of this one.</param>
    public TimeChange Decide(double threshold, double level)
    {
        var (slower, faster) = (PValue(AlternativeHypothesis.Greater), PValue(AlternativeHypothesis.Less));
        var matters = Math.Log(Math.Max(threshold, NoiseFloor));
        var shift = Math.Log(Ratio);
        return slower <= level && shift > matters ? TimeChange.Slower : faster <= level && shift < -matters ? TimeChange.Faster : TimeChange.NotFound;
    }

    /// <summary>The smaller of the two one-sided p-values.</summary>
    public double LeastPValue => Math.Min(PValue(AlternativeHypothesis.Greater), PValue(AlternativeHypothesis.Less));

    private double PValue(AlternativeHypothesis alternative) =>
        Count == 0 ? 1 : MannWhitneyTest.Instance.Perform(new Sample(change), new Sample(noise), alternative, Threshold.Zero).PValue;
}

/// <summary>What became of a time between two revisions.</summary>
public enum TimeChange
{
    /// <summary>No change was found above threshold and noise.</summary>
    NotFound,

    /// <summary>Head is slower.</summary>
    Slower,

    /// <summary>Head is faster.</summary>
    Faster,
}
