using Harness.Core.Numerics;
using Harness.Core.Transfer;

namespace Harness.Reports.Transfer;

/// <summary>An estimator's largest ratio of risk to oracle risk over a set of configurations, and where it is.</summary>
/// <param name="Ratio">Risk/R_L.</param>
/// <param name="StandardError">Of the ratio at that configuration. The largest of many is above its mean by a part of it.</param>
/// <param name="At">The configuration.</param>
public sealed record WorstRatio(double Ratio, double StandardError, BiasConfiguration At);

/// <summary>What adaptation costs an estimator, simulated.</summary>
/// <param name="Estimator">Its name.</param>
/// <param name="Any">Over all configurations; null where the estimator is not defined.</param>
/// <param name="Ordered">Over those whose sources are in the order of their biases; null where the estimator is not defined.</param>
public sealed record AdaptationCost(string Estimator, WorstRatio? Any, WorstRatio? Ordered)
{
    /// <summary>Simulates every configuration. The numbers do not depend on the number of threads.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="model">With n_0 = 1.</param>
    /// <param name="seed">Seed of every random number; all estimators and configurations see the same draws.</param>
    /// <param name="blocks">Blocks of <see cref="MonteCarloRisk.BlockLength"/> draws.</param>
    /// <param name="cancellation">Stops between configurations.</param>
    /// <exception cref="EstimatorException">The estimator threw, or gave a number that is not finite.</exception>
    public static AdaptationCost Of(ITransferEstimator estimator, TransferModel model, ulong seed, int blocks, CancellationToken cancellation)
    {
        if (!estimator.Supports(model))
        {
            return new(estimator.Name, null, null);
        }

        var configurations = BiasConfiguration.All(model.Sources);
        var ratios = new WorstRatio[configurations.Count];
        try
        {
            Parallel.For(0, ratios.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => ratios[i] = Ratio(estimator, model, configurations[i], seed, blocks));
        }
        catch (AggregateException exception)
        {
            throw exception.InnerExceptions[0] as EstimatorException
                ?? new EstimatorException($"The estimator {estimator.Name} failed: {exception.InnerExceptions[0].GetType().Name}: {exception.InnerExceptions[0].Message}", exception.InnerExceptions[0]);
        }

        return new(estimator.Name, ratios.MaxBy(r => r.Ratio), ratios.Where(r => r.At.IsOrdered).MaxBy(r => r.Ratio));
    }

    private static WorstRatio Ratio(ITransferEstimator estimator, TransferModel model, BiasConfiguration configuration, ulong seed, int blocks)
    {
        var (parts, workspace) = (new RiskEstimate[blocks], new double[MonteCarloRisk.WorkspaceLength(estimator, model)]);
        MonteCarloRisk.Simulate(estimator, model, configuration.Centres(model), RandomStream.FromSeed(seed), 0, parts, workspace);
        var (risk, oracle) = (RiskEstimate.Of(parts), configuration.OracleRisk(model));
        return double.IsFinite(risk.Mean)
            ? new(risk.Mean / oracle, risk.StandardError / oracle, configuration)
            : throw new EstimatorException($"The estimator {estimator.Name} gives estimates that are not finite where {configuration.Unbiased} of {model.Sources} sources have no bias and the others are off by {configuration.Distance}/√n₀.");
    }
}
