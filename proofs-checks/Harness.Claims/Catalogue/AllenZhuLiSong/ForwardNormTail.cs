using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.1, the exponent of its probability: e^{−Ω(mε²/L)}, and not e^{−Ω(mε²/L²)} as the layers one by one would give.</summary>
public static class ForwardNormTail
{
    // Where the tail is tried: this many standard deviations of log‖h_L‖², at which the bound is near ⅓ and the tail itself near 1/10.
    private const double Deviations = 1.2;

    private static readonly Domain Cells = Domain.Filling(cells: (8, 10, 24), trials: (50, 60, 400), m(64, (160, 320, 1024)), L(2, (12, 16, 32)), d(1));

    private static readonly Domain Depths = Domain.Climbing("L+1", rungs: (6, 6, 8), trials: (8, 8, 40), new VariableRange("L+1", 2, (16, 24, 48), IsInteger: true), m(96), d(1))
        .Computing("L", "L+1", v => v["L+1"] - 1);

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 8), trials: (8, 8, 40), m(32, (192, 384, 2048)), L(2), d(1));

    /// <summary>An explicit tail: Markov's inequality on the best of the exact moments.</summary>
    public static Claim Explicit { get; } = Claim
        .Named("azls.forward-norm-tail")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (explicit exponential tail)", "Tail of the forward norm", "C25")
        .States("P(‖h_{i,L}‖² ≥ e^t) ≤ min_k e^{−kt} μ_k^{L+1} = e^{−Θ(mt²/L)},   μ_k = E‖h_{i,0}‖^{2k},   tried at t = 1.2·√(5(L+1)/m)")
        .Given(InitialNetworks.On(Cells))
        .Observes("1{‖h_L‖² ≥ e^t}", networks => networks.Once(SquaredNorm) >= Math.Exp(Threshold(networks.Trial.Variables)) ? 1 : 0)
        .Against("min_k e^{−kt} μ_k^{L+1}", v => MarkovBound(Threshold(v), (int)v.m, v.L + 1))
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("the exponent has no L", v => MarkovBound(Threshold(v), (int)v.m, 1))
        .RefutedWhen("the variance of A and W is 3/m in place of 2/m", InitialNetworks.On(Cells, variance: 1.5))
        .Build();

    /// <summary>The width of the distribution grows like √L: a deviation ε of given probability obeys mε²/L = const.</summary>
    public static Claim InDepth { get; } = Claim
        .Named("azls.forward-norm-spread-in-depth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (exponent of L)", "Tail of the forward norm", "C25")
        .States("standard deviation of log‖h_{i,L}‖² = Θ(√(L+1))")
        .Given(InitialNetworks.On(Depths).GeneratedOnly())
        .Observes("standard deviation of log‖h_L‖² over initialisations", Spread)
        .Against("√(L+1)", v => Math.Sqrt(v["L+1"]))
        .DecidedBy(Exponent.EqualTo(0.5, within: 1.0 / 6, ladder: "L+1"))
        .RefutedWhen("the deviations of the layers add up", networks => networks.Trial.Variables["L+1"] * Spread(networks, depth: 0))
        .Build();

    /// <summary>And it falls like 1/√m.</summary>
    public static Claim InWidth { get; } = Claim
        .Named("azls.forward-norm-spread-in-width")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.1 (exponent of m)", "Tail of the forward norm", "C25")
        .States("standard deviation of log‖h_{i,L}‖² = Θ(1/√m)")
        .Given(InitialNetworks.On(Widths).GeneratedOnly())
        .Observes("standard deviation of log‖h_L‖² over initialisations", Spread)
        .Against("1/√m", v => 1 / Math.Sqrt(v.m))
        .DecidedBy(Exponent.EqualTo(-0.5, within: 1.0 / 6, ladder: "m"))
        .RefutedWhen("the variance in place of the standard deviation", networks => Math.Pow(Spread(networks, networks.Trial.L), 2))
        .Build();

    private static double SquaredNorm(Core.Networks.FullyConnected<double> network, Core.Networks.BatchState<double> state) => FixedOrder.SumOfSquares<double>(state.Features(network.Depth));

    private static Measurement Spread(InitialNetworks networks) => Spread(networks, networks.Trial.L);

    private static double Spread(InitialNetworks networks, int depth)
    {
        double squares = 0;
        var mean = networks.Mean((_, state) =>
        {
            var log = Math.Log(FixedOrder.SumOfSquares<double>(state.Features(depth)));
            squares += log * log;
            return log;
        });
        return Math.Sqrt(((squares / InitialNetworks.Batch) - (mean * mean)) * InitialNetworks.Batch / (InitialNetworks.Batch - 1));
    }

    private static double Threshold(Variables v) => Deviations * Math.Sqrt(5 * (v.L + 1) / v.m);

    /// <summary>min over k ≤ 40 of e^{−kt} μ_k^layers.</summary>
    private static double MarkovBound(double t, int m, double layers)
    {
        const int Orders = 40;
        var moments = Moments(m, Orders);
        var smallest = 1.0;
        for (var k = 1; k <= Orders; k++)
        {
            smallest = Math.Min(smallest, Math.Exp((layers * Math.Log(moments[k])) - (k * t)));
        }

        return smallest;
    }

    /// <summary>
    /// μ_k = E X^k of X = (2/m) Σ_{r≤m} b_r z_r², b_r fair bits and z_r standard normal, for k ≤ orders: k! times the coefficients of the power series (½ + ½(1 − 4s/m)^{−1/2})^m.
    /// </summary>
    private static double[] Moments(int m, int orders)
    {
        var (one, all) = (new double[orders + 1], new double[orders + 1]);
        one[0] = 1;
        double central = 0.5; // ½ C(2k, k) (s/m)^k are the terms of ½(1 − 4s/m)^{−1/2}
        for (var k = 1; k <= orders; k++)
        {
            central *= 2.0 * ((2 * k) - 1) / (k * (double)m);
            one[k] = central;
        }

        // Coefficients of a power of a series with constant term one: k·c_k = Σ_j (j(m + 1) − k) a_j c_{k−j}.
        all[0] = 1;
        for (var k = 1; k <= orders; k++)
        {
            for (var j = 1; j <= k; j++)
            {
                all[k] += ((j * (m + 1.0)) - k) * one[j] * all[k - j] / k;
            }
        }

        double factorial = 1;
        for (var k = 1; k <= orders; k++)
        {
            factorial *= k;
            all[k] *= factorial;
        }

        return all;
    }
}
