using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>The worst risk over the signals of span at most K: what the best linear estimator attains, and a prior that no estimator escapes (Theorem 3.3 with its constants).</summary>
public static class MinimaxLinear
{
    private static readonly Domain Sizes = Domain.Filling(cells: (12, 24, 60), trials: (8, 12, 40), d(4, (200, 1000, 4000)), new VariableRange("K/d", 0.02, 1, IsInteger: false))
        .Computing("K", "K/d", v => Math.Max(1, Math.Floor(v.d * v["K/d"])));

    private static readonly Generator<Trial> Classes = new(Sizes, "signals whose energy beyond K of d coordinates is at most Kσ², σ² = 1", takesData: false, trial => trial);

    /// <summary>Attained.</summary>
    public static Claim Attained { get; } = Claim
        .Named("esd.minimax-linear-risk")
        .DerivedFrom(Papers.HuangLiLiLin, "Theorem 3.3 (linear estimators)", "Effective span dimension", "E4")
        .States("max_{θ ∈ F_K} risk of weights 1 on K coordinates and K/d beyond = Kσ²(2 − K/d)")
        .Given(Classes)
        .Observes("worst risk − Kσ²(2 − K/d)", trial => WorstRisk(trial, _ => Ratio(trial)) - Minimax(trial, 2))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("2Kσ²", trial => WorstRisk(trial, _ => Ratio(trial)) - Ball.Exactly(2 * trial.Variables["K"]))
        .RefutedWhen("nothing is kept beyond K", trial => WorstRisk(trial, _ => Ball.Exactly(0)) - Minimax(trial, 2))
        .Build();

    /// <summary>No other weights do better.</summary>
    public static Claim Lower { get; } = Claim
        .Named("esd.minimax-linear-lower-bound")
        .DerivedFrom(Papers.HuangLiLiLin, "Theorem 3.3 (linear estimators)", "Effective span dimension", "E4")
        .States("max_{θ ∈ F_K} risk of weights w ≥ Kσ²(2 − K/d)   for every w")
        .Given(Classes)
        .Observes("worst risk of drawn weights", trial => new(Drawn(trial)) { Bound = Minimax(trial, 2) })
        .AgainstItsOwnBound("Kσ²(2 − K/d)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("Kσ²(2.2 − K/d)", trial => new(Drawn(trial)) { Bound = Minimax(trial, 2.2) })
        .Build();

    private static Ball Ratio(Trial trial) => Ball.Exactly(trial.Variables["K"]) / Ball.Exactly(trial.d);

    private static Ball Minimax(Trial trial, double constant) => Ball.Exactly(trial.Variables["K"]) * (Ball.Exactly(constant) - Ratio(trial));

    /// <summary>The K leading coordinates are free, so their weights are 1; of the others the worst θ has its energy Kσ² where |1 − w| is largest.</summary>
    private static Ball WorstRisk(Trial trial, Func<int, Ball> weight)
    {
        var (variance, bias) = (Ball.Exactly(trial.Variables["K"]), Ball.Exactly(0));
        for (var j = (int)trial.Variables["K"]; j < trial.d; j++)
        {
            var w = weight(j);
            (variance, bias) = (variance + Ball.Square(w), Ball.Max(bias, Ball.Square(Ball.Exactly(1) - w)));
        }

        return variance + (Ball.Exactly(trial.Variables["K"]) * bias);
    }

    /// <summary>Near the best weights: the same for all, off by up to a fifth either way, or each off by its own.</summary>
    private static Ball Drawn(Trial trial)
    {
        var random = trial.Random("weights");
        var (ratio, common) = (trial.Variables["K"] / trial.d, random.Uniform(0) < 0.5);
        return WorstRisk(trial, j => Ball.Exactly(ratio * (1 + (0.4 * (random.Uniform(common ? 1 : (ulong)j + 1) - 0.5)) + 1e-3)));
    }
}
