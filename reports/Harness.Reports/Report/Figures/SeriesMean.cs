using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>Curves behind trials, averaged place by place.</summary>
/// <param name="Mean">The mean over the trials.</param>
/// <param name="StandardError">Of the mean; NaN for one trial.</param>
internal readonly record struct SeriesMean(double Mean, double StandardError)
{
    /// <summary>The mean of every place of the series; trials without one are passed over. Empty where none has one.</summary>
    public static ImmutableArray<SeriesMean> Of(IEnumerable<Observation> trials)
    {
        ImmutableArray<double>[] series = [.. trials.Select(t => t.Series).Where(s => !s.IsEmpty)];
        return series.Length == 0 ? [] : [.. Enumerable.Range(0, series[0].Length).Select(i => Of([.. series.Select(s => s[i])]))];
    }

    /// <summary>The mean of numbers.</summary>
    public static SeriesMean Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new(mean, values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1.0) / values.Count) : double.NaN);
    }

    /// <summary>"25.3 ± 0.7".</summary>
    public override string ToString() => ReadableNumber.Of(Mean) + (StandardError > 0 ? " ± " + ReadableNumber.Of(StandardError) : "");
}
