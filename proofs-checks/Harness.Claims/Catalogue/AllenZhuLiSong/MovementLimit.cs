using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1 (distance from initialisation), in the limit: gradient descent ends at the nearest solution of the network linearised at W(0), at a distance of order 1/√m.</summary>
public static class MovementLimit
{
    /// <summary>F(T)/F(0): what is left of the residual, 10⁻³ of its norm, moves the distance by less than the finite width does.</summary>
    private const double Accuracy = 1e-6;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    /// <summary>Widths of a run beside its linearisation.</summary>
    internal static readonly Domain Ladder = Domain.Climbing("m", rungs: (6, 6, 7), trials: (8, 10, 30), m(48, (256, 768, 4096)), n(3), L(2), d(1), δ(0.7));

    /// <summary>The residual of one unit on every sample that a run starts from.</summary>
    internal static readonly Generator<NetworkInstance> Start = Networks.WithAlternatingTargets(Networks.AtInitialisation(Ladder)).GeneratedOnly();

    /// <summary>The same with fewer trials, for deviations that are averaged over initialisations.</summary>
    internal static readonly Generator<NetworkInstance> FewStarts = Networks.WithAlternatingTargets(Networks.AtInitialisation(Ladder.Reduced(cells: (6, 6, 7), trials: (14, 10, 20)))).GeneratedOnly();

    /// <summary>The hypothesis "‖y*‖ = O(1)" dropped: a residual that grows with m moves W farther at larger widths.</summary>
    internal static readonly Generator<NetworkInstance> UnboundedTargets = Networks.WithAlternatingTargets(
        Networks.AtInitialisation(Ladder.Reduced(cells: (6, 6, 7), trials: 12)), "m/48", v => v.m / 48).GeneratedOnly();

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 7), trials: (11, 13, 30), m(96, (512, 1024, 4096)), n(3), L(1), d(1), δ(0.7));

    /// <summary>‖W(T) − W(0)‖_F against m.</summary>
    public static Claim InWidth { get; } = Claim
        .Named("azls.movement-in-width")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (distance from initialisation)", "Training near initialisation", "C47")
        .States("‖W⁽ᵀ⁾ − W⁽⁰⁾‖_F = Θ(1/√m)")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Widths)).GeneratedOnly())
        .Observes("‖W(T) − W(0)‖_F", instance => Train(instance).Movement)
        .Against("1/√m", v => 1 / Math.Sqrt(v.m))
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("targets grow like m", UnboundedTargets)
        .Build();

    /// <summary>The distance to the nearest solution of the linearised network, against m.</summary>
    public static Claim NearestSolution { get; } = Claim
        .Named("azls.movement-limit")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (distance from initialisation)", "Training near initialisation", "C47")
        .States("|‖W⁽ᵀ⁾ − W⁽⁰⁾‖_F / √(r₀ᵀK⁻¹r₀) − 1| → 0 as m → ∞, no slower than m^{−1/6}   (r₀ = y(W⁽⁰⁾) − y*, K the tangent kernel at W⁽⁰⁾)")
        .Given(FewStarts)
        .Observes("|‖W(T) − W(0)‖_F / √(r₀ᵀK⁻¹r₀) − 1|, root mean square over 4 initialisations", instance => Excess(instance, kernelFactor: 1))
        .Against("m^{−1/6}", v => Math.Pow(v.m, -1.0 / 6))
        .DecidedBy(Exponent.AtMost(-1.0 / 6, within: 0.05, ladder: "m"))
        .RefutedWhen("the kernel is twice as large", instance => Excess(instance, kernelFactor: 0.5))
        .Build();

    /// <summary>Trains at twice <see cref="GradientDescent.StableRate"/>, one over the bound of the kernel's largest eigenvalue, until little is left of the residual.</summary>
    internal static LazyTraining Train(NetworkInstance instance, double kernelFactor = 1) => LazyTraining.Of(instance, LearningRate(instance.Trial), Accuracy, kernelFactor);

    /// <summary>Twice <see cref="GradientDescent.StableRate"/>, recorded with the trial.</summary>
    internal static double LearningRate(Trial trial)
    {
        var η = 2 * GradientDescent.StableRate(trial.n, trial.m, trial.L, trial.d);
        trial.Measure("η", η);
        return η;
    }

    /// <summary>
    /// Root mean square over a few initialisations, with the residual of the given one: a single deviation is as likely to be close to zero as not, and its logarithm is spread over more than a factor of two.
    /// </summary>
    internal static Measurement RootMeanSquare(NetworkInstance instance, Func<LazyTraining, double> deviation, double kernelFactor = 1)
    {
        const int Initialisations = 4;
        double[] residual = [.. instance.Targets.Select((target, k) => instance.Output(k / instance.Trial.d, k % instance.Trial.d) - target)];
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            Networks.WithResidual(instance, (sample, coordinate) => residual[(sample * instance.Trial.d) + coordinate]);
            var one = deviation(Train(instance, kernelFactor));
            sum += one * one;
        }

        return Math.Sqrt(sum / Initialisations);
    }

    private static Measurement Excess(NetworkInstance instance, double kernelFactor) =>
        RootMeanSquare(instance, run => (run.Movement * Math.Sqrt(kernelFactor) / run.NearestSolution) - 1);
}
