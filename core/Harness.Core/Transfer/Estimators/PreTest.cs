namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// Pools the target with every source that agrees with it: ‖X̄_k − X̄_0‖ ≤ (√(d − 1) + c)√(1/n_0 + 1/n_k). With one source in one dimension the risk is known exactly (<see cref="HardThreshold"/>).
/// </summary>
/// <param name="c">The threshold, c ≥ 0.</param>
public sealed class PreTest(double c) : ITransferEstimator
{
    /// <summary>At the threshold 2.</summary>
    public PreTest()
        : this(2)
    {
    }

    /// <inheritdoc/>
    public string Name => "pre-test";

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"Pools the target with the sources that a test at {c:G3} standard deviations does not tell from it.");

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => true;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace) => PoolAgreeing(model, means, Threshold.Squared(model, c), estimate);

    /// <summary>Pools the target with the sources whose discrepancy is at most a threshold.</summary>
    internal static void PoolAgreeing(TransferModel model, ReadOnlySpan<double> means, double threshold, Span<double> estimate)
    {
        var pooled = new WeightedMean(model, means, estimate);
        pooled.Add(0);
        for (var k = 1; k <= model.Sources; k++)
        {
            if (model.Discrepancy(means, k, 0) <= threshold)
            {
                pooled.Add(k);
            }
        }
    }
}
