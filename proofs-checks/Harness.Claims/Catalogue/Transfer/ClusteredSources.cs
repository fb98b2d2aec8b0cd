using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>Sources that agree with each other are one source of their total size: clustering them first pays for the bias that they share what a single pre-test pays, however many they are.</summary>
public static class ClusteredSources
{
    /// <summary>Blocks of draws that a trial averages over. Losses are at most of the order κc² ≤ 100 times their unit with probability above 10⁻⁴, so 2048 of them have a mean of skewness below ½.</summary>
    private const int Blocks = 8;

    private static readonly Domain Clusters = Domain
        .Filling(cells: (10, 14, 40), trials: (16, 20, 60), new("K", 4, (10, 12, 24), IsInteger: true), new("N/n₀", 2, 6, IsInteger: false), new("δ/t", 0.2, 1.5, IsInteger: false))
        .Computing("n/n₀", v => v["N/n₀"] / v["K"])
        .Computing("δ√n₀", v => v["δ/t"] * Threshold(v) * Math.Sqrt(1 + (1 / v["n/n₀"])));

    /// <summary>One cluster, off by any bias.</summary>
    public static Claim Claim { get; } = Claim
        .Named("ms.one-cluster")
        .DerivedFrom(Papers.ChakrabortyMaity, "Clustered sources (one cluster)", "Clustered sources")
        .BeyondTheList("The list has no entry on clustered sources; the paper's abstract names them.")
        .States("(n_0 + N) · risk ≤ 1 + κ r_c(τ) + (1 + κ) p (2 + 2c²(1 + n_0/n)),   κ = N/n_0,  τ = δ/√(1/n_0 + 1/N),  p = 2(K − 1)Q(c),  K sources of size n with the bias δ")
        .Given(TransferSimulation.On(Clusters, "K sources of one size that share a bias of δ/t thresholds of one of them"))
        .Observes("(n_0 + N) · risk of clustering", simulation => Scaled(simulation, new Clustering()))
        .Against("1 + κ r_c(τ) + (1 + κ) p (2 + 2c²(1 + n_0/n))", Bound)
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("every source is tested by itself", simulation => Scaled(simulation, new Screening()))
        .RefutedWhen("the oracle's risk without bias", _ => 1)
        .Build();

    private static double Scaled(TransferSimulation simulation, ITransferEstimator estimator)
    {
        var v = simulation.Trial.Variables;
        return (1 + v["N/n₀"]) * simulation.Risk(estimator, Model(v), [0, .. Enumerable.Repeat(v["δ√n₀"], (int)v["K"])], "means", Blocks);
    }

    private static double Bound(Variables v)
    {
        var (κ, c) = (v["N/n₀"], Threshold(v));
        var unlinked = 2 * (v["K"] - 1) * NormalDistribution.UpperTail(Ball.Exactly(c)).Midpoint;
        var threshold = HardThreshold.Risk(Ball.Exactly(c), Ball.Exactly(v["δ√n₀"] / Math.Sqrt(1 + (1 / κ)))).Midpoint;
        return 1 + (κ * threshold) + ((1 + κ) * unlinked * (2 + (2 * c * c * (1 + (1 / v["n/n₀"])))));
    }

    private static double Threshold(Variables v) => Screening.Threshold(Model(v));

    private static TransferModel Model(Variables v) => new(1, [1, .. Enumerable.Repeat(v["N/n₀"] / v["K"], (int)v["K"])]);
}
