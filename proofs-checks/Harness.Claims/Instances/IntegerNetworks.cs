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
        trial =>
        {
            var network = new FullyConnected<double>(InputDimension, trial.m, trial.L, trial.d);
            var weights = trial.Random("weights");
            Fill(network.Input, weights.Derive("A"));
            for (var l = 1; l <= trial.L; l++)
            {
                Fill(network.Hidden(l), weights.Derive((ulong)l));
            }

            Fill(network.Output, weights.Derive("B"));
            var inputs = Whole(trial.Random("inputs"), trial.n * InputDimension);
            var targets = Whole(trial.Random("targets"), trial.n * trial.d);
            return new(trial, inputs, targets, network);
        });

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

    private static double[] Whole(RandomStream stream, int count)
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
