using Harness.Core.Numerics;

namespace Harness.Core.Transfer;

/// <summary>
/// The risk E‖θ̂ − θ‖² of an estimator by simulation, in blocks of <see cref="BlockLength"/> draws. A block is a function of its stream and number alone: any threads may share the blocks out, and merged in order they have the same bits.
/// </summary>
public static class MonteCarloRisk
{
    /// <summary>Draws of a block.</summary>
    public const int BlockLength = 256;

    /// <summary>Numbers that <see cref="Simulate"/> needs as workspace.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="model">The model.</param>
    public static int WorkspaceLength(ITransferEstimator estimator, TransferModel model) => (BlockLength * model.MeansLength) + model.Dimension + estimator.WorkspaceLength(model);

    /// <summary>Simulates consecutive blocks.</summary>
    /// <param name="estimator">An estimator that supports the model.</param>
    /// <param name="model">Dimension and sample sizes.</param>
    /// <param name="centres">θ, θ + δ_1, …, θ + δ_K: (K + 1) × d.</param>
    /// <param name="stream">The random numbers: draw i of the means takes the (K + 1)d normals from i(K + 1)d on.</param>
    /// <param name="firstBlock">Number of the first block.</param>
    /// <param name="blocks">Receives the estimate of each block.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> numbers of any value.</param>
    /// <exception cref="ArgumentException">The estimator does not support the model, or a length is wrong.</exception>
    public static void Simulate(
        ITransferEstimator estimator, TransferModel model, ReadOnlySpan<double> centres, RandomStream stream, long firstBlock, Span<RiskEstimate> blocks, Span<double> workspace)
    {
        if (!estimator.Supports(model))
        {
            throw new ArgumentException($"The estimator {estimator.Name} does not support {model.Sources} sources in dimension {model.Dimension}.", nameof(estimator));
        }

        var (length, d) = (model.MeansLength, model.Dimension);
        if (centres.Length != length)
        {
            throw new ArgumentException($"{model.Sources} sources and a target in dimension {d} have {length} coordinates of means; got {centres.Length}.", nameof(centres));
        }

        var draws = workspace[..(BlockLength * length)];
        var estimate = workspace.Slice(draws.Length, d);
        var rest = workspace[(draws.Length + d)..];
        for (var b = 0; b < blocks.Length; b++)
        {
            stream.FillGaussian(draws, 1.0, (ulong)(firstBlock + b) * (ulong)draws.Length);
            var losses = default(RiskEstimate);
            for (var means = draws; !means.IsEmpty; means = means[length..])
            {
                Place(model, centres, means[..length]);
                estimator.Estimate(model, means[..length], estimate, rest);
                losses = losses.With(SquaredDistance.Between(estimate, centres[..d]));
            }

            blocks[b] = losses;
        }
    }

    /// <summary>Standard normals become means: X̄_k = centre + z/√n_k.</summary>
    private static void Place(TransferModel model, ReadOnlySpan<double> centres, Span<double> means)
    {
        for (var (k, j) = (0, 0); k <= model.Sources; k++)
        {
            var deviation = 1 / Math.Sqrt(model.Sizes[k]);
            for (var end = j + model.Dimension; j < end; j++)
            {
                means[j] = centres[j] + (deviation * means[j]);
            }
        }
    }
}
