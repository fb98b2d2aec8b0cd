using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>The effective span dimension is the oracle risk of principal components up to a factor of two: Proposition 3.2, in exact arithmetic.</summary>
public static class OracleSandwich
{
    private static readonly Generator<SequenceInstance> Signals = SequenceModels.On(Domain.Filling(cells: (12, 24, 60), trials: (40, 60, 200), d(16, (400, 1000, 4000))));

    /// <summary>From below, at least one component kept.</summary>
    public static Claim FromBelow { get; } = Claim
        .Named("esd.oracle-risk-lower-bound")
        .DerivedFrom(Papers.HuangLiLiLin, "Proposition 3.2 (k ≥ 1)", "Effective span dimension", "E1")
        .States("min_{k≥1} R_k ≥ d† σ²   with R_k = kσ² + Σ_{i>k} θ²_{π(i)}")
        .Given(Signals)
        .Observes("min_{k≥1} R_k", model => Bounded(model, least: 1, span => span))
        .AgainstItsOwnBound("d† σ²")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("the energy left out is at most σ², not kσ²", model => Bounded(model, 1, _ => SummedEnergySpan(model)))
        .RefutedWhen("d† + 1", model => Bounded(model, 1, span => span + 1))
        .Build();

    /// <summary>From below, no component allowed as well.</summary>
    public static Claim FromBelowWithZero { get; } = Claim
        .Named("esd.oracle-risk-with-zero")
        .From(Papers.HuangLiLiLin, "Proposition 3.2", "E1")
        .States("min_{k≥0} R_k ≥ (d† − 1) σ²")
        .Given(Signals)
        .Observes("min_{k≥0} R_k", model => Bounded(model, least: 0, span => span - 1))
        .AgainstItsOwnBound("(d† − 1) σ²")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("d† σ²", model => Bounded(model, 0, span => span))
        .Build();

    /// <summary>From above.</summary>
    public static Claim FromAbove { get; } = Claim
        .Named("esd.oracle-risk-upper-bound")
        .From(Papers.HuangLiLiLin, "Proposition 3.2", "E1")
        .States("min_k R_k ≤ 2 d† σ²")
        .Given(Signals)
        .Observes("min_{k≥1} R_k", model => Bounded(model, least: 1, span => 2 * span))
        .AgainstItsOwnBound("2 d† σ²")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("constant 31/16 in place of 2", model => Bounded(model, 1, span => 31.0 / 16 * span))
        .RefutedWhen("2 (d† − 1) σ²", model => Bounded(model, 1, span => 2 * (span - 1)))
        .Build();

    private static Measurement Bounded(SequenceInstance model, int least, Func<int, double> multiple)
    {
        var tails = model.Tails();
        var (_, risk) = SpectralRisk.OraclePrincipalComponents(tails, model.Variance, least);
        return new(Ball.Exactly(risk)) { Bound = Ball.Exactly(multiple(EffectiveSpan.Dimension(tails, model.Variance)) * model.Variance) };
    }

    /// <summary>min{k ≥ 1 : Σ_{i&gt;k} θ² ≤ σ²}: what summaries of the paper print.</summary>
    internal static int SummedEnergySpan(SequenceInstance model)
    {
        var tails = model.Tails();
        return Math.Max(1, Array.FindIndex(tails, tail => tail <= model.Variance));
    }
}
