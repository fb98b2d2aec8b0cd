using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix B's layer by its definition: which positions an output position reads, and which number of a filter meets which of them.</summary>
public static class ConvolutionFormula
{
    private const int Channels = 2;

    // Even and odd filters, as large as the grid and smaller: a ≤ 3 ≤ H, b ≤ 3 ≤ W.
    private static readonly Domain Grids = Domain.Filling(cells: (24, 36, 96), trials: (1, 2, 4), Whole("H", 3, 5), Whole("W", 3, 6), Whole("a", 1, 3), Whole("b", 1, 3), Ranges.m(1, 3));

    /// <summary>The first layer, number by number. Positions are worked out anew, in two coordinates; nothing is shared with the core.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.convolution-formula")
        .From(Papers.AllenZhuLiSong, "Appendix B (convolutional layer)", "C55")
        .States("g_0[r; y, x] = Σ_{k,s,t} A[r; k, s, t] · x[k; (y + s − ⌊a/2⌋) mod H, (x + t − ⌊b/2⌋) mod W],   filters of a × b on an H × W torus, numbers row by row")
        .Given(new Generator<Convolution>(Grids, "filters and inputs drawn from the whole numbers −2…2", takesData: false, trial => new(trial)))
        .Observes("max |core − formula| over all neurons", convolution => convolution.Difference(Wrapped))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the border is repeated in place of wrapping around", convolution => convolution.Difference((index, length) => Math.Clamp(index, 0, length - 1)))
        .RefutedWhen("the filter is turned round", convolution => convolution.Difference(Wrapped, turned: true))
        .Build();

    private static VariableRange Whole(string symbol, double from, double to) => new(symbol, from, to, IsInteger: true);

    private static int Wrapped(int index, int length) => ((index % length) + length) % length;

    /// <summary>One convolution of one input.</summary>
    private sealed class Convolution
    {
        private readonly int height, width, filterHeight, filterWidth;
        private readonly Convolutional<double> network;
        private readonly double[] input;

        public Convolution(Trial trial)
        {
            int Of(string symbol) => (int)trial.Variables[symbol];
            (height, width, filterHeight, filterWidth) = (Of("H"), Of("W"), Of("a"), Of("b"));
            network = new(PositionGraph.Torus(height, width, filterHeight, filterWidth), Channels, trial.m, depth: 1, outputDimension: 1);
            IntegerNetworks.Fill(network.Input, trial.Random("filter"));
            input = IntegerNetworks.Whole(trial.Random("input"), Channels * height * width);
        }

        public Measurement Difference(Func<int, int, int> border, bool turned = false)
        {
            var state = new BatchState<double>(network, 1);
            network.Forward(input, state);
            var worst = 0.0;
            for (var neuron = 0; neuron < network.Width * height * width; neuron++)
            {
                worst = Math.Max(worst, Math.Abs(state.PreActivations(0)[neuron * state.Stride] - Formula(neuron / (height * width), neuron / width % height, neuron % width, border, turned)));
            }

            return new(Ball.Exactly(worst)) { Bound = Ball.Exactly(0) };
        }

        private double Formula(int row, int y, int x, Func<int, int, int> border, bool turned)
        {
            var (sum, size) = (0.0, filterHeight * filterWidth);
            for (var e = 0; e < Channels * size; e++)
            {
                var (k, s, t) = (e / size, e / filterWidth % filterHeight, e % filterWidth);
                var at = (((k * height) + border(y + s - (filterHeight / 2), height)) * width) + border(x + t - (filterWidth / 2), width);
                sum += network.Input[row, turned ? ((k + 1) * size) - 1 - (e % size) : e] * input[at];
            }

            return sum;
        }
    }
}
