namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// Shrinks the target's mean toward the pooled sources: X̄_0 − (d − 2)/(n_0‖Z‖²) Z, Z = X̄_0 − X̄_S. Better than the target alone for every bias, d ≥ 3; its ratio to the oracle at equal means is 1 + 2N/(d n_0), exactly.
/// </summary>
/// <remarks>James and Stein (Berkeley Symposium 4, 1961), without a positive part. The squared error has infinite variance at d = 3 and 4, where a Monte Carlo standard error says nothing. Derivation: docs/derivations.md, "One source".</remarks>
public sealed class JamesStein : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "james-stein";

    /// <inheritdoc/>
    public string Description => "Shrinks the target's mean toward the mean of the sources, in three dimensions or more.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => model.Dimension >= 3 && model.Sources >= 1;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var sources = new WeightedMean(model, means, estimate);
        for (var k = 1; k <= model.Sources; k++)
        {
            sources.Add(k);
        }

        var target = model.Mean(means, 0);
        var factor = (model.Dimension - 2) / (model.TargetSize * SquaredDistance.Between(target, estimate));
        for (var i = 0; i < estimate.Length; i++)
        {
            estimate[i] = target[i] - (factor * (target[i] - estimate[i]));
        }
    }
}
