using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.4(a): backwards, a sparse vector carries little.</summary>
public static class SparseBackward
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (24, 28, 60), trials: (4, 6, 10), m(128, (384, 768, 4096)), s(1, (24, 32, 256)), L(1, (4, 6, 12)), d(1, (6, 8, 16)), n(1));

    /// <summary>For v = e_j the supremum over all sparse u is the norm of the largest entries.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.sparse-backward")
        .From(Papers.AllenZhuLiSong, "Lemma 7.4(a)", "C27")
        .States("|vᵀ B D_{i,L} W_L ⋯ D_{i,a} W_a u| ≤ C · √(s log m/d) ‖v‖‖u‖   for all s-sparse u and a = 1…L+1;   tried at v = e_j, where the supremum over u is exact")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over j, a of the norm of the s largest entries of Back_aᵀ e_j", LargestSparseNorm)
        .Against("√(s log m/d)", v => Math.Sqrt(v.s * Math.Log(v.m) / v.d))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("s is left out", v => Math.Sqrt(Math.Log(v.m) / v.d))
        .RefutedWhen("d² in place of d", v => Math.Sqrt(v.s * Math.Log(v.m)) / v.d)
        .Build();

    private static Measurement LargestSparseNorm(NetworkInstance instance, Arithmetic arithmetic)
    {
        instance.EncloseForward(arithmetic);
        var back = EnclosedBatch.OutputRows(instance.Network);
        var largest = LargestVector(instance, back);
        for (var a = instance.Trial.L; a >= 1; a--)
        {
            back = back.GatedBySample(instance, a, sample: 0).BackThrough(instance.Network.Hidden(a));
            largest = Ball.Max(largest, LargestVector(instance, back));
        }

        return largest;
    }

    private static Ball LargestVector(NetworkInstance instance, EnclosedBatch back) =>
        Enumerable.Range(0, instance.Trial.d).Select(j => back.Vector(j).NormOfLargest((int)instance.Trial.Variables.s)).Aggregate(Ball.Max);
}
