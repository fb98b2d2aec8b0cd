using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 3 layer by layer, and the Lemmas 9.1 and 9.2 behind it, for residuals that do not come from a loss.</summary>
public static class LayerGradients
{
    private static readonly Domain Upper = Domain.Filling(
        cells: (40, 40, 60), trials: (5, 5, 10), m(96, (512, 768, 4096)), n(2, (12, 16, 32)), L(1, (4, 6, 8)), d(1, (4, 6, 8)), ω(0.3, (0.01, 0.003, 0.001)));

    private static readonly Domain AnyResidual = Domain.Filling(cells: (40, 40, 60), trials: (3, 3, 10), m(192, (640, 1024, 4096)), n(2, (10, 12, 16)), L(1, (3, 4, 8)), d(1, (3, 4, 8)));

    private static readonly Domain Lower = Domain.Filling(
        cells: (40, 40, 60), trials: (4, 4, 10), mδ(Networks.LeastWidthTimesSeparation, (160, 192, 512)), δ(0.4, (0.12, 0.1, 0.02)), n(2, (8, 12, 32)), L(1, (3, 4, 8)), d(1, (3, 4, 8)))
        .Computing("m", "mδ", v => Math.Round(v["mδ"] / v.δ))
        .OnData(Domain.Filling(cells: (6, 8, 24), trials: (2, 3, 6), m(256, (384, 512, 4096)), n(4, (8, 12, 32)), L(1, (2, 3, 8))));

    /// <summary>One layer's gradient has no factor L.</summary>
    public static Claim EachLayer { get; } = Claim
        .Named("azls.layer-gradient-upper-bound")
        .From(Papers.AllenZhuLiSong, "Theorem 3 (upper bound, layer by layer)", "C28")
        .States("‖∇_{W_l}F(W)‖²_F ≤ C · n m/d · F(W)   for every l and ‖W − W⁽⁰⁾‖₂ ≤ ω")
        .Given(Networks.WithAlignedTargets(Networks.InBall(Networks.AtInitialisation(Upper))))
        .Observes("max over l of ‖∇_{W_l}F‖²_F / F", LargestLayer)
        .Against("n m/d", v => v.n * v.m / v.d)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m is left out", v => v.n / v.d)
        .RefutedWhen("n is left out", v => v.m / v.d)
        .Build();

    /// <summary>Lemma 9.1: the bound for every residual at once is an eigenvalue.</summary>
    public static Claim EveryResidual { get; } = Claim
        .Named("azls.initial-gradient-upper-bound")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 9.1", "Gradients of free residuals", "C28")
        .States("‖∇^v_{W_l}F(W⁽⁰⁾)‖²_F ≤ C · n m/d · Σ_i ‖v_i‖²   for all v and l,   ∇^v_{W_l}F = Σ_i D_{i,l}(Back_{i,l+1}ᵀ v_i) h_{i,l−1}ᵀ")
        .Given(Networks.AtInitialisation(AnyResidual))
        .Observes("max over l of λ_{max}(K_l)", LargestEigenvalue)
        .Against("n m/d", v => v.n * v.m / v.d)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m is left out", v => v.n / v.d)
        .RefutedWhen("n is left out", v => v.m / v.d)
        .Build();

    /// <summary>Lemma 9.2: a residual that does not know the weights meets a gradient.</summary>
    public static Claim FixedResidual { get; } = Claim
        .Named("azls.initial-gradient-lower-bound")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 9.2 (residual antisymmetric on the closest pair)", "Gradients of free residuals", "C30")
        .States("‖∇^v_{W_L}F(W⁽⁰⁾)‖²_F ≥ c · δ m/(d n) · max_i ‖v_i‖²   for v fixed before A, W, B are drawn;   tried at v = e_i − e_j on the closest pair")
        .Given(Networks.AtInitialisation(Lower, Networks.SeparationForWidth))
        .Observes("‖∇^v_{W_L}F‖²_F / max_i ‖v_i‖²", LastLayer)
        .Against("δ m/(d n)", v => v.δ * v.m / (v.d * v.n))
        .DecidedBy(HiddenConstant.LowerBound)
        .RefutedWhen("δ is left out", v => v.m / (v.d * v.n))
        .RefutedWhen("m² in place of m", v => v.δ * v.m * v.m / (v.d * v.n))
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Lower.Reduced(cells: 6, trials: 1))))
        .Build();

    private static Measurement LargestLayer(NetworkInstance instance, Arithmetic arithmetic)
    {
        var (loss, largest) = (instance.EncloseLoss(arithmetic), Ball.Exactly(0));
        CertifiedGradient.Backward(instance.Network, instance.State, instance.Radii);
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            largest = Ball.Max(largest, instance.EnclosedSquaredGradientNorm(l));
        }

        return largest / loss;
    }

    private static Measurement LargestEigenvalue(NetworkInstance instance)
    {
        // The tangent kernel's passes leave features and signals of all n·d gradients ∇y_{i,j} in the state; K_l is the Gram matrix of those of layer l.
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        var columns = n * d;
        var state = new BatchState<double>(instance.Network, columns);
        var (kernel, signals, values) = (new double[columns * columns], new double[columns * columns], new double[columns]);
        TangentKernel.Compute<double>(instance.Network, instance.Inputs, state, kernel, new double[TangentKernel.WorkspaceLength(n, d)]);
        var workspace = new double[SymmetricEigen.WorkspaceLength(columns, vectors: false)];
        var largest = 0.0;
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            GramMatrix.Compute<double>(state.Features(l - 1), instance.Trial.m, columns, state.Stride, kernel);
            GramMatrix.Compute<double>(state.Signals(l), instance.Trial.m, columns, state.Stride, signals);
            for (var k = 0; k < kernel.Length; k++)
            {
                kernel[k] *= signals[k];
            }

            SymmetricEigen.Values(kernel, columns, values, workspace);
            largest = Math.Max(largest, values[^1]);
        }

        return largest;
    }

    private static Measurement LastLayer(NetworkInstance instance, Arithmetic arithmetic)
    {
        var closest = Core.Data.Separation.Measure(instance.Inputs, instance.Network.InputDimension);
        instance.EncloseForward(arithmetic);
        instance.EncloseBackward((closest.First, 0, 1), (closest.Second, 0, -1));
        return instance.EnclosedSquaredGradientNorm(instance.Trial.L);
    }
}
