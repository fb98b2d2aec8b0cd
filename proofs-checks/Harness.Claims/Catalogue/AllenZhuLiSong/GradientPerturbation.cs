using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 5(a): near initialisation the gradient of an output is nearly that at initialisation.</summary>
public static class GradientPerturbation
{
    // Half of the step between the families' exponents ⅓ and ½.
    private const double Margin = 1.0 / 12;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (3, 4, 10), m(96, (384, 512, 4096)), ω(0.3, (0.01, 0.003, 0.001)), L(1, (4, 6, 8)), n(1), d(4));

    // Exponents are tried at L = 1, where features stay and only gates change the gradient; a mean over outputs evens out what single neurons weigh.
    private const int Directions = 10;

    private static readonly Domain Own = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.2, (0.006, 0.004, 0.003)), m(512), L(1), n(6), d(6));

    // A random direction flips few signs at a sample, so many samples.
    private static readonly Domain Shared = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.3, 0.03), m(256), L(1), n(16), d(8));

    private static readonly Domain AlongOwn = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (12, 12, 20), ω(0.3, 0.04), m(384), L(1), n(24), d(1));

    /// <summary>The bound, on the largest of the three families.</summary>
    public static Claim Bound { get; } = Claim
        .Named("azls.gradient-perturbation")
        .From(Papers.AllenZhuLiSong, "Theorem 5(a)", "C34")
        .States("‖∇y_j(W⁽⁰⁾+W′) − ∇y_j(W⁽⁰⁾)‖_F ≤ C · √(log m) ω^{1/3} L³ · ‖∇y_j(W⁽⁰⁾)‖_F   for ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over W′ and j of ‖Δ∇y_j‖_F/‖∇y_j‖_F", LargestChange)
        .Against("√(log m) ω^{1/3} L³", v => Math.Sqrt(Math.Log(v.m)) * Math.Cbrt(v.ω) * v.L * v.L * v.L)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("exponent ⅔ in place of ⅓", v => Math.Sqrt(Math.Log(v.m)) * Math.Pow(v.ω, 2.0 / 3) * v.L * v.L * v.L)
        .RefutedWhen("the bound falls like 1/m", v => Math.Sqrt(Math.Log(v.m)) * Math.Cbrt(v.ω) * v.L * v.L * v.L / v.m)
        .Build();

    /// <summary>The adversary attains ⅓.</summary>
    public static Claim Adversary { get; } = Claim
        .Named("azls.gradient-perturbation-adversary")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(a) (sharpness in ω)", "Exponents of the families", "C34")
        .States("max over W′, ‖W′‖₂ ≤ ω, of ‖Δ∇y_j‖_F/‖∇y_j‖_F = Θ(ω^{1/3}),   attained by the greedy adversary; tried at L = 1")
        .Given(Networks.AtInitialisation(Own).GeneratedOnly())
        .Observes("root mean square over samples i and outputs of ‖Δ∇y_j(x_i)‖_F/‖∇y_j(x_i)‖_F, W′ against x_i", ByAdversary)
        .Against("ω^{1/3}", v => Math.Cbrt(v.ω))
        .DecidedBy(Exponent.EqualTo(1.0 / 3, within: Margin, ladder: "ω"))
        .RefutedWhen("a Gaussian W′ in place of the adversary", Networks.AtInitialisation(Shared), ByGaussian)
        .Build();

    /// <summary>Random directions change the gradient like ω^{1/2}.</summary>
    public static Claim Gaussian { get; } = Claim
        .Named("azls.gradient-perturbation-random")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(a) (random W′)", "Exponents of the families", "C34")
        .States("‖Δ∇y_j‖_F/‖∇y_j‖_F = Θ(ω^{1/2})   for Gaussian W′ with ‖W′‖₂ = ω ≪ 1,   tried at L = 1")
        .Given(Networks.AtInitialisation(Shared).GeneratedOnly())
        .Observes("root mean square over samples and outputs of ‖Δ∇y_j‖_F/‖∇y_j‖_F", ByGaussian)
        .Against("√ω", v => Math.Sqrt(v.ω))
        .DecidedBy(Exponent.EqualTo(0.5, within: Margin, ladder: "ω"))
        .RefutedWhen("the adversary in place of a Gaussian W′", Networks.AtInitialisation(Own), ByAdversary)
        .Build();

    /// <summary>So does a step along the gradient itself.</summary>
    public static Claim Gradient { get; } = Claim
        .Named("azls.gradient-perturbation-gradient")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(a) (W′ along the gradient)", "Exponents of the families", "C34")
        .States("‖Δ∇y_j(x_i)‖_F/‖∇y_j(x_i)‖_F = Θ(ω^{1/2})   for the rank-one W′ along ∇y_j(x_i) with ‖W′_l‖₂ = ω ≪ 1,   tried at L = 1")
        .Given(Networks.AtInitialisation(AlongOwn).GeneratedOnly())
        .Observes("root mean square over samples i of ‖Δ∇y(x_i)‖_F/‖∇y(x_i)‖_F, W′ along ∇y(x_i)", AlongGradient)
        .Against("√ω", v => Math.Sqrt(v.ω))
        .DecidedBy(Exponent.EqualTo(0.5, within: Margin, ladder: "ω"))
        .RefutedWhen("the adversary in place of the gradient", Networks.AtInitialisation(Own), ByAdversary)
        .Build();

    private static Measurement LargestChange(NetworkInstance instance, Arithmetic arithmetic)
    {
        EnclosedPass[] before = [.. Enumerable.Range(0, instance.Trial.d).Select(j => EnclosedPass.Of(instance, arithmetic, j))];
        var largest = Ball.Exactly(0);
        foreach (var direction in PerturbationFamily.All(instance))
        {
            for (var j = 0; j < before.Length; j++)
            {
                var change = EnclosedPass.Of(instance, direction, arithmetic, j).SquaredGradientChange(before[j], sample: 0);
                largest = Ball.Max(largest, change / before[j].Kernel(0, 0));
            }
        }

        return Ball.Sqrt(largest);
    }

    private static Measurement ByAdversary(NetworkInstance instance) => EachByItsOwn(instance, PerturbationFamily.Adversary, least: 0.006, exponent: 2.0 / 3);

    private static Measurement AlongGradient(NetworkInstance instance) => EachByItsOwn(instance, PerturbationFamily.AlongGradient, least: 0.04, exponent: 1);

    private static Measurement ByGaussian(NetworkInstance instance)
    {
        var before = OutputPass.OfEach(instance);
        return RootMeanSquare(PerturbationFamily.Repetitions(instance.Trial, Directions, least: 0.03, exponent: 1), draw =>
        {
            var after = OutputPass.OfEach(instance, PerturbationFamily.Gaussian(instance, draw));
            return Enumerable.Range(0, instance.Trial.n).Average(i => MeanChange(after, before, i));
        });
    }

    /// <summary>The change at each sample under the perturbation that is made for it.</summary>
    private static Measurement EachByItsOwn(NetworkInstance instance, Func<NetworkInstance, int, Perturbation> family, double least, double exponent)
    {
        var before = OutputPass.OfEach(instance);
        return RootMeanSquare(
            PerturbationFamily.Repetitions(instance.Trial, instance.Trial.n, least, exponent), i => MeanChange(OutputPass.OfEach(instance, family(instance, i)), before, i));
    }

    private static double RootMeanSquare(int count, Func<int, double> square) => Math.Sqrt(Enumerable.Range(0, count).Average(square));

    private static double MeanChange(OutputPass[] after, OutputPass[] before, int sample) => after.Zip(before, (moved, original) => Change(moved, original, sample)).Average();

    /// <summary>‖Δ∇y_j(x_i)‖²_F/‖∇y_j(x_i)‖²_F.</summary>
    private static double Change(OutputPass after, OutputPass before, int sample) => after.SquaredGradientChange(before, sample) / before.Kernel(sample, sample);
}
