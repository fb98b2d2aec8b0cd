using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>The cost of adaptation with one source in one dimension: logarithmic in n_1/n_0, from above by a pre-test and from below for any rule.</summary>
public static class OneSourceCost
{
    private static readonly VariableRange Sizes = new("n₁/n₀", 1, 1e6, IsInteger: false);

    private static readonly Generator<Trial> Ladder = Pairs(Domain.Climbing("n₁/n₀", rungs: (7, 13, 31), trials: 1, Sizes), "one source, κ from 1 to 10⁶");

    private static readonly Generator<Trial> Rules = Pairs(
        Domain.Filling(cells: (40, 100, 400), trials: 1, Sizes, new VariableRange("c", 0.1, 8, IsInteger: false)), "one source, pre-tested at any threshold");

    /// <summary>The best pre-test pays at most 2 + log(1 + κ); beyond 10⁶, where its cost grows like 2 log κ, it would pay more.</summary>
    public static Claim Above { get; } = Claim
        .Named("ms.one-source-upper-bound")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source (upper bound)", "One source", "MS11")
        .States("min_c sup_δ risk of the pre-test/R_L(|δ|) ≤ 2 + log(1 + κ),   1 ≤ κ = n_1/n_0 ≤ 10⁶")
        .Given(Ladder)
        .Observes("A(κ), the cost of the best pre-test", trial => Cost(trial, HardThreshold.BestThreshold(κ(trial))))
        .AgainstItsOwnBound("2 + log(1 + κ)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("a threshold of 2 whatever the sizes", trial => Cost(trial, 2))
        .RefutedWhen("κ up to 10⁸", Pairs(Domain.Climbing("n₁/n₀", rungs: 3, trials: 1, Sizes with { To = 1e8 }), "one source, κ up to 10⁸"))
        .Build();

    /// <summary>No threshold serves both zero bias and the bias that the target can hardly see.</summary>
    public static Claim Below { get; } = Claim
        .Named("ms.one-source-lower-bound")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source (lower bound)", "One source", "MS11")
        .States("max over δ ∈ {0, √(log(1 + κ)/n_0)} of risk/R_L(|δ|) ≥ ¼ log(1 + κ)")
        .Given(Rules)
        .Observes("the larger ratio of a pre-test", trial => Against(trial, Ball.Max(Ratio(trial, Ball.Exactly(0)), Ratio(trial, HardBias(trial)))))
        .AgainstItsOwnBound("¼ log(1 + κ)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("the rule is told the bias", trial => Against(trial, Ball.Exactly(1)))
        .RefutedWhen("zero bias is not tried", trial => Against(trial, Ratio(trial, HardBias(trial))))
        .Build();

    private static Generator<Trial> Pairs(Domain domain, string inWords) => new(domain, inWords, takesData: false, trial => trial);

    private static double κ(Trial trial) => trial.Variables["n₁/n₀"];

    private static Ball Logarithm(Trial trial) => Ball.Log(Ball.Exactly(1) + Ball.Exactly(κ(trial)));

    private static Measurement Cost(Trial trial, double c) => new(HardThreshold.Cost(c, κ(trial), tolerance: 1e-3)) { Bound = Ball.Exactly(2) + Logarithm(trial) };

    private static Measurement Against(Trial trial, Ball ratio) => new(ratio) { Bound = Ball.Exactly(0.25) * Logarithm(trial) };

    private static Ball Ratio(Trial trial, Ball τ) => HardThreshold.Ratio(HardThreshold.Risk(Ball.Exactly(trial.Variables["c"]), τ), τ, Ball.Exactly(κ(trial)));

    /// <summary>τ at δ√n_0 = √log(1 + κ).</summary>
    private static Ball HardBias(Trial trial) => Ball.Sqrt(Logarithm(trial) / (Ball.Exactly(1) + (Ball.Exactly(1) / Ball.Exactly(κ(trial)))));
}
