using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix B: at initialisation a convolutional network keeps the norm of its input, summed over positions, at every layer, and of its gradient.</summary>
public static class ConvolutionalNorm
{
    private static readonly Domain Sizes = Domain.Filling(cells: (4, 6, 16), trials: (24, 32, 200), m(32, (48, 96, 256)), L(1, (3, 4, 8)), n(8), d(1, (3, 4, 8)));

    // Half of the smallest deviation that a wrong factor makes: a variance off by ½, or a q forgotten.
    private const double Resolution = 0.25;

    /// <summary>The forward pass.</summary>
    public static Claim Forward { get; } = Claim
        .Named("azls.convolutional-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (forward norm)", "Convolution and residual layers", "C55")
        .States("E Σ_j ‖h_{l,j}‖² = 1 for l < L,   E ‖h_L‖² = 1")
        .Given(Architectures.Convolutional(Sizes))
        .Observes("‖h_L‖², mean over samples", instance => SquaredNorm(instance, 1))
        .Against("1", _ => 1)
        .DecidedBy(Moment.Equals(Resolution))
        .RefutedWhen("the filters' variance is 2/m in place of 2/(qm)", instance => SquaredNorm(instance, Architectures.Torus.Offsets))
        .RefutedWhen("the filters' variance is 1/(qm)", instance => SquaredNorm(instance, 0.5))
        .Build();

    /// <summary>The first hidden layer's signal: what comes back to W₁.</summary>
    public static Claim Output { get; } = Claim
        .Named("azls.convolutional-output")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (initial loss)", "Convolution and residual layers", "C55")
        .States("E ‖y(W⁽⁰⁾)‖² = 1")
        .Given(Architectures.Convolutional(Sizes))
        .Observes("‖y‖², mean over samples", instance => SquaredOutput(instance, 1))
        .Against("1", _ => 1)
        .DecidedBy(Moment.Equals(Resolution, skewness: 1.5))
        .RefutedWhen("B has unit variance in place of 1/d, at d ≥ 2", Architectures.Convolutional(Sizes), instance => SquaredOutput(instance, 2))
        .Build();

    private static double SquaredNorm(FullyConnectedInstance instance, double varianceFactor)
    {
        ScaleFilters(instance, varianceFactor);
        instance.Network.Forward(instance.Inputs, instance.State);
        return FixedOrder.SumOfSquares<double>(instance.State.Features(instance.Trial.L)) / instance.Trial.n;
    }

    private static double SquaredOutput(FullyConnectedInstance instance, double varianceFactor)
    {
        instance.Network.Output.Scale(Math.Sqrt(varianceFactor));
        instance.Network.Forward(instance.Inputs, instance.State);
        return FixedOrder.SumOfSquares<double>(instance.State.Output) / instance.Trial.n;
    }

    private static void ScaleFilters(FullyConnectedInstance instance, double varianceFactor)
    {
        for (var l = 0; l < instance.Trial.L; l++)
        {
            instance.Network.Layer(l).Scale(Math.Sqrt(varianceFactor));
        }
    }
}
