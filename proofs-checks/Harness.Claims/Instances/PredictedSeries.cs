using System.Collections.Immutable;

namespace Harness.Claims.Instances;

/// <summary>Numbers behind an observation, each beside what theory predicts for it: eigenvalues at several depths, a residual over the steps. What a figure of both needs.</summary>
public sealed class PredictedSeries
{
    /// <summary>Pairs measured with predicted numbers.</summary>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public PredictedSeries(ImmutableArray<double> measured, ImmutableArray<double> predicted)
    {
        if (measured.Length != predicted.Length)
        {
            throw new ArgumentException($"Every measured number needs its prediction: {measured.Length} are measured and {predicted.Length} predicted.", nameof(predicted));
        }

        (Measured, Predicted) = (measured, predicted);
    }

    /// <summary>What was measured.</summary>
    public ImmutableArray<double> Measured { get; }

    /// <summary>What is predicted, number by number.</summary>
    public ImmutableArray<double> Predicted { get; }

    /// <summary>The series of an observation: all that was measured, then all that is predicted.</summary>
    public ImmutableArray<double> ToSeries() => [.. Measured, .. Predicted];

    /// <summary>The numbers behind an observation whose claim keeps them; null where it kept none.</summary>
    public static PredictedSeries? Of(Observation observation)
    {
        var (series, half) = (observation.Series, observation.Series.Length / 2);
        return half == 0 || 2 * half != series.Length ? null : new(series[..half], series[half..]);
    }
}
