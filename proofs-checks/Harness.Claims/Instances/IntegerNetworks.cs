using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// Small networks whose weights, inputs and targets are whole numbers in −2…2: every product and sum of a forward or backward pass is a whole number
/// below 2⁵³, so double arithmetic makes no rounding error at all and can be compared with exact arithmetic at radius zero. Ties g = 0 are frequent.
/// </summary>
public static class IntegerNetworks
{
    private const int Magnitude = 2;
    private const int InputDimension = 3;

    /// <summary>Networks with m ≤ 4 neurons, L ≤ 3 layers, n ≤ 3 samples and d ≤ 2 outputs.</summary>
    public static Generator<NetworkInstance> Small { get; } =
        On(Domain.Filling(cells: (6, 12, 48), trials: (2, 4, 16), Ranges.m(2, 4), Ranges.L(1, 3), Ranges.n(1, 3), Ranges.d(1, 2)));

    /// <summary>Networks with m ≤ 4 neurons, L ≤ 3 layers, n ≤ 5 samples and d ≤ 2 outputs.</summary>
    /// <param name="domain">Sizes within these.</param>
    /// <remarks>
    /// Largest value: |g₀| ≤ 3·2·2 = 12; a layer multiplies by at most m·2 = 8, so |h₃| ≤ 6144 and |y − y*| ≤ 49 154; the backward signal is at most
    /// d·2·49 154·8² &lt; 1.3·10⁷, a gradient entry at most n·1.3·10⁷·768 &lt; 5·10¹⁰, and the sum of a hundred such is far below 2⁵³.
    /// </remarks>
    public static Generator<NetworkInstance> On(Domain domain) => new(
        domain,
        "weights, inputs and targets drawn from the whole numbers −2…2 (ties at zero included)",
        takesData: false,
        trial => Filled(trial, new FullyConnected<double>(InputDimension, trial.m, trial.L, trial.d)));

    /// <summary>Networks of every architecture with m ≤ 3 neurons, L ≤ 3 layers, n ≤ 4 samples and d ≤ 2 outputs; trained are W₁…W_L or all layers.</summary>
    /// <param name="domain">Sizes within these, and the variables <c>architecture</c> from 1 to 3 and <c>trained</c> from 1 to 2.</param>
    /// <remarks>
    /// The largest values are those of the convolution (p = 6, q = 4, two channels): |g₀| ≤ 2q·4 = 32; a filter multiplies by at most m·q·2 = 24, the dense layer by m·p·2 = 36, so |h₃| ≤ 663 552 and |y| ≤ 4·10⁶. The backward
    /// signal is at most d·2·4·10⁶·6·24² &lt; 6·10¹⁰ at the input layer, a gradient entry at most n·p·6·10¹⁰·2 &lt; 3·10¹². An entry of the tangent kernel is at most 36·(3·6912²)·32 &lt; 2·10¹¹ a layer.
    /// A residual step τ = ½ adds one bit behind the point a layer and pass. All of it is below 2⁵³.
    /// </remarks>
    public static Generator<NetworkInstance> OfEveryArchitecture(Domain domain) => new(
        domain,
        "weights, inputs and targets drawn from the whole numbers −2…2 (ties at zero included); architecture 1: convolutional, 2 × 2 filters on a 2 × 3 torus, 2: residual, τ = ½, 3: fully connected; trained 1: W₁…W_L, 2: all layers",
        takesData: false,
        trial =>
        {
            var all = trial.Variables["trained"] == 2;
            return Filled(trial, trial.Variables["architecture"] switch
            {
                1 => new Convolutional<double>(PositionGraph.Torus(2, 3, 2, 2), inputChannels: 2, trial.m, trial.L, trial.d) { TrainsAllLayers = all },
                2 => new Residual<double>(InputDimension, trial.m, trial.L, trial.d, step: 0.5) { TrainsAllLayers = all },
                _ => new FullyConnected<double>(InputDimension, trial.m, trial.L, trial.d) { TrainsAllLayers = all },
            });
        });

    /// <summary>The ranges of <see cref="OfEveryArchitecture"/>'s own variables.</summary>
    public static VariableRange Architecture { get; } = new("architecture", 1, 3, IsInteger: true);

    /// <inheritdoc cref="Architecture"/>
    public static VariableRange Trained { get; } = new("trained", 1, 2, IsInteger: true);

    private static NetworkInstance Filled(Trial trial, Network<double> network)
    {
        var weights = trial.Random("weights");
        Fill(network.Input, weights.Derive("A"));
        for (var l = 1; l <= trial.L; l++)
        {
            Fill(network.Hidden(l), weights.Derive((ulong)l));
        }

        Fill(network.Output, weights.Derive("B"));
        var inputs = Whole(trial.Random("inputs"), trial.n * network.InputDimension);
        var targets = Whole(trial.Random("targets"), trial.n * trial.d);
        return new(trial, inputs, targets, network);
    }

    /// <summary>Whole numbers in −2…2 in every entry.</summary>
    public static void Fill(Weights<double> matrix, RandomStream stream)
    {
        for (var r = 0; r < matrix.Rows; r++)
        {
            for (var c = 0; c < matrix.Columns; c++)
            {
                matrix[r, c] = Draw(stream, (r * matrix.Columns) + c);
            }
        }
    }

    /// <summary>A vector of whole numbers in −2…2.</summary>
    public static double[] Whole(RandomStream stream, int count)
    {
        var values = new double[count];
        for (var k = 0; k < count; k++)
        {
            values[k] = Draw(stream, k);
        }

        return values;
    }

    private static double Draw(RandomStream stream, int index) => stream.Integer((ulong)index, (2 * Magnitude) + 1) - Magnitude;
}
