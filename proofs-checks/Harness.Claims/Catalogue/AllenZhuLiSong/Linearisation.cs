using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 5(b): near initialisation the network is nearly linear in its weights.</summary>
public static class Linearisation
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (5, 5, 10), m(96, (384, 640, 4096)), ω(0.3, (0.03, 0.01, 0.001)), L(2, (4, 5, 8)), n(1), d(1));

    // Down to where twenty neurons are still reflected: of fewer, the one that the budget does not quite reach matters.
    private static readonly Domain Ladder = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (8, 8, 20), ω(0.5, 0.04), m(512), L(1), n(1), d(1));

    private static readonly Domain AlongOwn = Domain.Climbing("ω", rungs: (6, 6, 10), trials: (20, 20, 20), ω(0.3, 0.04), m(160), L(2), n(4), d(1));

    /// <summary>The bound, on the three families and on the adversary that attains it.</summary>
    public static Claim Bound { get; } = Claim
        .Named("azls.linearisation")
        .From(Papers.AllenZhuLiSong, "Theorem 5(b)", "C36")
        .States("|y_j(W⁽⁰⁾+W′) − y_j(W⁽⁰⁾) − ⟨∇y_j(W⁽⁰⁾), W′⟩| ≤ C · L³ ω^{4/3} √(m log m/d)   for ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over W′ of the remainder", LargestRemainder)
        .Against("L³ ω^{4/3} √(m log m/d)", v => v.L * v.L * v.L * Math.Pow(v.ω, 4.0 / 3) * Math.Sqrt(v.m * Math.Log(v.m) / v.d))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("ω^{7/3} in place of ω^{4/3}", v => v.L * v.L * v.L * Math.Pow(v.ω, 7.0 / 3) * Math.Sqrt(v.m * Math.Log(v.m) / v.d))
        .RefutedWhen("1/√m in place of √m", v => v.L * v.L * v.L * Math.Pow(v.ω, 4.0 / 3) * Math.Sqrt(Math.Log(v.m) / (v.m * v.d)))
        .Build();

    /// <summary>The exponent 4/3 is attained.</summary>
    public static Claim Sharpness { get; } = Claim
        .Named("azls.linearisation-adversary")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(b) (sharpness in ω)", "Sharpness of linearisation", "C36")
        .States("max over W′, ‖W′‖₂ ≤ ω, of |y_j(W⁽⁰⁾+W′) − y_j(W⁽⁰⁾) − ⟨∇y_j(W⁽⁰⁾), W′⟩| = Θ(ω^{4/3}),   attained by reflecting small pre-activations")
        .Given(Networks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("remainder", instance => Remainder(instance, Reflection(instance), sample: 0))
        .Against("ω^{4/3}", v => Math.Pow(v.ω, 4.0 / 3))
        .DecidedBy(Exponent.EqualTo(4.0 / 3, within: 0.2, ladder: "ω"))
        .RefutedWhen("the gradient direction in place of the adversary", Networks.AtInitialisation(AlongOwn), AlongOwnGradients)
        .Build();

    private static Measurement LargestRemainder(NetworkInstance instance) =>
        PerturbationFamily.All(instance).Append(Reflection(instance)).Max(direction => Remainder(instance, direction, sample: 0));

    private static Measurement AlongOwnGradients(NetworkInstance instance) => Math.Sqrt(Enumerable.Range(0, instance.Trial.n)
        .Average(i => Math.Pow(Remainder(instance, PerturbationFamily.AlongGradient(instance, i), i), 2)));

    private static double Remainder(NetworkInstance instance, Perturbation direction, int sample)
    {
        var before = OutputPass.Of(instance);
        return instance.At(direction, () =>
        {
            var remainder = OutputPass.Of(instance).Outputs[sample] - before.Outputs[sample];
            for (var l = 1; l <= instance.Trial.L; l++)
            {
                // ⟨∇_{W_l} y₁, W′_l⟩ = u_lᵀ W′_l h_{l−1}, and W′_l h_{l−1} is what the moved layer makes of h_{l−1} besides g_l.
                var moved = new double[instance.Trial.m];
                instance.Network.Hidden(l).Multiply(before.Features(l - 1, sample), moved, 1, 1);
                remainder -= FixedOrder.Dot<double>(before.Signals(l, sample), OutputPass.Difference(moved, before.PreActivations(l, sample)));
            }

            return Math.Abs(remainder);
        });
    }

    /// <summary>
    /// g_k ↦ −g_k in layer L for the smallest |g_k| among the neurons with B_{1k} > 0, as many as ω buys at 2|g_k| each: the rectifier bends in all of them, and every bend raises y₁.
    /// </summary>
    private static Perturbation Reflection(NetworkInstance instance)
    {
        instance.Loss();
        var (network, L) = (instance.Network, instance.Trial.L);
        var g = instance.Column(instance.State.PreActivations(L), 0);
        var budget = Math.Pow(instance.Trial.Variables.ω, 2) * FixedOrder.SumOfSquares<double>(instance.Column(instance.State.Features(L - 1), 0));
        var shift = new double[g.Length];
        foreach (var k in Enumerable.Range(0, g.Length).Where(k => network.Output[0, k] > 0).OrderBy(k => Math.Abs(g[k])))
        {
            budget -= 4 * g[k] * g[k];
            if (budget < 0)
            {
                break;
            }

            shift[k] = -2 * g[k];
        }

        return Perturbation.Moving(instance, sample: 0, layer: L, shift);
    }
}
