using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Costs;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1, the headline: iterations and multiply-adds to reach accuracy ε are polynomial in n, L and 1/δ and linear in log(1/ε).</summary>
public static class PolynomialTime
{
    private const int Most = 20_000;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (56, 56, 80), trials: (4, 5, 8), mδ(Networks.LeastWidthTimesSeparation, (192, 256, 512)), δ(0.7, (0.3, 0.25, 0.1)), n(2, (6, 8, 16)), L(1, (3, 4, 8)), new("ε", 0.3, (0.01, 0.003, 1e-5), IsInteger: false), d(1))
        .Computing("m", "mδ", v => Math.Round(v["mδ"] / v.δ));

    /// <summary>T(ε) against the theorem's.</summary>
    public static Claim Steps { get; } = Claim
        .Named("azls.polynomial-steps")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C44", "C45")
        .States("T(ε) ≤ C · n⁶ L²/δ² · log(1/ε)")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Sizes)).GeneratedOnly())
        .Observes("steps to F = ε F(0)", StepsTaken)
        .Against("n⁶ L²/δ² · log(1/ε)", Bound)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("n, L and δ are left out", v => Math.Log(1 / v.ε))
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Sizes.Reduced(cells: 3, trials: 1))).GeneratedOnly())
        .Build();

    /// <summary>Counted multiply-adds until accuracy ε, against the theorem's steps times the cost of a step.</summary>
    public static Claim Operations { get; } = Claim
        .Named("azls.polynomial-operations")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "Cost of a step", "C44", "C45")
        .States("multiply-adds to reach ε ≤ C · n⁶ L²/δ² · log(1/ε) · n L m²")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Sizes)).GeneratedOnly())
        .Observes("multiply-adds to F = ε F(0)", OperationsTaken)
        .Against("n⁷ L³ m²/δ² · log(1/ε)", v => Bound(v) * v.n * v.L * v.m * v.m)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("n and δ are left out, m in place of m²", v => v.L * v.m * Math.Log(1 / v.ε))
        .Build();

    private static double Bound(Variables v) => Math.Pow(v.n, 6) * v.L * v.L / (v.δ * v.δ) * Math.Log(1 / v.ε);

    private static Measurement StepsTaken(NetworkInstance instance)
    {
        var ε = instance.Trial.Variables.ε;
        var losses = Descent.Run(instance, MovementLimit.LearningRate(instance.Trial), Most, until: ε * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, ε))) { Series = [.. Descent.Plotted(losses)] };
    }

    private static Measurement OperationsTaken(NetworkInstance instance)
    {
        var (steps, trial) = (StepsTaken(instance), instance.Trial);
        var operations = new FullyConnectedCosts(trial.n, instance.Network.InputDimension, trial.m, trial.L, trial.d).GradientDescentStep;
        return steps with { Value = Core.Enclosures.Ball.Unbounded(Math.Ceiling(steps.Value.Midpoint) * operations) };
    }
}
