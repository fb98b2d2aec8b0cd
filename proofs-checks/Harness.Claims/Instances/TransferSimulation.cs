using Harness.Core.Transfer;

namespace Harness.Claims.Instances;

/// <summary>A trial that simulates risks in units of the target's variance: n_0 = 1, and all other sizes are ratios to it.</summary>
/// <param name="Trial">The trial.</param>
public sealed record TransferSimulation(Trial Trial)
{
    /// <summary>Generator on a domain.</summary>
    /// <param name="domain">What the observation needs.</param>
    /// <param name="inWords">The instances in words.</param>
    public static Generator<TransferSimulation> On(Domain domain, string inWords) => new(domain, inWords, takesData: false, trial => new(trial));

    /// <summary>n_0 E‖θ̂ − θ‖² as the mean of a batch of draws.</summary>
    /// <param name="estimator">An estimator that supports the model.</param>
    /// <param name="model">With n_0 = 1.</param>
    /// <param name="centres">θ, θ + δ_1, …: (K + 1) × d.</param>
    /// <param name="purpose">What the draws are for; another purpose, other draws.</param>
    /// <param name="blocks">Blocks of <see cref="MonteCarloRisk.BlockLength"/> draws.</param>
    public double Risk(ITransferEstimator estimator, TransferModel model, ReadOnlySpan<double> centres, string purpose, int blocks)
    {
        var (parts, workspace) = (new RiskEstimate[blocks], new double[MonteCarloRisk.WorkspaceLength(estimator, model)]);
        MonteCarloRisk.Simulate(estimator, model, centres, Trial.Random(purpose), 0, parts, workspace);
        return RiskEstimate.Of(parts).Mean;
    }
}
