namespace Harness.Core.Transfer.Estimators;

/// <summary>Σ n_k X̄_k/Σ n_k: the best there is without biases, with risk d/(n_0 + N) + ‖Σ n_k δ_k‖²/(n_0 + N)².</summary>
public sealed class Pooling : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "pooling";

    /// <inheritdoc/>
    public string Description => "The mean of all observations, sources and target alike.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => true;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var pooled = new WeightedMean(model, means, estimate);
        for (var k = 0; k <= model.Sources; k++)
        {
            pooled.Add(k);
        }
    }
}
