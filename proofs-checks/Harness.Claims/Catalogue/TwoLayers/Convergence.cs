using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>Theorem 4.1: gradient descent on a wide two-layer network converges at the rate of its limit kernel, and its neurons hardly move.</summary>
public static class Convergence
{
    // From m = 2048 on, λ_min(H) stays above λ₀/2 with room: n ≤ 6 inputs at δ ≥ 0.5 have λ₀ ≥ 0.14, and ‖H(0) − H^∞‖ is of order n/(2√m) ≤ 0.07 there.
    private static readonly Domain Sizes = Domain.Filling(
        cells: (8, 12, 24), trials: (1, 1, 4), m(2048, (8192, 131072, 1_000_000)), n(2, (4, 6, 6)), δ(0.9, 0.5));

    private static readonly ByProfile Steps = (40, 100, 300);

    /// <summary>Linear convergence with the explicit rate.</summary>
    public static Claim Rate { get; } = Claim
        .Named("dzps.linear-convergence")
        .From(Papers.DuZhaiPoczosSingh, "Theorem 4.1", "C51")
        .States("‖y − u(k)‖² ≤ (1 − ηλ₀/2)^k ‖y − u(0)‖²   for every k, at η = O(λ₀/n²); tried at the larger η = 1/(2λ_{max}(H^∞))")
        .Given(ShallowNetworks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max_k ‖y − u(k)‖² / ((1 − ηλ₀/2)^k ‖y − u(0)‖²) over the k ≥ 1 run", instance => WorstRatio(instance, rate: 0.5, rateFactor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("three times λ₀ in place of half of it", instance => WorstRatio(instance, rate: 3, rateFactor: 1))
        .RefutedWhen("the learning rate is 12 times larger", instance => WorstRatio(instance, rate: 0.5, rateFactor: 12))
        .Build();

    /// <summary>No neuron goes farther than O(1/√m).</summary>
    public static Claim Movement { get; } = Claim
        .Named("dzps.movement")
        .From(Papers.DuZhaiPoczosSingh, "Corollary 4.1", "C51")
        .States("‖w_r(k) − w_r(0)‖ ≤ 4 √n ‖y − u(0)‖ / (√m λ₀)   for every r and k")
        .Given(ShallowNetworks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max_r ‖w_r(k) − w_r(0)‖", instance => FarthestNeuron(instance, Math.Sqrt))
        .AgainstItsOwnBound("4 √n ‖y − u(0)‖ / (√m λ₀)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("m in place of √m", instance => FarthestNeuron(instance, m => m))
        .RefutedWhen("the learning rate is 12 times larger", instance => FarthestNeuron(instance, Math.Sqrt, rateFactor: 12))
        .Build();

    private static Measurement WorstRatio(ShallowInstance instance, double rate, double rateFactor)
    {
        var (λ, η) = (new LimitSpectrum(instance.Inputs, instance.Trial.n).Values[0], LearningRate(instance));
        var residuals = instance.Descend(η * rateFactor, (int)Steps.In(instance.Trial.Profile));
        instance.Trial.Measure("λ₀", λ);
        instance.Trial.Measure("T", residuals.Length - 1);
        var (worst, bound) = (0.0, residuals[0] * residuals[0]);
        for (var k = 1; k < residuals.Length; k++)
        {
            bound *= Math.Max(0, 1 - (rate * η * λ));
            var ratio = residuals[k] * residuals[k] / bound;
            worst = double.IsFinite(ratio) ? Math.Max(worst, ratio) : double.PositiveInfinity;
        }

        return new(Ball.Unbounded(worst)) { Series = [.. Descent.Plotted(residuals)] };
    }

    private static Measurement FarthestNeuron(ShallowInstance instance, Func<double, double> width, double rateFactor = 1)
    {
        var λ = new LimitSpectrum(instance.Inputs, instance.Trial.n).Values[0];
        var initial = instance.Copy();
        var residuals = instance.Descend(LearningRate(instance) * rateFactor, (int)Steps.In(instance.Trial.Profile));
        return new(Ball.Unbounded(instance.MovementFrom(initial).Largest))
        {
            Bound = Ball.Unbounded(4 * Math.Sqrt(instance.Trial.n) * residuals[0] / (width(instance.Trial.m) * λ)),
        };
    }

    private static double LearningRate(ShallowInstance instance)
    {
        var η = 1 / (2 * new LimitSpectrum(instance.Inputs, instance.Trial.n).Values[^1]);
        instance.Trial.Measure("η", η);
        return η;
    }
}
