using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemmas 8.6 and 8.7: products of layers under a perturbation of their weights and of s of their gates.</summary>
public static class BackwardPerturbation
{
    /// <summary>The largest gate that the lemmas allow to be added: D′_{i,l} ∈ [−3, 3].</summary>
    private const double LargestGate = 3;

    // ω = c/L^{1.5}, as both lemmas ask.
    private const double RadiusFactor = 0.5;

    private const int GatesChanged = 4;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (3, 3, 10), m(128, (384, 640, 4096)), s(4, (32, 48, 128)), ω(0.1, (0.01, 0.003, 0.001)), L(2, (5, 6, 8)), d(1, (4, 5, 8)), n(1));

    private static readonly Domain Products = Domain.Filling(cells: (40, 40, 40), trials: (2, 3, 8), m(96, (384, 448, 2048)), L(2, (6, 8, 16)), n(1), d(1))
        .Computing("ω", v => RadiusFactor / Math.Pow(v.L, 1.5));

    private static readonly Domain ConstantRadius = Domain.Filling(cells: (16, 16, 40), trials: (1, 1, 4), m(96, (384, 448, 2048)), L(2, (6, 8, 16)), n(1), d(1))
        .Computing("ω", _ => 8);

    /// <summary>Lemma 8.7: the backward operator moves little.</summary>
    public static Claim Difference { get; } = Claim
        .Named("azls.backward-perturbation")
        .From(Papers.AllenZhuLiSong, "Lemma 8.7", "C37")
        .States("‖B(D_L+D′_L)(W_L+W′_L) ⋯ (W_{a+1}+W′_{a+1})(D_a+D′_a) − B D_L W_L ⋯ W_{a+1} D_a‖₂ ≤ C · √(L³ s log m + ω² L³ m)/√d   for s-sparse D′ ∈ [−3, 3], ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max of the difference over a, W′ and D′, which is 3 where most arrives in one layer", LargestDifference)
        .Against("√(L³ s log m + ω² L³ m)/√d", v => Math.Sqrt(((v.s * Math.Log(v.m)) + (v.ω * v.ω * v.m)) * v.L * v.L * v.L / v.d))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("s is left out", v => Math.Sqrt((Math.Log(v.m) + (v.ω * v.ω * v.m)) * v.L * v.L * v.L / v.d))
        .RefutedWhen("d² in place of d", v => Math.Sqrt(((v.s * Math.Log(v.m)) + (v.ω * v.ω * v.m)) * v.L * v.L * v.L) / v.d)
        .Build();

    /// <summary>Lemma 8.6: products keep the order √L.</summary>
    public static Claim Product { get; } = Claim
        .Named("azls.perturbed-products")
        .From(Papers.AllenZhuLiSong, "Lemma 8.6", "C38")
        .States("‖(W_b+W′_b)(D_{b−1}+D′_{b−1}) ⋯ (D_a+D′_a)(W_a+W′_a)‖₂ ≤ C · √L   for s-sparse D′ ∈ [−3, 3], s ≤ O(m/(L³ log m)), ‖W′‖₂ ≤ O(L^{−1.5})")
        .Given(Networks.AtInitialisation(Products).GeneratedOnly())
        .Observes("max over W′ of the norm of the whole product, four gates of the middle layer changed by 3", LargestProduct)
        .Against("√L", v => Math.Sqrt(v.L))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the bound falls like 1/m", v => Math.Sqrt(v.L) / v.m)
        .RefutedWhen("the radius does not fall with L", Networks.AtInitialisation(ConstantRadius))
        .Build();

    private static Measurement LargestDifference(NetworkInstance instance)
    {
        instance.Loss();
        var (d, s) = (instance.Trial.d, (int)instance.Trial.Variables.s);
        var gates = GatedLayers.GatesOf(instance, sample: 0);
        var original = Backward(instance, gates, (_, _) => []);
        return PerturbationFamily.All(instance).Max(direction => instance.At(
            direction, () => Enumerable.Range(1, instance.Trial.L).Max(only => Compare((layer, arriving) => layer == only ? Largest(arriving) : []))));

        double Compare(Func<int, double[], int[]> pick) =>
            Backward(instance, gates, pick).Zip(original, (moved, from) => GatedLayers.SpectralNorm(OutputPass.Difference(moved, from), d)).Max();

        int[] Largest(double[] arriving) =>
            [.. Enumerable.Range(0, instance.Trial.m).OrderByDescending(k => FixedOrder.SumOfSquares<double>(arriving.AsSpan(k * d, d))).Take(s)];
    }

    /// <summary>(B Γ_L W_L ⋯ W_{a+1} Γ_a)ᵀ for a = L…1, m × d each, with Γ_l = D_l and three more on the neurons that are picked, knowing what arrives at them.</summary>
    private static List<double[]> Backward(NetworkInstance instance, double[][] gates, Func<int, double[], int[]> pick)
    {
        var (d, layers) = (instance.Trial.d, new GatedLayers(instance.Network, gates));
        var back = layers.OutputTransposed();
        var products = new List<double[]>();
        for (var l = instance.Trial.L; l >= 1; l--)
        {
            if (products.Count > 0)
            {
                back = layers.ApplyTransposed(l + 1, l + 1, back, d);
            }

            var arriving = back.ToArray();
            layers.Gate(l, back, d);
            foreach (var k in pick(l, arriving))
            {
                for (var j = k * d; j < (k + 1) * d; j++)
                {
                    back[j] += LargestGate * arriving[j];
                }
            }

            products.Add(back);
        }

        return products;
    }

    private static Measurement LargestProduct(NetworkInstance instance)
    {
        instance.Loss();
        var (m, L) = (instance.Trial.m, instance.Trial.L);
        var gates = GatedLayers.GatesOf(instance, sample: 0);
        var order = new int[m];
        instance.Trial.Random("gates").Permutation(order);
        foreach (var k in order[..GatesChanged])
        {
            gates[L / 2][k] += LargestGate;
        }

        var layers = new GatedLayers(instance.Network, gates);
        return new[] { PerturbationFamily.Gaussian(instance), PerturbationFamily.AlongGradient(instance) }.Max(direction =>
            instance.At(direction, () => layers.SpectralNorm(1, L, instance.Trial.Random("start"))));
    }
}
