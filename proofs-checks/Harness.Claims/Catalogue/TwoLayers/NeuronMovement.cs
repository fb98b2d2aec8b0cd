using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>How far a neuron can go in k steps, whatever the network: the triangle inequality on its gradients.</summary>
public static class NeuronMovement
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (12, 24, 48), trials: (2, 4, 8), m(64, (1024, 8192, 1_000_000)), n(4, (10, 16, 32)), new VariableRange("k", 1, (4, 8, 32), IsInteger: true));

    /// <summary>Every step moves a neuron by at most η√(n/m)‖y − u‖.</summary>
    public static Claim Claim { get; } = Claim
        .Named("dzps.neuron-movement")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Section 3 (proof of Lemma 3.3)", "Two-layer network", "C10")
        .States("‖∂Φ/∂w_r‖ ≤ √(n/m) ‖y − u‖, hence ‖w_r(k) − w_r(0)‖ ≤ η √(n/m) Σ_{s<k} ‖y − u(s)‖   for every r")
        .Given(ShallowNetworks.WithAlignedTargets(ShallowNetworks.AtInitialisation(Sizes)))
        .Observes("max_r ‖w_r(k) − w_r(0)‖", instance => Movement(instance, (n, m) => Math.Sqrt(n / m)))
        .AgainstItsOwnBound("η √(n/m) Σ_{s<k} ‖y − u(s)‖")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("n is left out", instance => Movement(instance, (_, m) => Math.Sqrt(1 / m)))
        .RefutedWhen("1/m in place of 1/√m", instance => Movement(instance, (n, m) => Math.Sqrt(n) / m))
        .Build();

    private static Measurement Movement(ShallowInstance instance, Func<double, double, double> factor)
    {
        var (n, k) = (instance.Trial.n, (int)instance.Trial.Variables["k"]);
        var η = 1 / (2.0 * n); // below 1/λ_max(H), which is at most n: the residual keeps its sign for a while, and the steps add up
        var initial = instance.Copy();
        var residuals = instance.Descend(η, k);
        return new(Core.Enclosures.Ball.Unbounded(instance.MovementFrom(initial).Largest))
        {
            Bound = Core.Enclosures.Ball.Unbounded(η * factor(n, instance.Trial.m) * residuals.AsSpan(0, k).ToArray().Sum()),
            Series = [.. residuals],
        };
    }
}
