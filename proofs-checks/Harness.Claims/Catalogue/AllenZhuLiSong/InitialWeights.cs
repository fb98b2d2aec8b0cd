using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Definition 2.3 and appendices B and C: the laws of A, W_l and B at initialisation, matrix by matrix, in every architecture.</summary>
public static class InitialWeights
{
    /// <summary>Initialisations that a trial averages over: ½N(s − 1)² is nearly χ² with one degree of freedom, of skewness √8; a mean over 16 draws of at least three matrices has one of 0.41.</summary>
    private const int Draws = 16;

    private const string Architectures = "architecture 1: convolutional, five positions on a ring and filters of three, 2: residual, 3: fully connected";

    private static readonly PositionGraph Graph = PositionGraph.Ring(5, 3);

    private static readonly Domain Sizes = Domain.Filling(cells: (9, 12, 24), trials: (24, 24, 60), IntegerNetworks.Architecture, m(12, (16, 24, 64)), L(2, 4), d(8, 12));

    // Resolution: a variance off by a factor two, in a matrix of N ≥ 96 numbers, adds at least N/8 = 12 to a mean of L + 2 ≤ 6; a quarter of the mean tells it, and a Gaussian law from any of kurtosis below 2 or above 4.
    /// <summary>The variance of every matrix, and its fourth moment: the scatter of a mean square is that of Gaussian numbers.</summary>
    public static Claim Variances { get; } = Claim
        .Named("azls.initial-variances")
        .DerivedFrom(Papers.AllenZhuLiSong, "Definition 2.3 and appendices B and C (random initialisation)", "Moments at initialisation", "C07")
        .States("A, W_l ~ N(0, 2/m) (filters N(0, 2/(qm))), B ~ N(0, 1/d), entry by entry:   E Σ_l ½ N_l (s_l − 1)² = L + 2 with s_l the mean square of W_l's N_l entries over their variance")
        .Given(new Generator<Trial>(Sizes, Architectures, takesData: false, trial => trial))
        .Observes("Σ_l ½ N_l (s_l − 1)²", trial => Mean(trial, network => Scatter(network, Variance)))
        .Against("L + 2", v => v.L + 2)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the variance of A and W is 1/m", trial => Mean(trial, network => Scatter(network, (n, l) => Variance(n, l) / (l <= n.Depth ? 2 : 1))))
        .RefutedWhen("the variance of B is 1", trial => Mean(trial, network => Scatter(network, (n, l) => l <= n.Depth ? Variance(n, l) : 1)))
        .Build();

    /// <summary>Different matrices are independent.</summary>
    public static Claim Independence { get; } = Claim
        .Named("azls.initial-independence")
        .DerivedFrom(Papers.AllenZhuLiSong, "Definition 2.3 (random initialisation)", "Moments at initialisation", "C07")
        .States("A, W_1 … W_L, B are independent:   E Σ_{l<l′} N c_{l,l′}² = (L + 2)(L + 1)/2 with c_{l,l′} the mean product of their first N numbers in units of their standard deviations")
        .Given(new Generator<Trial>(Sizes, Architectures, takesData: false, trial => trial))
        .Observes("Σ_{l<l′} N c_{l,l′}²", trial => Mean(trial, network => Correlation(network, network)))
        .Against("(L + 2)(L + 1)/2", v => (v.L + 2) * (v.L + 1) / 2)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("all matrices begin with the same numbers", trial => Mean(trial, network => Correlation(network, null)))
        .Build();

    private static double Mean(Trial trial, Func<Network<double>, double> quantity)
    {
        Network<double> network = trial.Variables["architecture"] switch
        {
            1 => new Convolutional<double>(Graph, inputChannels: 3, trial.m, trial.L, trial.d),
            2 => new Residual<double>(inputDimension: 8, trial.m, trial.L, trial.d),
            _ => new FullyConnected<double>(inputDimension: 8, trial.m, trial.L, trial.d),
        };
        var sum = 0.0;
        for (var k = 0; k < Draws; k++)
        {
            network.Initialise(trial.Random("weights").Derive((ulong)k));
            sum += quantity(network);
        }

        return sum / Draws;
    }

    /// <summary>The paper's variances, written out per architecture.</summary>
    private static double Variance(Network<double> network, int layer) =>
        layer > network.Depth ? 1.0 / network.OutputDimension
        : network is Convolutional<double> && layer < network.Depth ? 2.0 / (Graph.Offsets * network.Width)
        : 2.0 / network.Width;

    private static double Scatter(Network<double> network, Func<Network<double>, int, double> variance)
    {
        var sum = 0.0;
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var (matrix, n) = (network.Layer(l), network.Layer(l).Rows * network.Layer(l).Columns);
            var excess = (matrix.SquaredFrobeniusNorm() / (n * variance(network, l))) - 1;
            sum += n * excess * excess / 2;
        }

        return sum;
    }

    private static double Correlation(Network<double> network, Network<double>? other)
    {
        double[][] first = [.. Enumerable.Range(0, network.Depth + 2).Select(l => Standardised(network, l))];
        var (n, sum) = (first.Min(matrix => matrix.Length), 0.0);
        for (var l = 0; l < first.Length; l++)
        {
            for (var k = 0; k < l; k++)
            {
                var product = FixedOrder.Dot<double>(first[l].AsSpan(0, n), first[other is null ? l : k].AsSpan(0, n)) / n;
                sum += n * product * product;
            }
        }

        return sum;
    }

    private static double[] Standardised(Network<double> network, int layer) =>
        [.. Exact.DyadicNetwork.RowMajor(network.Layer(layer)).Select(w => w / Math.Sqrt(Variance(network, layer)))];
}
