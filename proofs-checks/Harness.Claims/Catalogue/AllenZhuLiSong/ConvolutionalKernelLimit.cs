using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The tangent kernel of a convolutional network converges to the convolutional tangent kernel like 1/√m.</summary>
public static class ConvolutionalKernelLimit
{
    // Below 1/6, which tells the exponent −1/2 from its nearest neighbour in the theory, −1/3.
    private const double Margin = 0.15;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (6, 6, 6), trials: (10, 10, 30), m(48, (384, 384, 2048)), n(2), L(2), d(1));

    /// <summary>Relative Frobenius error against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.convolutional-kernel-limit")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (tangent kernel)", "Convolutional limit kernel", "C56")
        .States("‖K − K^∞‖_F / ‖K^∞‖_F = Θ(1/√m),   K^∞ = (m/2d) κ₀(cos_L) (C_L + q Σ_j S_{L−1}[j])")
        .Given(Architectures.Convolutional(Ladder, Architectures.Ring))
        .Observes("‖K − K^∞‖_F / ‖K^∞‖_F", instance => RelativeError(instance, depthShift: 0))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("the limit has one layer more", instance => RelativeError(instance, depthShift: 1))
        .Build();

    /// <summary>Root mean square over a few initialisations: a single error is spread over more than a factor of two.</summary>
    private static Measurement RelativeError(NetworkInstance instance, int depthShift)
    {
        const int Initialisations = 8;
        var limit = new double[instance.Trial.n * instance.Trial.n];
        var (formula, n) = (InfiniteWidthKernel.FrozenEnds(Architectures.Ring, instance.Trial.L + depthShift, LimitingKernel.Tangent), instance.Trial.n);
        KernelMatrix.Gram(formula, instance.Inputs, n, limit, new double[KernelMatrix.WorkspaceLength(formula, n, instance.Inputs.Length / n)]);
        var state = new BatchState<double>(instance.Network, instance.Trial.n);
        var (kernel, workspace) = (new double[limit.Length], new double[TangentKernel.WorkspaceLength(state)]);
        double error = 0, norm = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            TangentKernel.Compute<double>(instance.Network, instance.Inputs, state, kernel, workspace);
            for (var e = 0; e < limit.Length; e++)
            {
                var difference = (kernel[e] * 2 / instance.Trial.m) - limit[e];
                (error, norm) = (error + (difference * difference), norm + (limit[e] * limit[e]));
            }
        }

        return Math.Sqrt(error / norm);
    }
}
