using Harness.Core.Transfer;

namespace Harness.Reports.Transfer;

/// <summary>Costs of adaptation over sizes of the sources.</summary>
/// <param name="Ratios">n/n_0, one a column.</param>
/// <param name="Sources">K; all sources have one size.</param>
/// <param name="Dimension">d.</param>
/// <param name="Blocks">Blocks of <see cref="MonteCarloRisk.BlockLength"/> draws for each configuration.</param>
/// <param name="Seed">Seed of every random number.</param>
public sealed record TransferStudy(IReadOnlyList<double> Ratios, int Sources, int Dimension, int Blocks, ulong Seed)
{
    /// <summary>sup B, the constant of the bound for two blocs, rounded down.</summary>
    internal const double TwoPointConstant = 0.4795;

    /// <summary>For every ratio, the costs of all estimators.</summary>
    /// <param name="estimators">The estimators; one that does not support the model has no cost.</param>
    /// <param name="cancellation">Stops between configurations.</param>
    /// <exception cref="EstimatorException">An estimator failed.</exception>
    public IReadOnlyList<IReadOnlyList<AdaptationCost>> Run(IReadOnlyList<ITransferEstimator> estimators, CancellationToken cancellation) =>
        [.. Ratios.Select(ratio => estimators.Select(estimator => AdaptationCost.Of(estimator, Model(ratio), Seed, Blocks, cancellation)).ToArray())];

    /// <summary>What the worst ratio over all configurations is at least, for any estimator there is: 0.4795 (1 + ⌊K/2⌋ n/n_0)/d, and 1.</summary>
    /// <param name="ratio">n/n_0.</param>
    public double LowerBound(double ratio) => Math.Max(1, TwoPointConstant * (1 + (Sources / 2 * ratio)) / Dimension);

    private TransferModel Model(double ratio) => new(Dimension, [1, .. Enumerable.Repeat(ratio, Sources)]);
}
