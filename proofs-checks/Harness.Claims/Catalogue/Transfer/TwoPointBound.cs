using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Transfer;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>
/// Two sources, one of them without bias, and only the target can tell which: a bound for every estimator there is, held against every estimator of the library. One that beats it is a defect, or news.
/// </summary>
public static class TwoPointBound
{
    /// <summary>Blocks of draws for either configuration: the mean of 2048 losses whose skewness is below 20 has one below ½.</summary>
    private const int Blocks = 8;

    private static readonly Domain Pairs = Domain.Filling(
        cells: (6, 12, 30), trials: (16, 24, 60), new("n₁/n₀", 0.1, 1000, IsInteger: false), new("n₂/n₁", 1, 4, IsInteger: false), new("u", 1, 5, IsInteger: false));

    /// <summary>The claim about each estimator of the library.</summary>
    public static IEnumerable<Claim> Claims => TransferEstimators.All.Select(Of);

    /// <summary>The claim about one estimator, of the library or not.</summary>
    /// <param name="estimator">An estimator that supports two sources in one dimension or in nine.</param>
    public static Claim Of(ITransferEstimator estimator) => Claim
        .Named($"ms.two-point-bound-{estimator.Name}")
        .DerivedFrom(Papers.ChakrabortyMaity, "Two sources (impossibility)", "Two points", "MS6")
        .States("½(R_A + R_B) ≥ B(u)/n_0,   so max{R_A (n_0 + n_1), R_B (n_0 + n_2)} ≥ B(u)(1 + min(n_1, n_2)/n_0);   A: θ = t, B: θ = t + u/√n_0, sources at t and t + u/√n_0 in both")
        .Given(TransferSimulation.On(Pairs, $"two sources at distance u/√n_0, the target at either; {estimator.Name}"))
        .Observes("n_0 · ½(R_A + R_B)", simulation => MeanRisk(simulation, estimator))
        .Against("B(u)", v => TwoPointRisk.At(v["u"]).Midpoint)
        .DecidedBy(Moment.AtLeast(resolution: 0.1))
        .RefutedWhen("the estimator is told which source has no bias", MeanRiskWhenTold)
        .Build();

    /// <summary>The dimension in which an estimator is tried: one, or nine for those that need more.</summary>
    public static int Dimension(ITransferEstimator estimator) => estimator.Supports(new(1, 1, 1, 1)) ? 1 : 9;

    private static Measurement MeanRisk(TransferSimulation simulation, ITransferEstimator estimator)
    {
        var v = simulation.Trial.Variables;
        var model = new TransferModel(Dimension(estimator), 1, v["n₁/n₀"], v["n₁/n₀"] * v["n₂/n₁"]);
        return (Risk(0, "A") + Risk(v["u"], "B")) / 2;

        double Risk(double target, string configuration)
        {
            var centres = new double[model.MeansLength];
            (centres[0], centres[2 * model.Dimension]) = (target, v["u"]);
            return simulation.Risk(estimator, model, centres, configuration, Blocks);
        }
    }

    /// <summary>Pooled with the right source, the risk is 1/(n_0 + n_k).</summary>
    private static Measurement MeanRiskWhenTold(TransferSimulation simulation)
    {
        var v = simulation.Trial.Variables;
        var pooling = new Core.Transfer.Estimators.Pooling();
        return (simulation.Risk(pooling, new(1, 1, v["n₁/n₀"]), [0, 0], "A", Blocks) + simulation.Risk(pooling, new(1, 1, v["n₁/n₀"] * v["n₂/n₁"]), [v["u"], v["u"]], "B", Blocks)) / 2;
    }
}
