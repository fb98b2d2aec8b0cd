using System.Runtime.InteropServices;

namespace Harness.Core.Transfer.Estimators;

/// <summary>
/// Joins sources that agree with each other, ‖X̄_k − X̄_l‖ ≤ (√(d − 1) + c)√(1/n_k + 1/n_l), into clusters (single linkage), and pools the target with the clusters whose means agree with it. c is that of <see cref="Screening"/>.
/// </summary>
/// <remarks>A cluster is one large source: the cost is that of as many sources as there are clusters. Derivation: docs/derivations.md, "Clustered sources".</remarks>
public sealed class Clustering : ITransferEstimator
{
    /// <inheritdoc/>
    public string Name => "clustering";

    /// <inheritdoc/>
    public string Description => "Joins sources that agree with each other, and pools the target with the clusters that agree with it.";

    /// <inheritdoc/>
    public bool Supports(TransferModel model) => model.Sources >= 1;

    /// <inheritdoc/>
    public int WorkspaceLength(TransferModel model) => model.Dimension + model.Sources + 1;

    /// <inheritdoc/>
    public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
    {
        var threshold = Threshold.Squared(model, Screening.Threshold(model));
        var cluster = workspace[..model.Dimension];
        var labels = MemoryMarshal.Cast<double, int>(workspace[model.Dimension..])[..(model.Sources + 1)];
        Label(model, means, threshold, labels);
        var pooled = new WeightedMean(model, means, estimate);
        pooled.Add(0);
        for (var label = 1; label <= model.Sources; label++)
        {
            if (labels[label] != label)
            {
                continue;
            }

            var members = new WeightedMean(model, means, cluster);
            for (var k = label; k <= model.Sources; k++)
            {
                if (labels[k] == label)
                {
                    members.Add(k);
                }
            }

            var variance = (1 / model.TargetSize) + (1 / members.Size);
            if (SquaredDistance.Between(cluster, model.Mean(means, 0)) <= threshold * variance)
            {
                pooled.Add(cluster, members.Size);
            }
        }
    }

    /// <summary>Gives every source the smallest number in its cluster.</summary>
    private static void Label(TransferModel model, ReadOnlySpan<double> means, double threshold, Span<int> labels)
    {
        for (var k = 1; k <= model.Sources; k++)
        {
            labels[k] = k;
            for (var l = 1; l < k; l++)
            {
                if (labels[l] != labels[k] && model.Discrepancy(means, k, l) <= threshold)
                {
                    Join(labels[1..(k + 1)], labels[l], labels[k]);
                }
            }
        }
    }

    private static void Join(Span<int> labels, int one, int other)
    {
        var (kept, lost) = (Math.Min(one, other), Math.Max(one, other));
        labels.Replace(lost, kept);
    }
}
