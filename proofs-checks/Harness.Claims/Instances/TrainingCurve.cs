using System.Collections.Immutable;

namespace Harness.Claims.Instances;

/// <summary>Loss and misclassified samples in the course of training, at steps that lie ever farther apart: what a figure over the logarithm of time needs.</summary>
public sealed class TrainingCurve
{
    /// <summary>The variable under which a trial records how many steps it made.</summary>
    public const string Steps = "t";

    private const double Spacing = 1.1;

    private readonly List<double> steps = [], losses = [], wrong = [];

    private double next;

    /// <summary>The points: step, loss, misclassified samples.</summary>
    public IEnumerable<(double Step, double Loss, double Wrong)> Points => steps.Zip(losses, wrong);

    /// <summary>A point, kept where the step is a tenth beyond the last one that was, or the last of all.</summary>
    public void Add(int step, double loss, int misclassified, bool isLast = false)
    {
        if (step < next && !isLast)
        {
            return;
        }

        next = Spacing * step;
        steps.Add(step);
        losses.Add(loss);
        wrong.Add(misclassified);
    }

    /// <summary>The curve as the series of an observation: all steps, all losses, all numbers of misclassified samples.</summary>
    public ImmutableArray<double> ToSeries() => [.. steps, .. losses, .. wrong];

    /// <summary>The curve behind an observation; null where its series is no curve, which ends at the step that the trial recorded.</summary>
    public static TrainingCurve? Of(Observation observation)
    {
        var (series, length) = (observation.Series, observation.Series.Length / 3);
        if (length == 0 || 3 * length != series.Length || !observation.Variables.TryGet(Steps, out var last) || series[length - 1] != last)
        {
            return null;
        }

        var curve = new TrainingCurve();
        curve.steps.AddRange(series[..length]);
        curve.losses.AddRange(series[length..(2 * length)]);
        curve.wrong.AddRange(series[(2 * length)..]);
        return curve;
    }
}
