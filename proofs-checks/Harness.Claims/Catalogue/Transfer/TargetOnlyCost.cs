using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>What it costs not to use the sources at all, where they have no bias: an upper bound of the cost of adaptation that no logarithm spoils.</summary>
public static class TargetOnlyCost
{
    private static readonly Domain Problems = Domain.Filling(cells: (16, 40, 120), trials: (2, 4, 8), new VariableRange("K", 1, (6, 12, 40), IsInteger: true), new VariableRange("h√n₀", 1, 1, IsInteger: false));

    /// <summary>The ratio at zero biases, exactly.</summary>
    public static Claim Claim { get; } = Claim
        .Named("ms.target-only-cost")
        .DerivedFrom(Papers.ChakrabortyMaity, "Fixed number of sources (upper bound)", "Several sources", "MS10")
        .States("(1/n_0)/R_L(0) = 1 + N/n_0")
        .Given(TransferProblem.On(Problems, positiveBiases: true))
        .Observes("(1/n_0)/R_L(0) − (1 + N/n_0)", problem => Residual(problem, known: 0, factor: 1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the oracle is told of biases of 1/√n_0", problem => Residual(problem, known: 1, factor: 1))
        .RefutedWhen("1 + N/(2n_0)", problem => Residual(problem, known: 0, factor: 0.5))
        .Build();

    private static Measurement Residual(TransferProblem problem, double known, double factor)
    {
        var (target, others) = (Ball.Exactly(problem.Sizes[0]), Ball.Exactly(0));
        foreach (var size in problem.Sizes.AsSpan(1))
        {
            others += Ball.Exactly(size);
        }

        var biases = problem.Biases.Select(_ => known / Math.Sqrt(problem.Sizes[0])).ToArray();
        var ratio = Ball.Exactly(1) / target / LinearOracle.Enclose(problem.Model, biases);
        return ratio - (Ball.Exactly(1) + (Ball.Exactly(factor) * others / target));
    }
}
