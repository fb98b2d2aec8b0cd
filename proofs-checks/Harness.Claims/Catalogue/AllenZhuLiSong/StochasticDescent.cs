using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 2: stochastic gradient descent converges linearly too, at a rate proportional to the minibatch.</summary>
/// <remarks>The paper's width for Theorem 2 could not be confirmed and is no part of these claims; η = (b/n) d/(n L m) is larger than the paper's Θ(b δ d/(n⁵ L² m log² m)).</remarks>
public static class StochasticDescent
{
    private const double Accuracy = 0.1;

    private const int Most = 20_000;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    private static readonly Domain Batches = Domain.Climbing("b", rungs: (4, 4, 5), trials: (24, 40, 80), new("b", 1, (8, 8, 8), IsInteger: true), n(8), m(96), L(1), d(1), δ(0.95));

    private static readonly Domain Sizes = Domain.Filling(
        cells: (36, 36, 60), trials: (4, 4, 8), m(96, (192, 256, 1024)), new("b", 1, (4, 5, 8), IsInteger: true), new("n/b", 2, (4, 5, 8), IsInteger: true), L(1, (3, 3, 6)), δ(0.7, (0.35, 0.3, 0.1)), d(1))
        .Computing("n", "n/b", v => v["b"] * v["n/b"]);

    /// <summary>T(ε) against b, at a rate proportional to b.</summary>
    public static Claim Batch { get; } = Claim
        .Named("azls.sgd-steps-in-batch")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 2 (number of steps)", "Training near initialisation", "C52")
        .States("T(ε) = Θ(1/b) at η = Θ(b d/m), with the unbiased step η (n/b) Σ_{i∈S} ∇F_i")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Batches)).GeneratedOnly())
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, LearningRate(instance.Trial)))
        .Against("1/b", v => 1 / v["b"])
        .DecidedBy(Exponent.EqualTo(-1, within: Margin, ladder: "b"))
        .RefutedWhen("the factor n/b is left out", Networks.WithAlternatingTargets(Networks.AtInitialisation(Batches.Reduced(cells: 4, trials: 12))).GeneratedOnly(), instance => Steps(instance, LearningRate(instance.Trial) * instance.Trial.Variables["b"] / instance.Trial.n))
        .RefutedWhen("η does not grow with b", Networks.WithAlternatingTargets(Networks.AtInitialisation(Batches.Reduced(cells: 4, trials: 16))).GeneratedOnly(), instance => Steps(instance, LearningRate(instance.Trial) / instance.Trial.Variables["b"]))
        .Build();

    /// <summary>T(ε) against the theorem's number of steps.</summary>
    public static Claim Bound { get; } = Claim
        .Named("azls.sgd-convergence")
        .From(Papers.AllenZhuLiSong, "Theorem 2 (number of steps)", "C52")
        .States("F(W⁽ᵀ⁾) ≤ ε F(W⁽⁰⁾) after T ≤ C · n⁷ L² log² m / (b δ²) steps of stochastic gradient descent")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Sizes)).GeneratedOnly())
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, LearningRate(instance.Trial)))
        .Against("n⁷ L² log² m / (b δ²)", v => Math.Pow(v.n, 7) * v.L * v.L * Math.Pow(Math.Log(v.m), 2) / (v["b"] * v.δ * v.δ))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("n, L and δ are left out", v => 1 / v["b"])
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Sizes.Reduced(cells: 1, trials: 1))).GeneratedOnly())
        .Build();

    /// <summary>The distance that stochastic gradient descent covers.</summary>
    public static Claim Movement { get; } = Claim
        .Named("azls.sgd-movement")
        .From(Papers.AllenZhuLiSong, "Theorem 2 (distance from initialisation)", "C52")
        .States("‖W⁽ᵀ⁾ − W⁽⁰⁾‖_F ≤ C · n³ √(n/b) √(dL) log m / (δ √m)")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Sizes)).GeneratedOnly())
        .Observes("‖W(T) − W(0)‖_F at F = 0.1 F(0)", DistanceMoved)
        .Against("n³ √(n/b) √(dL) log m / (δ √m)", v => Scale(v) / Math.Sqrt(v.m))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m⁻² in place of m^{−1/2}, n and log m left out", v => 1 / (v.m * v.m))
        .Build();

    private static double Scale(Variables v) => Math.Pow(v.n, 3) * Math.Sqrt(v["n/b"] * v.d * v.L) * Math.Log(v.m) / v.δ;

    private static double LearningRate(Trial trial) => LinearConvergence.LearningRate(trial) * trial.Variables["b"] / trial.n;

    private static Measurement Steps(NetworkInstance instance, double η)
    {
        var losses = Run(instance, η);
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, Accuracy))) { Series = [.. Descent.Plotted(losses)] };
    }

    private static Measurement DistanceMoved(NetworkInstance instance)
    {
        var initial = new FullyConnected<double>(instance.Network.InputDimension, instance.Trial.m, instance.Trial.L, instance.Trial.d);
        initial.CopyFrom(instance.Network);
        Run(instance, LearningRate(instance.Trial));
        return Descent.Movement(instance.Network, initial);
    }

    private static double[] Run(NetworkInstance instance, double η) =>
        new LossDescent(instance, Loss.Squared, _ => η, (int)instance.Trial.Variables["b"]).Run(Most, until: Accuracy * instance.Loss());
}
