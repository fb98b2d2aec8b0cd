using Harness.Claims.Exact;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// A block of L frozen rectifier layers with adapters of rank R and free biases, and one target layer φ(W̄x + b̄) on a box, all in whole numbers: so the core's network evaluates it without rounding.
/// </summary>
/// <remarks>
/// A bias is a weight to a constant: the input is (x, 1), and the last neuron of every layer passes the one on. With S_l = W_l ⋯ W_1 unimodular and E = W̄ − S_L = S_L N, N strictly upper triangular with rank E columns that are not zero, the
/// construction of Zeng and Lee is W_l + ΔW_l = P_l P_{l−1}⁻¹ with P_l = S_l(1 + N_1 + … + N_l), N_l the l-th R of these columns.
/// </remarks>
/// <param name="Trial">The trial.</param>
/// <param name="Frozen">W_1, …, W_L, D × D.</param>
/// <param name="Error">N.</param>
/// <param name="Bias">b̄.</param>
/// <param name="Radius">ρ of the box [−ρ, ρ]ᴰ.</param>
public sealed record RectifierBlock(Trial Trial, RationalMatrix[] Frozen, RationalMatrix Error, int[] Bias, int Radius)
{
    /// <summary>D.</summary>
    public int Order => Bias.Length;

    /// <summary>L.</summary>
    public int Depth => Frozen.Length;

    /// <summary>W̄.</summary>
    public RationalMatrix Target => Below(Depth) * (RationalMatrix.Identity(Order) + Error);

    /// <summary>Blocks whose R is the least that the theorem permits, ⌈rank E/L⌉.</summary>
    /// <param name="domain">Needs D, L, ρ and rank E.</param>
    public static Generator<RectifierBlock> On(Domain domain) => new(
        domain,
        "W_l unimodular with whole numbers, W̄ = ΠW_l(1 + N) with N strictly upper triangular of the given rank, b̄ in −2…2, x in [−ρ, ρ]ᴰ; R = ⌈rank E/L⌉",
        takesData: false,
        trial =>
        {
            var order = (int)trial.Variables["D"];
            var rank = Math.Min((int)trial.Variables["rank E"], order - 1);
            var frozen = new RationalMatrix[(int)trial.Variables["L"]];
            for (var l = 0; l < frozen.Length; l++)
            {
                var stream = trial.Random("W").Derive((ulong)l);
                frozen[l] = Triangle(stream.Derive("lower"), order).Transpose() * Triangle(stream.Derive("upper"), order);
            }

            // A one above the diagonal makes the last columns independent.
            var triangle = Triangle(trial.Random("N"), order);
            var error = RationalMatrix.Of(order, order, (i, j) => j < order - rank || i >= j ? 0 : i == j - 1 ? 1 : triangle[i, j]);
            return new(trial, frozen, error, [.. Enumerable.Range(0, order).Select(i => trial.Random("b").Integer((ulong)i, 5) - 2)], (int)trial.Variables["ρ"]);
        });

    /// <summary>rank E.</summary>
    public int ErrorRank => Error.Rank();

    /// <summary>⌈rank E/L⌉.</summary>
    public int Rank => (ErrorRank + Depth - 1) / Depth;

    /// <summary>The adapted network of the core.</summary>
    /// <param name="columns">How many of the columns of N are reached: rank E for the construction.</param>
    /// <param name="isShifted">Whether biases keep every layer but the last active on the box.</param>
    /// <exception cref="InvalidOperationException">An update has a rank above R.</exception>
    public FullyConnected<double> Adapted(int columns, bool isShifted)
    {
        var network = new FullyConnected<double>(Order + 1, Order + 1, Depth, Order);
        var (product, constants) = (RationalMatrix.Identity(Order), new BigRational[Order]);
        Array.Fill(constants, isShifted ? Radius : 0);
        SetLayer(network.Input, product, constants);
        for (var l = 1; l <= Depth; l++)
        {
            var first = Order - ErrorRank;
            var (from, to) = (first + Math.Min(columns, (l - 1) * Rank), first + Math.Min(columns, l * Rank));
            var reached = RationalMatrix.Of(Order, Order, (i, j) => j < to ? Error[i, j] : 0);
            var next = Below(l) * (RationalMatrix.Identity(Order) + reached);
            var layer = next * Inverse(product);
            if ((layer - Frozen[l - 1]).Rank() > Math.Min(Rank, to - from))
            {
                throw new InvalidOperationException($"The update of layer {l} has a rank above {Math.Min(Rank, to - from)}.");
            }

            // h_l = P_l x + t_l with t_l the least that keeps it from being negative on the box; the last layer ends at b̄.
            var nextConstants = new BigRational[Order];
            for (var i = 0; i < Order; i++)
            {
                nextConstants[i] = l == Depth ? Bias[i] : isShifted ? Enumerable.Range(0, Order).Aggregate((BigRational)0, (sum, j) => sum + (Radius * BigRational.Abs(next[i, j]))) : 0;
            }

            SetLayer(network.Hidden(l), layer, [.. nextConstants.Select((t, i) => Enumerable.Range(0, Order).Aggregate(t, (sum, j) => sum - (layer[i, j] * constants[j])))]);
            (product, constants) = (next, nextConstants);
        }

        for (var i = 0; i < Order; i++)
        {
            network.Output[i, i] = 1;
        }

        return network;
    }

    /// <summary>
    /// The largest difference between network and target over the vertices of the box scaled by a factor, and the largest amount by which a layer but the last is negative there. Where both are zero, the layers are affine on the whole
    /// box, which is the hull of its vertices, and the network is the target on all of it.
    /// </summary>
    public BigRational Difference(FullyConnected<double> network, int factor)
    {
        var (vertices, exact, target, largest) = (1 << Order, new RationalNetwork(network), Target, (BigRational)0);
        var inputs = new double[vertices * (Order + 1)];
        var plain = new double[vertices * Order];
        for (var k = 0; k < plain.Length; k++)
        {
            plain[k] = factor * Radius * (((k / Order) >> (k % Order) & 1) == 0 ? -1 : 1);
        }

        InputBias.Append<double>(plain, Order, inputs);
        var state = new BatchState<double>(network, vertices);
        network.Forward(inputs, state);
        for (var v = 0; v < vertices; v++)
        {
            var values = exact.Evaluate(inputs.AsSpan(v * (Order + 1), Order + 1));
            for (var l = 0; l < Depth; l++)
            {
                largest = values[l].Aggregate(largest, (most, g) => BigRational.Max(most, -g));
            }

            for (var i = 0; i < Order; i++)
            {
                BigRational argument = Bias[i];
                for (var j = 0; j < Order; j++)
                {
                    argument += target[i, j] * BigRational.Exactly(plain[(v * Order) + j]);
                }

                largest = BigRational.Max(largest, BigRational.Abs(values[^1][i] - BigRational.Max(argument, 0)));
                largest = BigRational.Max(largest, BigRational.Abs(values[^1][i] - BigRational.Exactly(state.Output[(i * state.Stride) + v])));
            }
        }

        return largest;
    }

    /// <summary>S_l.</summary>
    private RationalMatrix Below(int layer) => Frozen.Take(layer).Aggregate(RationalMatrix.Identity(Order), (product, w) => w * product);

    private static void SetLayer(Weights<double> weights, RationalMatrix matrix, BigRational[] constants)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                weights[i, j] = matrix[i, j].ToDouble();
            }

            weights[i, matrix.Columns] = constants[i].ToDouble();
        }

        weights[matrix.Rows, matrix.Columns] = 1;
    }

    private static RationalMatrix Inverse(RationalMatrix matrix) => matrix.Inverse() ?? throw new InvalidOperationException("A unimodular product is singular.");

    /// <summary>Ones on the diagonal, −1, 0 or 1 above it.</summary>
    private static RationalMatrix Triangle(RandomStream stream, int order) =>
        RationalMatrix.Of(order, order, (i, j) => i > j ? 0 : i == j ? 1 : stream.Integer((ulong)((i * order) + j), 3) - 1);
}
