using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 8.2(b), family by family: the exponent ⅔ is reached, but only by an adversary.</summary>
public static class SignChangeFamilies
{
    // Half of the step between the families' exponents ⅔ and 1.
    private const double Margin = 1.0 / 6;

    private const int Directions = 10;

    private static readonly Domain Own = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.2, (0.006, 0.003, 0.003)), m(512), L(1), n(8), d(1));

    // A random direction flips few signs at a sample, so many samples; and no smaller ω than leaves some flips in every trial.
    private static readonly Domain Shared = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.3, 0.03), m(256), L(1), n(24), d(1));

    private static readonly Domain AlongOwn = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.3, 0.04), m(384), L(1), n(24), d(1));

    /// <summary>The greedy adversary attains ⅔.</summary>
    public static Claim Adversary { get; } = Claim
        .Named("azls.sign-changes-adversary")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 8.2(b) (sharpness in ω)", "Exponents of the families", "C31")
        .States("max over W′, ‖W′‖₂ ≤ ω, of ‖D′_{i,L}‖₀ = Θ(ω^{2/3}),   attained by the greedy adversary; tried at L = 1")
        .Given(Networks.AtInitialisation(Own).GeneratedOnly())
        .Observes("mean over samples i of ‖D′_{i,L}‖₀/m, W′ against x_i", ByAdversary)
        .Against("ω^{2/3}", v => Math.Pow(v.ω, 2.0 / 3))
        .DecidedBy(Exponent.EqualTo(2.0 / 3, within: Margin, ladder: "ω"))
        .RefutedWhen("a Gaussian W′ in place of the adversary", Networks.AtInitialisation(Shared), ByGaussian)
        .Build();

    /// <summary>Random directions flip ω^{1}.</summary>
    public static Claim Gaussian { get; } = Claim
        .Named("azls.sign-changes-random")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 8.2(b) (random W′)", "Exponents of the families", "C31")
        .States("‖D′_{i,1}‖₀ = Θ(ω)   for Gaussian W′ with ‖W′‖₂ = ω")
        .Given(Networks.AtInitialisation(Shared).GeneratedOnly())
        .Observes("mean over samples i of ‖D′_{i,1}‖₀/m", ByGaussian)
        .Against("ω", v => v.ω)
        .DecidedBy(Exponent.EqualTo(1, within: Margin, ladder: "ω"))
        .RefutedWhen("the adversary in place of a Gaussian W′", Networks.AtInitialisation(Own), ByAdversary)
        .Build();

    /// <summary>So does the gradient direction, along which training moves.</summary>
    public static Claim Gradient { get; } = Claim
        .Named("azls.sign-changes-gradient")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 8.2(b) (W′ along the gradient)", "Exponents of the families", "C31")
        .States("‖D′_{i,1}‖₀ = Θ(ω)   for the rank-one W′ along ∇y_j(x_i) with ‖W′_l‖₂ = ω")
        .Given(Networks.AtInitialisation(AlongOwn).GeneratedOnly())
        .Observes("mean over samples i of ‖D′_{i,1}‖₀/m, W′ along ∇y(x_i)", AlongGradient)
        .Against("ω", v => v.ω)
        .DecidedBy(Exponent.EqualTo(1, within: Margin, ladder: "ω"))
        .RefutedWhen("the adversary in place of the gradient", Networks.AtInitialisation(Own), ByAdversary)
        .Build();

    private static Measurement ByAdversary(NetworkInstance instance) => EachByItsOwn(instance, PerturbationFamily.Adversary, least: 0.006, exponent: 2.0 / 3);

    private static Measurement AlongGradient(NetworkInstance instance) => EachByItsOwn(instance, PerturbationFamily.AlongGradient, least: 0.04, exponent: 1);

    private static Measurement ByGaussian(NetworkInstance instance)
    {
        var (n, before) = (instance.Trial.n, OutputPass.Of(instance));
        return Enumerable.Range(0, PerturbationFamily.Repetitions(instance.Trial, Directions, least: 0.03, exponent: 1)).Average(draw =>
        {
            var after = OutputPass.Of(instance, PerturbationFamily.Gaussian(instance, draw));
            return Enumerable.Range(0, n).Average(i => after.Flips(before, 1, i));
        }) / instance.Trial.m;
    }

    /// <summary>The share of signs that flip at a sample under the perturbation that is made for it, in the mean over samples.</summary>
    private static Measurement EachByItsOwn(NetworkInstance instance, Func<NetworkInstance, int, Perturbation> family, double least, double exponent)
    {
        var before = OutputPass.Of(instance);
        return Enumerable.Range(0, PerturbationFamily.Repetitions(instance.Trial, instance.Trial.n, least, exponent))
            .Average(i => OutputPass.Of(instance, family(instance, i)).Flips(before, 1, i)) / instance.Trial.m;
    }
}
