using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.1: at initialisation the features keep the norm of the input, at every layer.</summary>
public static class ForwardNorm
{
    private static readonly Domain Moments = Domain.Filling(cells: (4, 8, 24), trials: (24, 32, 400), m(32, (64, 128, 512)), L(1, (4, 6, 16)), d(1));

    // Chebyshev's bound is 0.3 in every cell: high enough to be decided in a few hundred trials, low enough to notice a wrong variance.
    private const double Failing = 0.3;

    private static readonly Domain Concentration = Domain.Filling(cells: (6, 8, 24), trials: (25, 30, 200), m(256, (320, 512, 4096)), L(1, (3, 4, 16)), d(1));

    // Resolutions: half the smallest deviation that a wrong factor would make. A layer's variance off by ½ moves the mean by at least ½; the variance of the squared norm without gating is 2/5 of the right one.
    /// <summary>The exact mean at finite width.</summary>
    public static Claim Mean { get; } = Claim
        .Named("azls.forward-norm-mean")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (exact mean)", "Moments at initialisation", "C07")
        .States("E ‖h_{i,l}‖² = 1   for every l = 0…L")
        .Given(InitialNetworks.On(Moments))
        .Observes("‖h_L‖²", networks => networks.Mean(SquaredNorm))
        .Against("1", _ => 1)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the variance of A and W is 1/m in place of 2/m", InitialNetworks.On(Moments, variance: 0.5))
        .RefutedWhen("the variance of A and W is 3/m", InitialNetworks.On(Moments, variance: 1.5))
        .Build();

    /// <summary>The exact variance at finite width: where the factor 5/m of the paper's concentration comes from.</summary>
    public static Claim Variance { get; } = Claim
        .Named("azls.forward-norm-variance")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (exact variance)", "Moments at initialisation", "C07")
        .States("Var ‖h_{i,l}‖² = (1 + 5/m)^{l+1} − 1")
        .Given(InitialNetworks.On(Domain.Filling(cells: (4, 6, 16), trials: (100, 120, 2000), m(64, (96, 128, 512)), L(1, (3, 3, 8)), d(1))))
        .Observes("(‖h_L‖² − 1)²", networks => networks.Mean((network, state) => Square(SquaredNorm(network, state) - 1)))
        .Against("(1 + 5/m)^{L+1} − 1", VarianceOfSquaredNorm)
        .DecidedBy(Moment.Equals(resolution: 0.3))
        .RefutedWhen("5/m replaced by 2/m, the variance of a layer without gating", v => Math.Pow(1 + (2 / v.m), v.L + 1) - 1)
        .Build();

    /// <summary>Concentration with explicit constants, by Chebyshev's inequality on the exact variance.</summary>
    public static Claim Tail { get; } = Claim
        .Named("azls.forward-norm-concentration")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (explicit tail)", "Moments at initialisation", "C25")
        .States("P(|‖h_{i,L}‖² − 1| ≥ t) ≤ ((1 + 5/m)^{L+1} − 1)/t²,   tried at the t where the right-hand side is 0.3")
        .Given(InitialNetworks.On(Concentration))
        .Observes("1{|‖h_L‖² − 1| ≥ t}", Exceeds)
        .Against("0.3", _ => Failing)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("the variance of A and W is 1/m in place of 2/m", InitialNetworks.On(Concentration, variance: 0.5))
        .Build();

    private static double SquaredNorm(FullyConnected<double> network, BatchState<double> state) => FixedOrder.SumOfSquares<double>(state.Features(network.Depth));

    private static double VarianceOfSquaredNorm(Variables v) => Math.Pow(1 + (5 / v.m), v.L + 1) - 1;

    private static Measurement Exceeds(InitialNetworks networks)
    {
        var t = Math.Sqrt(VarianceOfSquaredNorm(networks.Trial.Variables) / Failing);
        return Math.Abs(networks.Once(SquaredNorm) - 1) >= t ? 1 : 0;
    }

    private static double Square(double x) => x * x;
}
