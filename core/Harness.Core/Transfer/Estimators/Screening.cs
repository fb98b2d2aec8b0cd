namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// The pre-test whose threshold grows with what a wrong decision costs: c² = 2L + 4 log L, L = log(2K(1 + N/n_0)). Where biased sources are off by at least twice the largest threshold its risk is the oracle's up to a factor 1 + O(L^{−3/2}).
/// </summary>
/// <remarks>The threshold 2L alone bounds the chance of an error, but an error costs of the order c²/n_0, so that the ratio would grow with N/n_0. Derivation: docs/derivations.md, "Screening".</remarks>
public sealed class Screening : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "screening";

    /// <inheritdoc/>
    public string Description => "Pools the target with the sources that agree with it, at a threshold that grows with log(K N/n₀): for biased sources that are well separated from the target.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => model.Sources >= 1;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace) =>
        PreTest.PoolAgreeing(model, means, Harness.Core.Transfer.Threshold.Squared(model, Threshold(model)), estimate);

    /// <summary>c.</summary>
    /// <param name="model">Sizes, with at least one source.</param>
    public static double Threshold(TransferModel model)
    {
        // L ≥ log 2; where log L is negative it is left out, which keeps c² ≥ 2L.
        var l = Harness.Core.Transfer.Threshold.Log(2 * model.Sources * (model.TotalSize / model.TargetSize));
        return Math.Sqrt((2 * l) + (4 * Math.Max(0, Harness.Core.Transfer.Threshold.Log(l))));
    }
}
