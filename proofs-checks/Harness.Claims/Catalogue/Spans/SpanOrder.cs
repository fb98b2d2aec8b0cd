using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>The effective span dimension reads a spectrum's order and nothing else (Definition 3.1).</summary>
public static class SpanOrder
{
    private static readonly Generator<SequenceInstance> Signals = SequenceModels.On(Domain.Filling(cells: (10, 20, 40), trials: (24, 40, 100), d(16, (300, 1000, 3000))));

    /// <summary>Rising maps of λ, which stay strictly rising when rounded: λ is a whole number.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.span-order")
        .From(Papers.HuangLiLiLin, "Definition 3.1", "E3")
        .States("d†(σ²; θ, g(λ)) = d†(σ²; θ, λ)   for every strictly rising g")
        .Given(Signals)
        .Observes("sum of |d†(g(λ)) − d†(λ)| over g = λ², 1 + 3λ, −1/λ, √λ", model => Difference(model, λ => λ * λ, λ => 1 + (3 * λ), λ => -1 / λ, Math.Sqrt))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("g falls: −λ", model => Difference(model, λ => -λ))
        .RefutedWhen("the same eigenvalues, permuted", model => Difference(model, λ => (7 * λ) % (model.Dimension + 1)))
        .Build();

    private static Measurement Difference(SequenceInstance model, params ReadOnlySpan<Func<double, double>> maps)
    {
        var span = EffectiveSpan.Dimension(model.Tails(), model.Variance);
        var difference = 0;
        foreach (var g in maps)
        {
            difference += Math.Abs(EffectiveSpan.Dimension(model.Tails([.. model.Spectrum.Select(g)]), model.Variance) - span);
        }

        return Ball.Exactly(difference);
    }
}
