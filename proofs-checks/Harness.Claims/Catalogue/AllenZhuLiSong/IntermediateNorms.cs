using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemmas 7.3(a) and 7.4(b): products of layers do not blow up, forwards or backwards.</summary>
public static class IntermediateNorms
{
    /// <summary>Forward products grow like √L and no faster.</summary>
    public static Claim Forward { get; } = Claim
        .Named("azls.intermediate-spectral-norm")
        .From(Papers.AllenZhuLiSong, "Lemma 7.3(a)", "C19")
        .States("‖W_b D_{i,b−1} W_{b−1} ⋯ D_{i,a} W_a‖₂ ≤ C·√L   for all 1 ≤ a ≤ b ≤ L")
        .Given(Networks.AtInitialisation(Domain.Filling(cells: (24, 24, 60), trials: (6, 6, 10), m(192, (768, 1024, 4096)), L(1, (8, 10, 32)), n(1), d(1))))
        .Observes("‖W_L D_{L−1} ⋯ D_1 W_1‖₂", WholeProduct)
        .Against("√L", v => Math.Sqrt(v.L))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the bound does not grow with L", _ => 1)
        .RefutedWhen("the bound falls like 1/√m", v => Math.Sqrt(v.L / v.m))
        .Build();

    /// <summary>Backward products keep the order √(m/d).</summary>
    public static Claim Backward { get; } = Claim
        .Named("azls.backward-norm")
        .From(Papers.AllenZhuLiSong, "Lemma 7.4(b)", "C26")
        .States("‖vᵀ B D_{i,L} W_L ⋯ D_{i,a} W_a‖ ≤ C·√(m/d)·‖v‖   for all v ∈ ℝᵈ and a = 1…L+1")
        .Given(Networks.AtInitialisation(Domain.Filling(cells: (24, 40, 80), trials: (6, 6, 10), m(192, (768, 1536, 4096)), d(1, (6, 8, 16)), L(1, (6, 8, 16)), n(1))))
        .Observes("max over a of ‖Back_a‖₂", LargestBackwardNorm)
        .Against("√(m/d)", v => Math.Sqrt(v.m / v.d))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m is left out", v => Math.Sqrt(1 / v.d))
        .RefutedWhen("d² in place of d", v => Math.Sqrt(v.m) / v.d)
        .Build();

    /// <summary>From below, by an explicit vector; an enclosure from above would need the product itself, L m³ multiply-adds for L m² of this.</summary>
    private static Measurement WholeProduct(NetworkInstance instance)
    {
        instance.Loss();
        return new LayerProduct(instance, sample: 0, from: 1, to: instance.Trial.L).SpectralNorm(instance.Trial.Random("start"));
    }

    private static Measurement LargestBackwardNorm(NetworkInstance instance, Arithmetic arithmetic)
    {
        // One column for each output: Back_aᵀ e_j = W_aᵀ u_a with u_a the backward signal of e_j; the d × d Gram matrix of the columns has ‖Back_a‖₂² as its largest eigenvalue.
        instance.EncloseForward(arithmetic);
        var back = EnclosedBatch.OutputRows(instance.Network);
        var largest = back.SpectralNorm();
        for (var l = instance.Trial.L; l >= 1; l--)
        {
            back = back.GatedBySample(instance, l, sample: 0).BackThrough(instance.Network.Hidden(l));
            largest = Ball.Max(largest, back.SpectralNorm());
        }

        return largest;
    }
}
