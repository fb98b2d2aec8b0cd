using Harness.Core.Enclosures;

namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// Takes the sources for two blocs, the first ⌈K/2⌉ and the rest, one of which has the target's mean, and mixes the means of the blocs by the posterior probability of each given the target, at even odds.
/// </summary>
/// <remarks>The Bayes rule of the two configurations behind the lower bound (<see cref="TwoPointRisk"/>) in the limit of large sources; there the bound is attained. Derivation: docs/derivations.md, "Two points".</remarks>
public sealed class TwoPointBayes : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "two-point-bayes";

    /// <inheritdoc/>
    public string Description => "Mixes the means of two blocs of sources by their posterior odds given the target.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => model.Sources >= 2;

    /// <inheritdoc/>
    public int WorkspaceLength(TransferModel model) => model.Dimension;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var target = model.Mean(means, 0);
        var rest = workspace[..model.Dimension];
        var first = new WeightedMean(model, means, estimate);
        var second = new WeightedMean(model, means, rest);
        var half = (model.Sources + 1) / 2;
        for (var k = 1; k <= model.Sources; k++)
        {
            if (k <= half)
            {
                first.Add(k);
            }
            else
            {
                second.Add(k);
            }
        }

        // The target lies about a bloc's mean with variance 1/n_0 + 1/n_bloc per coordinate.
        var (v, w) = ((1 / model.TargetSize) + (1 / first.Size), (1 / model.TargetSize) + (1 / second.Size));
        var odds = ((SquaredDistance.Between(target, estimate) / v) - (SquaredDistance.Between(target, rest) / w) + (model.Dimension * Threshold.Log(v / w))) / 2;
        var inverse = Ball.Exp(Ball.Exactly(Math.Min(-odds, 700))).Midpoint;
        var share = 1 / (1 + inverse);
        for (var i = 0; i < estimate.Length; i++)
        {
            estimate[i] += share * (rest[i] - estimate[i]);
        }
    }
}
