using Harness.Claims.Decisions;
using Harness.Claims.Instances;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>
/// Jang, Lee and Ryu's second theorem: in the regime of the tangent kernel, for r(r + 1)/2 &gt; KN, every second-order stationary point of training the factors with weight decay and almost any small perturbation is a global minimum.
/// Gradient descent from a random start almost surely ends in such a point; what is observed is that it comes near the convex minimum in a number of steps.
/// </summary>
public static class NoSpuriousMinima
{
    private const int Steps = 3000;

    // A run that stops in a bad stationary point is above the minimum by parts of F(0); one that is still on its way by a rest that falls geometrically.
    private const double Accuracy = 1e-3;

    private static readonly VariableRange Order = new("m", 4, 5, IsInteger: true), Samples = new("N", 1, 5, IsInteger: true), Penalty = new("λ/λ₀", 0.4, 0.1, IsInteger: false);

    private static readonly Domain Problems = Domain.Filling(cells: (5, 5, 20), trials: (20, 20, 40), Order, new VariableRange("K", 1, 1, IsInteger: true), Samples, Penalty);

    private static readonly Domain ManyOutputs = Domain.Filling(
        cells: (5, 5, 20), trials: (4, 4, 8), Order with { From = 5 }, new VariableRange("K", 3, 3, IsInteger: true), Samples with { From = 4 }, Penalty with { From = 0.1, To = 0.05 });

    /// <summary>The gap to the convex minimum, which the dual bounds from below.</summary>
    public static Claim Training { get; } = Claim
        .Named("jlr.no-spurious-minima")
        .DerivedFrom(Papers.JangLeeRyu, "No spurious local minima (training from random starts)", "Nuclear norm and rank", "L15")
        .States(FormattableString.Invariant($"r(r + 1)/2 > KN: {Steps} steps of gradient descent on B and A with weight decay, from Gaussian factors, end above the minimum over all X by more than F(0)/1000 with probability at most 1/10"))
        .Given(LinearisedAdaptation.On(Problems))
        .Observes("1 where the objective exceeds the dual bound by more than F(0)/1000", problem => Fails(problem, SufficientRank(problem.Count)))
        .Against("1/10", _ => 0.1)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("r = 1 where the minimiser has a larger rank", LinearisedAdaptation.On(ManyOutputs), problem => Fails(problem, 1))
        .Build();

    private static int SufficientRank(int count) => Enumerable.Range(1, count + 1).First(r => r * (r + 1) / 2 > count);

    private static Measurement Fails(LinearisedAdaptation adaptation, int rank)
    {
        adaptation.Trial.Measure("r", rank);
        var gap = adaptation.Problem.Minimise(adaptation.Penalty, relativeGap: 1e-6, steps: 2000);
        var initial = adaptation.Targets.Sum(y => y * y) / 2;
        return adaptation.Trained(rank, Steps) - gap.LowerBound <= Accuracy * initial ? 0.0 : 1.0;
    }
}
