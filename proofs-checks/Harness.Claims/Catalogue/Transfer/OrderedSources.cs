using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>Sources in the known order of their biases: Lepski's method pays a logarithm where without the order the cost would be linear in the size of the second source.</summary>
public static class OrderedSources
{
    /// <summary>Blocks of draws that a trial averages over. An early rejection costs V_0/V_K ≤ 341 and has probability near 10⁻³; with a few among 4096 draws the skewness of their mean is below 1.</summary>
    private const int Blocks = 16;

    private static readonly VariableRange Numbers = new("K", 1, 4, IsInteger: true);

    private static readonly Domain Biases = Domain
        .Filling(cells: (14, 24, 60), trials: (16, 24, 60), Numbers, new("D√n₀", 0.3, 20, IsInteger: false), new("share", 0.1, 2, IsInteger: false))
        .Computing("j", v => Math.Min(v["K"], Math.Round(v["K"] * v["share"])));

    private static readonly Domain NoBias = Domain
        .Filling(cells: 1, trials: (16, 24, 60), Numbers with { From = 4 }, new("D√n₀", 1, 1, IsInteger: false), new("share", 1, 1, IsInteger: false))
        .Computing("j", v => v["K"]);

    private static readonly Domain Sizes = Domain.Filling(cells: (16, 40, 120), trials: (2, 4, 8), Numbers with { To = (6, 8, 8) }, new VariableRange("h√n₀", 1, 1, IsInteger: false));

    /// <summary>The ratio to the best pool, at sizes that grow fourfold.</summary>
    public static Claim Lepski { get; } = Claim
        .Named("ms.ordered-lepski")
        .DerivedFrom(Papers.ChakrabortyMaity, "Ordered biases (estimator)", "Ordered sources", "MS13")
        .States("risk/min_k (V_k + h_k²) ≤ C log(N_K/n_0),   C = 1.65 for K = 1 and 1.3 for K = 2, 3, 4 (measured, not proved);   n_k = 4^k n_0, the first j sources without bias, the others off by D")
        .Given(TransferSimulation.On(Biases, "K sources of sizes 4, 16, … times the target's, the first j without bias and the others off by D"))
        .Observes("ratio of Lepski's method to the best pool", simulation => Ratio(simulation, new Lepski()))
        .Against("C log(N_K/n_0)", v => (v["K"] == 1 ? 1.65 : 1.3) * Math.Log((Math.Pow(4, v["K"] + 1) - 1) / 3))
        .DecidedBy(Moment.AtMost(resolution: 0.1, skewness: 1))
        .RefutedWhen("the constant 2 in the threshold is replaced by 1", TransferSimulation.On(NoBias, "four sources without bias"), simulation => Ratio(simulation, new Lepski(factor: 1)))
        .RefutedWhen("the target alone", simulation => Ratio(simulation, new TargetOnly()))
        .Build();

    /// <summary>What makes the threshold exact: pooled means have independent increments.</summary>
    public static Claim Increments { get; } = Claim
        .Named("ms.ordered-increments")
        .DerivedFrom(Papers.ChakrabortyMaity, "Ordered biases (variance of a comparison)", "Ordered sources", "MS14")
        .States("Var(T_k − T_j) = V_j − V_k   for j < k,   T_k the pooled mean of 0, …, k,  V_k = 1/(n_0 + … + n_k)")
        .Given(TransferProblem.On(Sizes, positiveBiases: true))
        .Observes("Var(T_k − T_j) − (V_j − V_k), in rational arithmetic", problem => Increment(problem, sign: -1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("V_j + V_k, as if pooled means were independent", problem => Increment(problem, sign: 1))
        .Build();

    private static Measurement Ratio(TransferSimulation simulation, ITransferEstimator estimator)
    {
        var v = simulation.Trial.Variables;
        var (sources, unbiased, bias) = ((int)v["K"], (int)v["j"], v["D√n₀"]);
        var model = new TransferModel(1, [.. Enumerable.Range(0, sources + 1).Select(k => Math.Pow(4, k))]);
        double[] centres = [.. Enumerable.Range(0, sources + 1).Select(k => k <= unbiased ? 0 : bias)];
        var (best, size) = (double.PositiveInfinity, 0.0);
        for (var k = 0; k <= sources; k++)
        {
            size += model.Sizes[k];
            best = Math.Min(best, (1 / size) + (centres[k] * centres[k]));
        }

        return simulation.Risk(estimator, model, centres, "means", Blocks) / best;
    }

    /// <summary>For the whole pool and one before it.</summary>
    private static Measurement Increment(TransferProblem problem, int sign)
    {
        var before = problem.Trial.Random("before").Integer(0, problem.Biases.Length);
        BigRational[] sizes = [.. problem.Sizes.Select(BigRational.Exactly)];
        BigRational partial = 0, total = 0, variance = 0;
        for (var k = 0; k < sizes.Length; k++)
        {
            (partial, total) = (k <= before ? partial + sizes[k] : partial, total + sizes[k]);
        }

        for (var k = 0; k < sizes.Length; k++)
        {
            var difference = (sizes[k] / total) - (k <= before ? sizes[k] / partial : 0);
            variance += difference * difference / sizes[k];
        }

        return TransferProblem.Enclosed(variance - ((1 / partial) + (sign * (1 / total))));
    }
}
