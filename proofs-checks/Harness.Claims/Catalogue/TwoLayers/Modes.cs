using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>Theorem 4.1 and Lemma 5.3 of the fine-grained analysis, as limits: a wide two-layer network learns the modes of H^∞ one by one, and goes no farther than interpolation with that kernel asks for.</summary>
public static class Modes
{
    private const double Margin = 0.15; // as for the kernel: half of what tells −1/2 from the next exponents
    private const int Initialisations = 6;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (5, 6, 8), trials: (10, 12, 16), m(128, (2048, 16384, 1_000_000)), n(4), δ(0.7));

    private static readonly Generator<ShallowInstance> Few = ShallowNetworks.AtInitialisation(Ladder.Reduced(cells: (5, 6, 8), trials: 4));

    /// <summary>‖W(∞) − W(0)‖_F.</summary>
    public static Claim Distance { get; } = Claim
        .Named("adhlw.movement")
        .DerivedFrom(Papers.AroraDuHuLiWang, "Lemma 5.3 (distance from initialisation, limit)", "Two-layer network", "C22")
        .States("‖W(∞) − W(0)‖_F / √(r₀ᵀ (H^∞)⁻¹ r₀) = 1 + Θ(1/√m),   r₀ = y − u(0)")
        .Given(ShallowNetworks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("|‖W(T) − W(0)‖_F / √(r₀ᵀ (H^∞)⁻¹ r₀) − 1|, root mean square over 6 initialisations", instance => DistanceError(instance, factor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("the kernel lacks its ½", Few, instance => DistanceError(instance, factor: Math.Sqrt(0.5)))
        .RefutedWhen("the distance is a quarter smaller", Few, instance => DistanceError(instance, factor: 0.75))
        .Build();

    /// <summary>The whole curve of the residual.</summary>
    public static Claim Residual { get; } = Claim
        .Named("adhlw.residual-modes")
        .DerivedFrom(Papers.AroraDuHuLiWang, "Theorem 4.1 (limit)", "Two-layer network", "C23")
        .States("max_t |‖y − u(t)‖ − √(Σ_k (1 − ηλ_k)^{2t} ⟨v_k, r₀⟩²)| / ‖r₀‖ = Θ(1/√m),   H^∞ = Σ_k λ_k v_k v_kᵀ")
        .Given(ShallowNetworks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("largest deviation over 30 steps, root mean square over 6 initialisations", instance => ResidualError(instance, rateFactor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("modes decay at four fifths of the rate", Few, instance => ResidualError(instance, rateFactor: 0.8))
        .RefutedWhen("modes decay at half the rate", Few, instance => ResidualError(instance, rateFactor: 0.5))
        .Build();

    /// <summary>Steps until every mode is below 10⁻⁵ of its start: at η = 2/(λ₁ + λ_n) all contract by (λ_n − λ₁)/(λ_n + λ₁), which is about ⅔ here. The deviation is far larger at any width tried.</summary>
    private const int Steps = 30;

    private static Measurement DistanceError(ShallowInstance instance, double factor) => RootMeanSquare(instance, (limit, η, residual) =>
    {
        var initial = instance.Copy();
        instance.Descend(η, Steps);
        return (instance.MovementFrom(initial).Frobenius / (factor * limit.DistanceToInterpolate(residual))) - 1;
    });

    /// <summary>Keeps the residual of the first initialisation, step by step, beside the sum over modes (<see cref="PredictedSeries"/>).</summary>
    private static Measurement ResidualError(ShallowInstance instance, double rateFactor)
    {
        PredictedSeries? first = null;
        var error = RootMeanSquare(instance, (limit, η, residual) =>
        {
            var (norms, worst) = (instance.Descend(η, Steps), 0.0);
            double[] modes = [.. Enumerable.Range(0, Steps + 1).Select(t => limit.ResidualAfter(t, η * rateFactor, residual))];
            for (var t = 1; t <= Steps; t++)
            {
                worst = Math.Max(worst, Math.Abs(norms[t] - modes[t]) / norms[0]);
            }

            first ??= new([.. norms], [.. modes]);
            return worst;
        });
        return new(Ball.Unbounded(error)) { Series = first!.ToSeries() };
    }

    /// <summary>The residual starts at ±1, sample by sample in turn, whatever was drawn, so that initialisations differ in nothing but the kernel.</summary>
    private static double RootMeanSquare(ShallowInstance instance, Func<LimitSpectrum, double, double[], double> deviation)
    {
        var limit = new LimitSpectrum(instance.Inputs, instance.Trial.n);
        double[] residual = [.. Enumerable.Range(0, instance.Trial.n).Select(i => i % 2 == 0 ? 1.0 : -1.0)];
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Redraw(k);
            instance.SetResidual(i => residual[i]);
            var error = deviation(limit, 2 / (limit.Values[0] + limit.Values[^1]), residual);
            sum += error * error;
        }

        return Math.Sqrt(sum / Initialisations);
    }
}
