using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Zeng and Lee's theorem on linear networks: L layers with adapters of rank R come exactly as close to a target as one update of rank RL.</summary>
public static class LinearExpressivity
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (12, 24, 48), trials: (1, 1, 2), new VariableRange("D", 3, (4, 5, 5), IsInteger: true), new VariableRange("L", 1, (3, 3, 4), IsInteger: true), new VariableRange("R", 1, (2, 3, 3), IsInteger: true), new VariableRange("rank E", 2, (3, 4, 5), IsInteger: true));

    /// <summary>The construction attains the value.</summary>
    public static Claim Attained { get; } = Claim
        .Named("zl.linear-attained")
        .DerivedFrom(Papers.ZengLee, "Lemma on linear models (upper bound)", "Expressive power of adapters", "L10")
        .States("Π(W_l + ΔW_l) − W̄ = −E(1 − VVᵀ) with rank ΔW_l ≤ R, V the first RL right singular vectors of E = W̄ − ΠW_l:   error σ_{RL+1} in the spectral norm and (Σ_{i>RL} σ_i²)^½ in Frobenius'")
        .Given(AdaptedChain.On(Sizes))
        .Observes("‖Π(W_l + ΔW_l) − W̄ + E(1 − VVᵀ)‖²_F + |‖Π − W̄‖²_F − Σ_{i>RL} σ_i²|, in rational arithmetic", chain => Residual(chain, chain.Rank * chain.Depth))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the layers' ranks do not add up: R in place of RL", chain => Residual(chain, chain.Rank))
        .RefutedWhen("one rank is lost: RL − 1", chain => Residual(chain, (chain.Rank * chain.Depth) - 1))
        .Build();

    /// <summary>Nothing beats it.</summary>
    public static Claim Bound { get; } = Claim
        .Named("zl.linear-lower-bound")
        .DerivedFrom(Papers.ZengLee, "Lemma on linear models (lower bound)", "Expressive power of adapters", "L11")
        .States("‖Π(W_l + ΔW_l) − W̄‖²_F ≥ Σ_{i>RL} σ_i²   for all ΔW_l of rank at most R")
        .Given(AdaptedChain.On(Sizes))
        .Observes("‖Π(W_l + ΔW_l) − W̄‖²_F − Σ_{i>RL} σ_i² at the optimum, near it and far from it, the smallest, in rational arithmetic", chain => Room(chain, chain.Rank * chain.Depth))
        .AgainstItsOwnBound("0")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("the layers' ranks do not add up: R in place of RL", chain => Room(chain, chain.Rank))
        .Build();

    /// <summary>When the error is zero.</summary>
    public static Claim Threshold { get; } = Claim
        .Named("zl.linear-threshold")
        .DerivedFrom(Papers.ZengLee, "Lemma on linear models (exact representation)", "Expressive power of adapters", "L12")
        .States("the construction is exact iff R ≥ ⌈rank(E)/L⌉, and no smaller R is by the lower bound")
        .Given(AdaptedChain.On(Sizes))
        .Observes("1 where exactness and the condition disagree", chain => Disagrees(chain, chain.Rank * chain.Depth >= chain.ErrorRank))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("R ≥ rank E", chain => Disagrees(chain, chain.Rank >= chain.ErrorRank))
        .RefutedWhen("R L > rank E", chain => Disagrees(chain, chain.Rank * chain.Depth > chain.ErrorRank))
        .Build();

    private static Measurement Residual(AdaptedChain chain, int rank)
    {
        var difference = chain.Product(chain.Construction()) - chain.Target;
        var stated = chain.ErrorWithout(Math.Min(rank, chain.Order));
        return new(TransferProblem.Enclosed((difference + stated).SquaredFrobeniusNorm() + BigRational.Abs(difference.SquaredFrobeniusNorm() - chain.Tail(rank)))) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Room(AdaptedChain chain, int rank) => new(TransferProblem.Enclosed(chain.LeastErrorNearby() - chain.Tail(rank))) { Bound = Ball.Exactly(0) };

    private static Measurement Disagrees(AdaptedChain chain, bool stated)
    {
        var exact = (chain.Product(chain.Construction()) - chain.Target).SquaredFrobeniusNorm().Sign == 0;
        return new(Ball.Exactly(exact == stated ? 0 : 1)) { Bound = Ball.Exactly(0) };
    }
}
