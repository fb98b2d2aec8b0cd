using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix B: at initialisation a convolutional network keeps the norm of its input, summed over positions, at every layer.</summary>
public static class ConvolutionalNorm
{
    private static readonly Domain Sizes = Domain.Filling(cells: (4, 4, 16), trials: (24, 24, 200), m(32, (48, 64, 256)), L(1, (3, 4, 8)), n(1), d(1));

    // Half of the smallest deviation that a wrong factor makes: a variance off by ½, or a q forgotten.
    private const double Resolution = 0.25;

    /// <summary>The mean over initialisations.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.convolutional-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (forward norm)", "Convolution and residual layers", "C55")
        .States("E Σ_j ‖h_{l,j}‖² = 1 for l < L,   E ‖h_L‖² = 1")
        .Given(Architectures.Convolutional(Sizes, Architectures.Torus))
        .Observes("‖h_L‖²", instance => SquaredNorm(instance, 1))
        .Against("1", _ => 1)
        .DecidedBy(Moment.Equals(Resolution))
        .RefutedWhen("the filters' variance is 2/m in place of 2/(qm)", instance => SquaredNorm(instance, Architectures.Torus.Offsets))
        .RefutedWhen("the filters' variance is 1/(qm)", instance => SquaredNorm(instance, 0.5))
        .Build();

    private static double SquaredNorm(NetworkInstance instance, double varianceFactor) => Architectures.Mean(instance, drawn =>
    {
        for (var l = 0; l < drawn.Trial.L; l++)
        {
            drawn.Network.Layer(l).Scale(Math.Sqrt(varianceFactor));
        }

        drawn.Network.Forward(drawn.Inputs, drawn.State);
        return FixedOrder.SumOfSquares<double>(drawn.State.Features(drawn.Trial.L));
    });
}
