namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// For sources in the order of their biases: T_k pools the groups 0, …, k; the last T_k before the first that disagrees with one before it, |T_k − T_j| &gt; a√(V_j − V_k), V_k = 1/(n_0 + … + n_k), is the estimate.
/// </summary>
/// <remarks>
/// Lepski's method (Theory Probab. Appl. 35, 1990) with a² = 2 log(N_K/n_0): T_k − T_j has variance V_j − V_k exactly. The factor 2 matters: an early rejection costs V_0/V_K. In d dimensions a is compared with the norm less √(d − 1).
/// Derivation: docs/derivations.md, "Ordered sources".
/// </remarks>
/// <param name="factor">The factor before the logarithm.</param>
public sealed class Lepski(double factor) : ITransferEstimator
{
    /// <summary>With the factor 2.</summary>
    public Lepski()
        : this(2)
    {
    }

    /// <inheritdoc/>
    public string Name => "lepski";

    /// <inheritdoc/>
    public string Description => "Pools sources in their order as long as every pooled mean agrees with all before it: for sources ordered by their biases.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => true;

    /// <inheritdoc/>
    public int WorkspaceLength(TransferModel model) => model.MeansLength;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var d = model.Dimension;
        var threshold = Threshold.Squared(model, Math.Sqrt(factor * Threshold.Log(model.TotalSize / model.TargetSize)));
        var pooled = new WeightedMean(model, means, estimate);
        pooled.Add(0);
        estimate.CopyTo(workspace);
        for (var k = 1; k <= model.Sources; k++)
        {
            pooled.Add(k);
            for (var (j, size) = (0, model.TargetSize); j < k; size += model.Sizes[++j])
            {
                if (SquaredDistance.Between(estimate, workspace.Slice(j * d, d)) > threshold * ((1 / size) - (1 / pooled.Size)))
                {
                    workspace.Slice((k - 1) * d, d).CopyTo(estimate);
                    return;
                }
            }

            estimate.CopyTo(workspace[(k * d)..]);
        }
    }
}
