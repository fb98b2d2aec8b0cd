using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1: gradient descent converges linearly, and W hardly moves.</summary>
public static class LinearConvergence
{
    private static readonly Domain Rates = Domain.Filling(
        cells: (32, 40, 60), trials: (10, 12, 16), mδ(Networks.LeastWidthTimesSeparation, (192, 256, 512)), δ(0.2, (0.08, 0.06, 0.03)), n(2, (6, 8, 16)), L(1, (2, 3, 8)), d(1, (2, 3, 8)))
        .Computing("m", "mδ", v => Math.Round(v["mδ"] / v.δ))
        .OnData(Domain.Filling(cells: (6, 10, 24), trials: (1, 2, 6), m(256, (384, 768, 2048)), n(3, (6, 8, 16)), L(1, (2, 3, 8))));

    // A single mode contracts at a constant rate, so a few steps show the worst; the thorough profile runs on to where other modes take over.
    private static readonly ByProfile Steps = (6, 8, 100);

    private static readonly Domain Few = Rates.Reduced(cells: 6, trials: 1);

    private static readonly Domain Moves = Domain.Filling(cells: (40, 48, 80), trials: (8, 8, 8), m(64, (768, 1024, 4096)), n(2, (6, 8, 16)), L(1, (3, 3, 8)), d(1, (4, 4, 8)));

    /// <summary>Every step contracts the loss by the rate of the theorem.</summary>
    public static Claim EveryStep { get; } = Claim
        .Named("azls.linear-convergence")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (rate)", "C43")
        .States("F(W⁽ᵗ⁺¹⁾) ≤ (1 − c · η δ m/(d n²)) F(W⁽ᵗ⁾)   for every t, at η = Θ(dδ/(n⁴L²m)); tried at the larger η = d/(n L m)")
        .Given(Networks.WithWorstTargets(Networks.AtInitialisation(Rates, Networks.SeparationForWidth)))
        .Observes("min over the steps run of 1 − F(t+1)/F(t)", Contraction)
        .Against("η δ m / (d n²)", v => v.η * v.δ * v.m / (v.d * v.n * v.n))
        .DecidedBy(Rate.AtLeast)
        .RefutedWhen("δ is left out", v => v.η * v.m / (v.d * v.n * v.n))
        .RefutedWhen("the learning rate is 40 times larger", Networks.WithWorstTargets(Networks.AtInitialisation(Few)), (instance, arithmetic) => Contraction(instance, arithmetic, rateFactor: 40))
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Few)))
        .Build();

    /// <summary>The weights stay within O(1/√m) of where they started.</summary>
    public static Claim Movement { get; } = Claim
        .Named("azls.movement")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (distance from initialisation)", "C47")
        .States("‖W⁽ᵀ⁾ − W⁽⁰⁾‖_F ≤ C · n³ √(dL) log m / (δ √m)")
        .Given(Networks.AtInitialisation(Moves))
        .Observes("‖W(T) − W(0)‖_F at F ≤ F(0)/10 or T = 400", DistanceMoved)
        .Against("n³ √(dL) log m / (δ √m)", v => v.n * v.n * v.n * Math.Sqrt(v.d * v.L) * Math.Log(v.m) / (v.δ * Math.Sqrt(v.m)))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m^{−3/2} in place of m^{−1/2}", v => v.n * v.n * v.n * Math.Sqrt(v.d * v.L) * Math.Log(v.m) / (v.δ * Math.Pow(v.m, 1.5)))
        .Build();

    private static Measurement Contraction(NetworkInstance instance, Arithmetic arithmetic) => Contraction(instance, arithmetic, rateFactor: 1);

    private static Measurement Contraction(NetworkInstance instance, Arithmetic arithmetic, double rateFactor)
    {
        if (arithmetic == Arithmetic.DoubleDouble)
        {
            instance.Network.Initialise(instance.Trial.Random("weights")); // the first attempt has trained it
        }

        var losses = Descent.RunEnclosed(instance, LearningRate(instance.Trial) * rateFactor, (int)Steps.In(instance.Trial.Profile), arithmetic);
        return new(Descent.WorstContraction(losses)) { Series = [.. Descent.Plotted([.. losses.Select(loss => loss.Midpoint)])] };
    }

    private static Measurement DistanceMoved(NetworkInstance instance)
    {
        const int Steps = 400;
        var initial = instance.CopyOfNetwork();
        var losses = Descent.Run(instance, LearningRate(instance.Trial), Steps, until: 0.1 * instance.Loss());
        return new(Descent.Movement(instance.Network, initial)) { Series = [.. Descent.Plotted(losses)] };
    }

    /// <summary><see cref="GradientDescent.StableRate"/>, recorded with the trial.</summary>
    internal static double LearningRate(Trial trial)
    {
        var η = GradientDescent.StableRate(trial.n, trial.m, trial.L, trial.d);
        trial.Measure("η", η);
        return η;
    }
}
