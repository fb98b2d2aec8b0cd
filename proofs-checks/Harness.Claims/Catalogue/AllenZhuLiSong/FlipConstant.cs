using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using MathNet.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Claim 8.3 with its constants: how many signs of one layer a perturbation of spectral norm ω flips, at worst and at random.</summary>
public static class FlipConstant
{
    // k* ≥ 2000, so that the bias of less than one neuron is below a thirtieth of a draw's standard deviation √(8k*/15).
    private static readonly Domain Sizes = Domain.Filling(cells: (4, 6, 12), trials: (12, 12, 60), m(16384, (32768, 262144, 1_048_576)), ω(0.3, (0.1, 0.05, 0.05)));

    private static readonly Domain Ladder = Domain.Climbing("ω", rungs: (6, 6, 6), trials: (5, 5, 12), m(32768), ω(0.1, (0.01, 0.005, 0.002)));

    private static readonly Domain Squares = Domain.Filling(
        cells: (4, 6, 12), trials: (24, 32, 60), m(64, (192, 256, 1024)), ω(1, (0.2, 0.1, 0.05)), n(1), L(1), d(1));

    /// <summary>The rank-one adversary flips (3/π)^{1/3} ω^{2/3} of all signs.</summary>
    public static Claim Adversary { get; } = Claim
        .Named("azls.flip-constant")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (constant)", "Flip constant", "C15")
        .States("max over ‖W′‖₂ ≤ ω of the flipped signs = m κ(ω) + O(1) on average,   κ(ω) → (3/π)^{1/3} ω^{2/3} = 0.98475 ω^{2/3} as ω → 0")
        .Given(OneLayer.On(Sizes))
        .Observes("signs flipped by W′ = u hᵀ, ‖u‖ ≤ ω", layer => Flipped(layer))
        .Against("m κ(ω)", v => v.m * Share(v.ω))
        .DecidedBy(Moment.Equals(resolution: 0.02))
        .RefutedWhen("the constant is (3/2π)^{1/3}", v => v.m * Share(v.ω) / Math.Cbrt(2))
        .RefutedWhen("the variance of W is 1/m in place of 2/m", OneLayer.On(Sizes, variance: 0.5))
        .Build();

    /// <summary>The exponent of ω at its worst.</summary>
    public static Claim AdversaryExponent { get; } = Claim
        .Named("azls.flip-exponent")
        .From(Papers.AllenZhuLiSong, "Claim 8.3", "C15")
        .States("max over ‖W′‖₂ ≤ ω of the flipped signs = Θ(m ω^{2/3})")
        .Given(OneLayer.On(Ladder))
        .Observes("signs flipped by W′ = u hᵀ, ‖u‖ ≤ ω", layer => Flipped(layer))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(2.0 / 3, within: 0.1, ladder: "ω"))
        .RefutedWhen("a random shift of the same length in place of the adversary", layer => FlippedAtRandom(layer))
        .Build();

    /// <summary>A random perturbation flips far fewer: ω to the first power.</summary>
    public static Claim Random { get; } = Claim
        .Named("azls.random-flips")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (random perturbations)", "Flip constant", "C16")
        .States("E #flips = (m/π) arctan(ω/(2√2))   for W′ with independent N(0, ω²/4m) entries, whose spectral norm is ω(1 + o(1))")
        .Given(Networks.AtInitialisation(Squares).GeneratedOnly())
        .Observes("signs of layer 1 flipped by W′₁", instance => MeanFlips(instance))
        .Against("(m/π) arctan(ω/(2√2))", v => v.m * Math.Atan(v.ω / (2 * Math.Sqrt(2))) / Math.PI)
        .DecidedBy(Moment.Equals(resolution: 0.2))
        .RefutedWhen("√2 in place of 2√2", v => v.m * Math.Atan(v.ω / Math.Sqrt(2)) / Math.PI)
        .RefutedWhen("ω^{2/3}, as for the adversary", v => v.m * Share(v.ω))
        .Build();

    /// <summary>κ(ω) = erf(t/√2) with t from 2(erf(t/√2) − √(2/π) t e^{−t²/2}) = ω²: the neurons below a threshold that cost ω² together, and their share.</summary>
    private static double Share(double ω)
    {
        var (low, high) = (0.0, 8.0);
        for (var i = 0; i < 60; i++)
        {
            var t = (low + high) / 2;
            var cost = 2 * (SpecialFunctions.Erf(t / Math.Sqrt(2)) - (Math.Sqrt(2 / Math.PI) * t * Math.Exp(-t * t / 2)));
            (low, high) = cost < ω * ω ? (t, high) : (low, t);
        }

        return SpecialFunctions.Erf(low / Math.Sqrt(2));
    }

    private static Measurement Flipped(OneLayer layer)
    {
        var (w, g) = (layer.Draw(0), new double[layer.Trial.m]);
        w.Multiply(layer.Input, g, 1, 1);
        return Flips(layer, w, g, SignFlips.Cheapest(g, layer.Trial.Variables.ω));
    }

    private static Measurement FlippedAtRandom(OneLayer layer)
    {
        var (w, g, shift) = (layer.Draw(0), new double[layer.Trial.m], new double[layer.Trial.m]);
        w.Multiply(layer.Input, g, 1, 1);
        layer.Trial.Random("shift").FillGaussian<double>(shift, layer.Trial.Variables.ω / Math.Sqrt(shift.Length));
        return Flips(layer, w, g, shift);
    }

    /// <summary>Signs of (W + u hᵀ)h that differ from those of g = Wh, h a unit vector.</summary>
    private static double Flips(OneLayer layer, Core.Numerics.Weights<double> w, double[] g, double[] shift)
    {
        var moved = new double[g.Length];
        w.AddOuterProduct(1, shift, layer.Input, 1, 1);
        w.Multiply(layer.Input, moved, 1, 1);
        return SignFlips.Count(g, moved);
    }

    private static Measurement MeanFlips(NetworkInstance instance)
    {
        const int Draws = 8;
        double sum = 0;
        var (h, g, moved) = (new double[instance.Trial.m], new double[instance.Trial.m], new double[instance.Trial.m]);
        for (var k = 0; k < Draws; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Loss();
            instance.Column(instance.State.Features(0), 0).CopyTo(h, 0);
            instance.Column(instance.State.PreActivations(1), 0).CopyTo(g, 0);
            Perturbation.Gaussian(instance.Network, instance.Trial.Random("perturbation").Derive((ulong)k), instance.Trial.Variables.ω).Layer(1).Multiply(h, moved, 1, 1);
            for (var r = 0; r < g.Length; r++)
            {
                moved[r] += g[r];
            }

            sum += SignFlips.Count(g, moved);
        }

        return sum / Draws;
    }
}
