using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Costs;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1, the headline read as a forecast: of the running time as a function of n, L, 1/δ and log(1/ε), a power law fitted to small values predicts large ones; an exponential does not.</summary>
public static class PolynomialGrowth
{
    private const double Accuracy = 0.1;

    // What has not ended by then has an infinite T: over a hundred times the longest run of a true claim.
    private const int Most = 20_000;

    // Many narrow networks tell more than few wide ones: the scatter of T falls like 1/√m, the cost of a step grows like m².
    private static readonly Domain Samples = Domain.Climbing("n", rungs: 6, trials: (120, 120, 200), n(2, (12, 16, 24)), m(64), L(1), d(1), δ(0.95));

    private static readonly Domain Depths = Domain.Climbing("L", rungs: (6, 7, 8), trials: (64, 64, 80), L(1, (8, 12, 16)), m(64), n(2), d(1), δ(0.7));

    // As many neurons at every separation, m·δ/π = 30, tell the pair apart.
    private static readonly Domain Separations = Domain.Climbing("1/δ", rungs: 6, trials: (48, 48, 64), new VariableRange("1/δ", 1.5, (6, 7, 12), IsInteger: false), n(2), L(1), d(1))
        .Computing("δ", "1/δ", v => 1 / v["1/δ"])
        .Computing("m", v => Math.Round(96 * v["1/δ"]));

    private static readonly Domain Digits = Domain.Climbing("log 1/ε", rungs: 6, trials: (64, 64, 80), new VariableRange("log 1/ε", 1, (8, 10, 14), IsInteger: true), m(64), n(2), L(1), d(1), δ(0.95));

    /// <summary>T(ε) against n.</summary>
    public static Claim InSamples { get; } = Claim
        .Named("azls.polynomial-in-samples")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C44")
        .States("T(ε) = poly(n): predicted by a power of n, not by an exponential")
        .Given(Starts(Samples))
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, Rate(instance)))
        .Against("a power of n", _ => 1)
        .DecidedBy(Growth.Polynomial(ladder: "n"))
        .RefutedWhen("η falls like 8^{−n}", Starts(FewSamples), instance => Steps(instance, Rate(instance) * Math.Pow(8, 2 - instance.Trial.n)))
        .Build();

    /// <summary>Multiply-adds against L, at the theorem's η ∝ 1/L².</summary>
    public static Claim InDepth { get; } = Claim
        .Named("azls.polynomial-in-depth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "Cost of a step", "C44")
        .States("multiply-adds to reach ε = poly(L) at η = Θ(d/(nL²m)): predicted by a power of L, not by an exponential")
        .Given(Starts(Depths))
        .Observes("multiply-adds to F = 0.1 F(0)", instance => Operations(instance, Rate(instance) / instance.Trial.L))
        .Against("a power of L", _ => 1)
        .DecidedBy(Growth.Polynomial(ladder: "L"))
        .RefutedWhen("the variance of W is 1/(2m) in place of 2/m", Starts(FewDepths, Halved), instance => Operations(instance, Rate(instance) / instance.Trial.L))
        .Build();

    /// <summary>T(ε) against 1/δ.</summary>
    public static Claim InSeparation { get; } = Claim
        .Named("azls.polynomial-in-separation")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C44")
        .States("T(ε) = poly(1/δ): predicted by a power of 1/δ, not by an exponential")
        .Given(Starts(Separations))
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, Rate(instance)))
        .Against("a power of 1/δ", _ => 1)
        .DecidedBy(Growth.Polynomial(ladder: "1/δ"))
        .RefutedWhen("δ = 2^{−v} in place of 1/v", Starts(Crowding), instance => Steps(instance, Rate(instance)))
        .Build();

    /// <summary>T(ε) against log(1/ε).</summary>
    public static Claim InAccuracy { get; } = Claim
        .Named("azls.polynomial-in-accuracy")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C45")
        .States("T(ε) = O(log(1/ε)): predicted by a power of log(1/ε), not by a power of 1/ε")
        .Given(Starts(Digits))
        .Observes("steps to F = ε F(0)", instance => StepsTo(instance, Loss.Squared, 1))
        .Against("a power of log(1/ε)", _ => 1)
        .DecidedBy(Growth.Polynomial(ladder: "log 1/ε"))
        .RefutedWhen("the loss is the logistic one, which is not gradient-dominant", Networks.AtInitialisation(Digits.Reduced(cells: 6, trials: 2)).Changed("targets ±1 in turn", WithSigns), instance => StepsTo(instance, Loss.Logistic, 8))
        .Build();

    private static Domain FewSamples => Domain.Climbing("n", rungs: 7, trials: 3, n(2, 6), m(64), L(1), d(1), δ(0.95));

    private static Domain FewDepths => Domain.Climbing("L", rungs: 6, trials: 1, L(1, 8), m(64), n(2), d(1), δ(0.7));

    private static Domain Crowding => Domain.Climbing("1/δ", rungs: 8, trials: 32, new VariableRange("1/δ", 0.5, 3.8, IsInteger: false), m(192), n(2), L(1), d(1))
        .Computing("δ", "1/δ", v => Math.Pow(2, -v["1/δ"]));

    /// <summary>Small residuals, so that the run is that of the kernel at initialisation even at these widths (docs/derivations.md, "Training near initialisation").</summary>
    private static Generator<NetworkInstance> Starts(Domain domain, Func<NetworkInstance, NetworkInstance>? change = null)
    {
        var drawn = Networks.AtInitialisation(domain);
        return Networks.WithAlternatingTargets(change is null ? drawn : drawn.Changed("W divided by 2", change), "0.05", _ => 0.05).GeneratedOnly();
    }

    private static NetworkInstance WithSigns(NetworkInstance instance)
    {
        for (var k = 0; k < instance.Targets.Length; k++)
        {
            instance.Targets[k] = k % 2 == 0 ? 1 : -1;
        }

        return instance;
    }

    private static NetworkInstance Halved(NetworkInstance instance)
    {
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            instance.Network.Hidden(l).Scale(0.5);
        }

        return instance;
    }

    private static double Rate(NetworkInstance instance) => MovementLimit.LearningRate(instance.Trial);

    private static Measurement Steps(NetworkInstance instance, double η)
    {
        var losses = Descent.Run(instance, η, Most, until: Accuracy * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, Accuracy))) { Series = [.. Descent.Plotted(losses)] };
    }

    private static Measurement Operations(NetworkInstance instance, double η)
    {
        var (steps, trial) = (Steps(instance, η), instance.Trial);
        var operations = new FullyConnectedCosts(trial.n, instance.Network.InputDimension, trial.m, trial.L, trial.d).GradientDescentStep;
        return steps with { Value = Core.Enclosures.Ball.Unbounded(steps.Value.Midpoint * operations) };
    }

    private static Measurement StepsTo(NetworkInstance instance, Loss loss, double factor)
    {
        var (ε, η) = (Math.Pow(10, -instance.Trial.Variables["log 1/ε"]), factor * Rate(instance));
        instance.Network.Forward(instance.Inputs, instance.State);
        var losses = new LossDescent(instance, loss, _ => η).Run(Most, until: ε * loss.Evaluate<double>(instance.State, instance.Targets));
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, ε))) { Series = [.. Descent.Plotted(losses)] };
    }
}
