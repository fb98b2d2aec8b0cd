using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.4(b) and Lemma 9.1 as exact means, at every layer and for every output.</summary>
public static class BackwardMoments
{
    // L is the layer l plus the l′ layers above it, so that both are swept.
    private static readonly Domain Sizes = Domain.Filling(
        cells: (4, 8, 24), trials: (24, 32, 300), m(32, (64, 96, 512)), new VariableRange("l", 1, (3, 5, 12), IsInteger: true), new VariableRange("l′", 1, (3, 5, 12), IsInteger: true), d(2, (4, 8, 8)))
        .Computing("L", v => v["l"] + v["l′"]);

    // Resolution: a forgotten factor ½ moves either mean by at least ½; half of that.
    /// <summary>Backward signals keep their norm.</summary>
    public static Claim Backward { get; } = Claim
        .Named("azls.backward-norm-mean")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.4(b) (exact mean)", "Moments at initialisation", "C08")
        .States("E ‖Back_{i,l}ᵀ e_j‖² = m/d   for every l = 1…L and j")
        .Given(InitialNetworks.On(Sizes).GeneratedOnly())
        .Observes("‖Back_lᵀ e_d‖²", networks => networks.Mean((network, state) => SquaredBackward(network, state, (int)networks.Trial.Variables["l"])))
        .Against("m/d", v => v.m / v.d)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the last gate's factor ½ is counted", v => v.m / (2 * v.d))
        .RefutedWhen("the variance of A and W is 1/m in place of 2/m", InitialNetworks.On(Sizes, variance: 0.5))
        .Build();

    /// <summary>Every layer has the same share in a gradient.</summary>
    public static Claim Gradient { get; } = Claim
        .Named("azls.layer-gradient-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 9.1 (exact mean, every layer)", "Moments at initialisation", "C08")
        .States("E ‖∇_{W_l} y_j(x_i)‖²_F = m/(2d)   for every l = 1…L and j")
        .Given(InitialNetworks.On(Sizes).GeneratedOnly())
        .Observes("‖∇_{W_l} y_d‖²_F", networks => networks.Mean((network, state) => SquaredGradient(network, state, (int)networks.Trial.Variables["l"])))
        .Against("m/(2d)", v => v.m / (2 * v.d))
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the rectifier's factor ½ is forgotten", v => v.m / v.d)
        .RefutedWhen("layers nearer to the output have larger gradients: l/L of 2m/d", v => 2 * v.m * v["l"] / (v.d * v.L))
        .Build();

    private static double SquaredGradient(FullyConnected<double> network, BatchState<double> state, int layer)
    {
        BackFromLastOutput(network, state);
        return FixedOrder.SumOfSquares<double>(state.Signals(layer)) * FixedOrder.SumOfSquares<double>(state.Features(layer - 1));
    }

    /// <summary>Back_lᵀ e_j = W_lᵀ u_l with u_l = D_l Back_{l+1}ᵀ e_j.</summary>
    private static double SquaredBackward(FullyConnected<double> network, BatchState<double> state, int layer)
    {
        BackFromLastOutput(network, state);
        var back = new double[network.Width * state.Stride];
        network.Hidden(layer).MultiplyTransposed(state.Signals(layer), back, state.Samples, state.Stride);
        return FixedOrder.SumOfSquares<double>(back);
    }

    private static void BackFromLastOutput(FullyConnected<double> network, BatchState<double> state)
    {
        Array.Clear(state.OutputSignal);
        state.OutputSignal[(network.OutputDimension - 1) * state.Stride] = 1;
        network.Backward(state);
    }
}
