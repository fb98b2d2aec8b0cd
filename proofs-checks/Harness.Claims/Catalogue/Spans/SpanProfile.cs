using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Span profile and trade-off function determine each other, keep their order, and scale with the noise: Proposition 3.7, counted in exact arithmetic.</summary>
public static class SpanProfile
{
    private static readonly Generator<SequenceInstance> Signals = SequenceModels.On(Domain.Filling(cells: (10, 20, 40), trials: (24, 40, 100), d(16, (300, 1000, 3000))));

    /// <summary>D is the generalised inverse of H.</summary>
    public static Claim Inverse { get; } = Claim
        .Named("esd.profile-inverse")
        .From(Papers.HuangLiLiLin, "Proposition 3.7", "E2")
        .States("D(τ) ≤ k  ⟺  H(k) ≤ τ   for every k and τ")
        .Given(Signals)
        .Observes("pairs (k, τ) where one side holds without the other", model => Disagreements(model, (tail, k, τ) => tail <= k * τ))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("H(k) < τ", model => Disagreements(model, (tail, k, τ) => tail < k * τ))
        .RefutedWhen("the energy is not divided by k", model => Disagreements(model, (tail, _, τ) => tail <= τ))
        .Build();

    /// <summary>Both fall.</summary>
    public static Claim Falling { get; } = Claim
        .Named("esd.profile-monotone")
        .From(Papers.HuangLiLiLin, "Proposition 3.7", "E2")
        .States("k ↦ H(k) and τ ↦ D(τ) do not rise")
        .Given(Signals)
        .Observes("rises of H and D", Rises)
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the risk R_k in place of H(k)", RisesOfRisk)
        .Build();

    /// <summary>A better order is better at every noise.</summary>
    public static Claim Ordered { get; } = Claim
        .Named("esd.profile-order")
        .From(Papers.HuangLiLiLin, "Proposition 3.7", "E2")
        .States("H₁ ≤ H₂ pointwise  ⟹  D₁ ≤ D₂ pointwise;   here λ₁ orders coordinates by |θ|")
        .Given(Signals)
        .Observes("noise levels where D₁ > D₂", model => WorseLevels(model, aligned: 1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("λ₁ orders coordinates by −|θ|", model => WorseLevels(model, aligned: -1))
        .Build();

    /// <summary>Signal and noise in other units.</summary>
    public static Claim Scale { get; } = Claim
        .Named("esd.span-scale")
        .From(Papers.HuangLiLiLin, "Definition 3.1", "E2")
        .States("d†(c²σ²; cθ, λ) = d†(σ²; θ, λ)")
        .Given(Signals)
        .Observes("sum over c = 2⁻², …, 2² of |d†(c²σ²; cθ) − d†(σ²; θ)|", model => ScaleDifference(model, c => c * c))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("cσ² in place of c²σ²", model => ScaleDifference(model, c => c))
        .Build();

    /// <summary>Noise levels on the grid of the instance, σ² among them, where ties occur.</summary>
    private static IEnumerable<double> Levels(SequenceInstance model) => Enumerable.Range(-6, 13).Select(k => model.Variance * Math.ScaleB(1, k));

    private static Measurement Disagreements(SequenceInstance model, Func<double, int, double, bool> isBelow)
    {
        var tails = model.Tails();
        return Ball.Exactly(Levels(model).Sum(τ =>
        {
            var span = EffectiveSpan.Dimension(tails, τ);
            return Enumerable.Range(1, model.Dimension).Count(k => span <= k != isBelow(tails[k], k, τ));
        }));
    }

    private static Measurement Rises(SequenceInstance model)
    {
        var (tails, tradeOff) = (model.Tails(), new double[model.Dimension]);
        EffectiveSpan.TradeOff(tails, tradeOff);
        int[] profile = [.. Levels(model).Select(τ => EffectiveSpan.Dimension(tails, τ))];
        return Ball.Exactly(tradeOff.Zip(tradeOff.Skip(1), (one, next) => next > one).Count(rises => rises) + profile.Zip(profile.Skip(1), (one, next) => next > one).Count(rises => rises));
    }

    private static Measurement RisesOfRisk(SequenceInstance model)
    {
        double[] risks = [.. model.Tails().Select((tail, k) => tail + (k * model.Variance))];
        return Ball.Exactly(risks.Zip(risks.Skip(1), (one, next) => next > one).Count(rises => rises));
    }

    private static Measurement WorseLevels(SequenceInstance model, int aligned)
    {
        var (own, other) = (model.Tails(), model.Tails([.. model.Coefficients.Select(θ => aligned * Math.Abs(θ))]));
        return Ball.Exactly(Levels(model).Count(τ => EffectiveSpan.Dimension(other, τ) > EffectiveSpan.Dimension(own, τ)));
    }

    private static Measurement ScaleDifference(SequenceInstance model, Func<double, double> noise)
    {
        var span = EffectiveSpan.Dimension(model.Tails(), model.Variance);
        return Ball.Exactly(Enumerable.Range(-2, 5).Select(k => Math.ScaleB(1, k)).Sum(c =>
        {
            var scaled = model with { Coefficients = [.. model.Coefficients.Select(θ => c * θ)] };
            return Math.Abs(EffectiveSpan.Dimension(scaled.Tails(), noise(c) * model.Variance) - span);
        }));
    }
}
