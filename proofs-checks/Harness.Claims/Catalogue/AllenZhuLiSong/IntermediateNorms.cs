using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
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

    private static Measurement WholeProduct(FullyConnectedInstance instance)
    {
        instance.Loss();
        return new LayerProduct(instance, sample: 0, from: 1, to: instance.Trial.L).SpectralNorm(instance.Trial.Random("start"));
    }

    private static Measurement LargestBackwardNorm(FullyConnectedInstance instance)
    {
        // One column for each output: Back_aᵀ e_j = W_aᵀ u_a with u_a the backward signal of e_j; the d × d Gram matrix of the columns has ‖Back_a‖₂² as its largest eigenvalue.
        var (network, d, m) = (instance.Network, instance.Trial.d, instance.Trial.m);
        instance.Loss();
        var (back, below, gram) = (new double[m * d], new double[m * d], new double[d * d]);
        var (values, vectors, workspace) = (new double[d], new double[d * d], new double[SymmetricEigen.WorkspaceLength(d, vectors: true)]);
        var identity = new double[d * d];
        for (var j = 0; j < d; j++)
        {
            identity[(j * d) + j] = 1;
        }

        network.Output.MultiplyTransposed(identity, back, d, d);
        var largest = 0.0;
        for (var a = instance.Trial.L + 1; ; a--)
        {
            GramMatrix.Compute<double>(back, m, d, d, gram);
            SymmetricEigen.Decompose(gram, d, values, vectors, workspace);
            largest = Math.Max(largest, Math.Sqrt(values[^1]));
            if (a == 1)
            {
                return largest;
            }

            var g = instance.Column(instance.State.PreActivations(a - 1), 0);
            for (var k = 0; k < m; k++)
            {
                if (g[k] < 0)
                {
                    back.AsSpan(k * d, d).Clear();
                }
            }

            network.Hidden(a - 1).MultiplyTransposed(back, below, d, d);
            (back, below) = (below, back);
        }
    }
}
