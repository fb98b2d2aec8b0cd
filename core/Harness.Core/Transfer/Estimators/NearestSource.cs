namespace Harness.Core.Transfer.Estimators;

/// <summary>Pools the target with the one source of the least discrepancy.</summary>
public sealed class NearestSource : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "nearest-source";

    /// <inheritdoc/>
    public string Description => "Pools the target with the source that is nearest to it.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => model.Sources >= 1;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var (nearest, least) = (1, double.PositiveInfinity);
        for (var k = 1; k <= model.Sources; k++)
        {
            var discrepancy = model.Discrepancy(means, k, 0);
            (nearest, least) = discrepancy < least ? (k, discrepancy) : (nearest, least);
        }

        var pooled = new WeightedMean(model, means, estimate);
        pooled.Add(0);
        pooled.Add(nearest);
    }
}
