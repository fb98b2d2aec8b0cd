namespace Harness.Core.Transfer.Estimators;

/// <summary>X̄_0: unbiased whatever the sources are, with risk d/n_0.</summary>
public sealed class TargetOnly : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "target-only";

    /// <inheritdoc/>
    public string Description => "The target's own mean; sources are not used.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => true;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace) => model.Mean(means, 0).CopyTo(estimate);
}
