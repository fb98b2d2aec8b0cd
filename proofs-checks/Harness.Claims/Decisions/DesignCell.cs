using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>One point of a design with replicated responses, summarised: what a regression on cells needs to know of its trials.</summary>
/// <param name="X">Regressors.</param>
/// <param name="Mean">Mean response (or a robust location).</param>
/// <param name="Variance">Variance of one response about it; 0 for a single trial.</param>
/// <param name="Trials">Number of responses.</param>
internal sealed record DesignCell(ImmutableArray<double> X, double Mean, double Variance, int Trials)
{
    /// <summary>Summarises the responses of one cell by mean and sample variance.</summary>
    public static DesignCell Of(ImmutableArray<double> x, IReadOnlyCollection<double> responses)
    {
        var (mean, variance) = responses.MeanVariance();
        return new(x, mean, responses.Count > 1 ? variance : 0, responses.Count);
    }
}
