using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>Shrinking the target toward the source in many dimensions: better than the target alone whatever the bias, and near the oracle where n_1 ≲ d n_0.</summary>
public static class JamesSteinRisk
{
    /// <summary>Blocks of draws that a trial averages over. From nine dimensions on the loss has a finite fourth moment.</summary>
    private const int Blocks = 8;

    private static readonly VariableRange Dimensions = new("d", 9, (16, 24, 60), IsInteger: true), Sizes = new("n/n₀", 0.1, 30, IsInteger: false);

    /// <summary>The ratio to the oracle at equal means.</summary>
    public static Claim EqualMeans { get; } = Claim
        .Named("ms.james-stein-cost")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source in d dimensions (equal means)", "One source", "MS12")
        .States("(n_0 + n_1)/d · E‖θ̂ − θ‖² = 1 + 2n_1/(d n_0)   at δ = 0, d ≥ 3")
        .Given(TransferSimulation.On(Domain.Filling(cells: (8, 16, 40), trials: (12, 20, 60), Dimensions, Sizes), "one source without bias in d ≥ 9 dimensions"))
        .Observes("risk/R_L(0) of James and Stein's estimator", simulation => Risk(simulation) * (1 + N(simulation.Trial.Variables)) / simulation.Trial.Variables.d)
        .Against("1 + 2n_1/(d n_0)", v => 1 + (2 * N(v) / v.d))
        .DecidedBy(Moment.Equals(resolution: 0.1))
        .RefutedWhen("the factor 2 is left out", v => 1 + (N(v) / v.d))
        .RefutedWhen("the oracle is attained", _ => 1)
        .Build();

    /// <summary>For every bias it gains on the target alone.</summary>
    public static Claim AnyBias { get; } = Claim
        .Named("ms.james-stein-bound")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source in d dimensions (any bias)", "One source", "MS12")
        .States("n_0 E‖θ̂ − θ‖² ≤ d − (d − 2)²/(d(1 + n_0/n_1) + n_0‖δ‖²)")
        .Given(TransferSimulation.On(
            Domain.Filling(cells: (8, 16, 40), trials: (12, 20, 60), Dimensions, Sizes, new VariableRange("‖δ‖√n₀", 0.1, 10, IsInteger: false)), "one source with bias δ in d ≥ 9 dimensions"))
        .Observes("n_0 · risk of James and Stein's estimator", simulation => Risk(simulation))
        .Against("d − (d − 2)²/(d(1 + n_0/n_1) + n_0‖δ‖²)", v => v.d - (Math.Pow(v.d - 2, 2) / ((v.d * (1 + (1 / N(v)))) + Math.Pow(v["‖δ‖√n₀"], 2))))
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("the oracle's risk without bias", v => v.d / (1 + N(v)))
        .Build();

    private static double N(Variables v) => v["n/n₀"];

    /// <summary>n_0 times the risk.</summary>
    private static double Risk(TransferSimulation simulation)
    {
        var v = simulation.Trial.Variables;
        var centres = new double[2 * (int)v.d];
        centres[(int)v.d] = v.TryGet("‖δ‖√n₀", out var bias) ? bias : 0;
        return simulation.Risk(new JamesStein(), new((int)v.d, 1, N(v)), centres, "means", Blocks);
    }
}
