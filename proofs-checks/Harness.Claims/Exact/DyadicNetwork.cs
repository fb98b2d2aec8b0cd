using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Exact;

/// <summary>A rectifier network of arXiv:1811.03962 at given floating-point weights, in exact arithmetic: fully connected, or with the positions of appendix B, or with the steps of appendix C. The oracle of fuzzed passes.</summary>
/// <remarks>
/// It shares no formula with the core. Its derivatives are forward-mode with φ'(g) = 1{g ≥ 0}, as in <see cref="RationalNetwork"/>, but by neurons: ∂y/∂[W_l]_{r,c} is what that weight multiplies times what a unit change of
/// g_{l,r} does to the outputs, so one sweep upwards serves a whole row of weights.
/// </remarks>
internal sealed class DyadicNetwork
{
    private readonly Dyadic[][] weights; // A, W₁ … W_L, B, row-major

    /// <summary>Takes over weights.</summary>
    /// <param name="width">m.</param>
    /// <param name="weights">A, W₁ … W_L, B, row-major; finite.</param>
    public DyadicNetwork(int width, params ReadOnlySpan<double[]> weights)
    {
        Width = width;
        this.weights = new Dyadic[weights.Length][];
        for (var l = 0; l < weights.Length; l++)
        {
            this.weights[l] = Dyadic.Exactly(weights[l]);
        }
    }

    /// <summary>A network of the core, at the weights that it has.</summary>
    public static DyadicNetwork Of(Network<double> network) =>
        new(network.Width, [.. Enumerable.Range(0, network.Depth + 2).Select(l => RowMajor(network.Layer(l)))])
        {
            Graph = (network as Convolutional<double>)?.Graph,
            Step = (network as Residual<double>)?.Step,
        };

    /// <summary>Where the filters A, W₁ … W_{L−1} of a convolutional network read, or null.</summary>
    public PositionGraph? Graph { get; init; }

    /// <summary>τ of a residual network, whose layers 1 … L − 1 add what they receive, or null.</summary>
    public double? Step { get; init; }

    /// <summary>m.</summary>
    public int Width { get; }

    /// <summary>L.</summary>
    public int Depth => weights.Length - 2;

    /// <summary>d.</summary>
    public int Outputs => weights[^1].Length / Width;

    /// <summary>Pre-activations g_0 … g_L and the outputs y (last) at one input; neuron k at position j of p is number k·p + j.</summary>
    public Dyadic[][] Evaluate(ReadOnlySpan<double> input)
    {
        var values = new Dyadic[weights.Length][];
        var below = Dyadic.Exactly(input);
        for (var l = 0; l < weights.Length; l++)
        {
            values[l] = Map(l, below);
            below = Array.ConvertAll(values[l], Rectified);
        }

        return values;
    }

    /// <summary>∂y_j/∂W_l, row-major, for every j.</summary>
    /// <param name="input">The input at which <paramref name="values"/> was evaluated.</param>
    /// <param name="values">g_0 … g_L and y.</param>
    /// <param name="layer">l = 0 … L + 1.</param>
    public Dyadic[][] OutputDerivatives(ReadOnlySpan<double> input, Dyadic[][] values, int layer)
    {
        var (below, columns) = (layer == 0 ? Dyadic.Exactly(input) : Array.ConvertAll(values[layer - 1], Rectified), weights[layer].Length / Rows(layer));
        var derivatives = new Dyadic[Outputs][];
        for (var j = 0; j < derivatives.Length; j++)
        {
            derivatives[j] = new Dyadic[weights[layer].Length];
        }

        var positions = values[layer].Length / Rows(layer);
        for (var neuron = 0; neuron < values[layer].Length; neuron++)
        {
            var (sensitivity, patch) = (Sensitivity(values, layer, neuron), Patch(layer, below, neuron % positions));
            for (var at = 0; at < derivatives.Length * columns; at++)
            {
                derivatives[at / columns][(neuron / positions * columns) + (at % columns)] += sensitivity[at / columns] * patch[at % columns];
            }
        }

        return derivatives;
    }

    /// <summary>max(g, 0).</summary>
    public static Dyadic Rectified(Dyadic g) => g.Sign > 0 ? g : default;

    /// <summary>The entries of a matrix by rows.</summary>
    public static double[] RowMajor(Weights<double> matrix)
    {
        var elements = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(elements);
        return elements;
    }

    private int Rows(int layer) => layer <= Depth ? Width : Outputs;

    private bool IsShared(int layer) => Graph is not null && layer < Depth;

    private bool Adds(int layer) => Step is not null && layer > 0 && layer < Depth;

    /// <summary>What a unit change of one pre-activation of layer l does to the outputs.</summary>
    private Dyadic[] Sensitivity(Dyadic[][] values, int layer, int neuron)
    {
        var tangent = new Dyadic[values[layer].Length];
        tangent[neuron] = Dyadic.Exactly(1);
        for (var l = layer; l <= Depth; l++)
        {
            for (var k = 0; k < tangent.Length; k++)
            {
                tangent[k] = values[l][k].Sign >= 0 ? tangent[k] : default;
            }

            tangent = Map(l + 1, tangent);
        }

        return tangent;
    }

    /// <summary>What layer l makes of the features below before its rectifier: linear in them.</summary>
    private Dyadic[] Map(int layer, Dyadic[] below)
    {
        var (rows, positions) = (Rows(layer), IsShared(layer) ? Graph!.Positions : 1);
        var result = new Dyadic[rows * positions];
        for (var j = 0; j < positions; j++)
        {
            var patch = Patch(layer, below, j);
            for (var r = 0; r < rows; r++)
            {
                var sum = Adds(layer) ? below[r] : default;
                for (var c = 0; c < patch.Length; c++)
                {
                    sum += weights[layer][(r * patch.Length) + c] * patch[c];
                }

                result[(r * positions) + j] = sum;
            }
        }

        return result;
    }

    /// <summary>What a row of W_l multiplies at a position: channel by channel what the filter reads; or τ times what is below; or that.</summary>
    private Dyadic[] Patch(int layer, Dyadic[] below, int position)
    {
        if (Adds(layer))
        {
            var step = Dyadic.Exactly(Step!.Value);
            return Array.ConvertAll(below, h => step * h);
        }

        if (!IsShared(layer))
        {
            return below;
        }

        var patch = new Dyadic[below.Length / Graph!.Positions * Graph.Offsets];
        for (var c = 0; c < patch.Length; c++)
        {
            patch[c] = below[(c / Graph.Offsets * Graph.Positions) + Graph.Read(position, c % Graph.Offsets)];
        }

        return patch;
    }
}
