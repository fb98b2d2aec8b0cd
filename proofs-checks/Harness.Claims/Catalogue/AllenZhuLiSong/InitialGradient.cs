using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Exact means at initialisation behind Theorem 3 and the bound on F(W(0)).</summary>
public static class InitialGradient
{
    private static readonly Domain Sizes = Domain.Filling(cells: (4, 8, 24), trials: (36, 36, 400), m(32, (64, 128, 512)), L(1, (3, 4, 12)), d(1, (3, 4, 8)));

    // Resolution: a forgotten factor ½ moves either mean by at least ½; half of that.
    /// <summary>Every layer's gradient of one output has the same mean square.</summary>
    public static Claim SquaredNorm { get; } = Claim
        .Named("azls.initial-gradient-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 9.1 (exact mean)", "Moments at initialisation", "C08")
        .States("E ‖∇_{W_l} y_j(x_i)‖²_F = m/(2d)   for every l = 1…L")
        .Given(InitialNetworks.On(Sizes))
        .Observes("‖∇_{W_1} y_1‖²_F", networks => networks.Mean(FirstLayer))
        .Against("m/(2d)", v => v.m / (2 * v.d))
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the rectifier's factor ½ is forgotten", v => v.m / v.d)
        .RefutedWhen("the variance of A and W is 1/m in place of 2/m", InitialNetworks.On(Sizes, variance: 0.5))
        .Build();

    /// <summary>The output has unit mean square, so that the initial loss is O(n).</summary>
    public static Claim Output { get; } = Claim
        .Named("azls.initial-output-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Section 2 (F(W⁽⁰⁾) = O(n))", "Moments at initialisation", "C09")
        .States("E ‖B h_{i,L}‖² = 1, hence E F_i(W⁽⁰⁾) = (1 + ‖y_i*‖²)/2")
        .Given(InitialNetworks.On(Sizes))
        .Observes("‖y‖²", networks => networks.Mean((_, state) => FixedOrder.SumOfSquares<double>(state.Output)))
        .Against("1", _ => 1)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("B has unit variance in place of 1/d", v => v.d)
        .RefutedWhen("the variance of A and W is 1/m in place of 2/m", InitialNetworks.On(Sizes, variance: 0.5))
        .Build();

    private static double FirstLayer(FullyConnected<double> network, BatchState<double> state)
    {
        Array.Clear(state.OutputSignal);
        state.OutputSignal[0] = 1;
        network.Backward(state);
        return FixedOrder.SumOfSquares<double>(state.Signals(1)) * FixedOrder.SumOfSquares<double>(state.Features(0));
    }
}
