using Harness.Core.Networks;

namespace Harness.Claims.Exact;

/// <summary>
/// A network of the core over rational numbers, fully connected, convolutional or residual: the oracle for small networks at the very weights of a floating-point one.
/// </summary>
/// <remarks>
/// It shares no formula with the core. Its derivatives are forward-mode: one weight is varied and the derivative of every intermediate value is
/// carried along by the product rule, with φ'(g) = 1{g ≥ 0}; so it knows nothing of backward signals or of Fact 2.6.
/// </remarks>
public sealed class RationalNetwork
{
    private readonly BigRational[][,] weights; // A, W₁ … W_L, B
    private readonly PositionGraph? graph;
    private readonly BigRational step;
    private readonly bool isResidual;

    /// <summary>Takes over the weights of <paramref name="network"/>, exactly.</summary>
    public RationalNetwork(Network<double> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Depth = network.Depth;
        graph = (network as Convolutional<double>)?.Graph;
        (isResidual, step) = network is Residual<double> residual ? (true, BigRational.Exactly(residual.Step)) : (false, 1);
        weights = new BigRational[network.Depth + 2][,];
        for (var l = 0; l < weights.Length; l++)
        {
            var matrix = network.Layer(l);
            weights[l] = new BigRational[matrix.Rows, matrix.Columns];
            for (var r = 0; r < matrix.Rows; r++)
            {
                for (var c = 0; c < matrix.Columns; c++)
                {
                    weights[l][r, c] = BigRational.Exactly(matrix[r, c]);
                }
            }
        }
    }

    /// <summary>L.</summary>
    public int Depth { get; }

    /// <summary>Pre-activations g_0 … g_L and the output y (last) at one input; neuron k at position j of p is number k·p + j.</summary>
    public BigRational[][] Evaluate(ReadOnlySpan<double> input)
    {
        var values = new BigRational[weights.Length][];
        var below = Exactly(input);
        for (var l = 0; l < weights.Length; l++)
        {
            values[l] = Map(l, below);
            below = Array.ConvertAll(values[l], g => BigRational.Max(g, 0));
        }

        return values;
    }

    /// <summary>F = ½ Σᵢ ‖yᵢ − yᵢ*‖².</summary>
    public BigRational Loss(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int samples)
    {
        BigRational twice = 0;
        for (var i = 0; i < samples; i++)
        {
            foreach (var residual in Residuals(inputs, targets, samples, i))
            {
                twice += residual * residual;
            }
        }

        return twice / 2;
    }

    /// <summary>∂F/∂[W_l]_{r,c}, by forward-mode differentiation.</summary>
    public BigRational LossDerivative(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int samples, int layer, int row, int column)
    {
        BigRational derivative = 0;
        for (var i = 0; i < samples; i++)
        {
            var outputs = OutputDerivative(Slice(inputs, samples, i), layer, row, column);
            var residuals = Residuals(inputs, targets, samples, i);
            for (var j = 0; j < residuals.Length; j++)
            {
                derivative += residuals[j] * outputs[j];
            }
        }

        return derivative;
    }

    /// <summary>∂y/∂[W_l]_{r,c} at one input, for every output.</summary>
    public BigRational[] OutputDerivative(ReadOnlySpan<double> input, int layer, int row, int column)
    {
        var values = Evaluate(input);
        var below = layer == 0 ? Exactly(input) : Array.ConvertAll(values[layer - 1], g => BigRational.Max(g, 0));
        var tangent = new BigRational[values[layer].Length];
        if (IsShared(layer))
        {
            // Every position reads the weight once: channel ⌊column/q⌋ at offset column mod q.
            var (p, q) = (graph!.Positions, graph.Offsets);
            for (var j = 0; j < p; j++)
            {
                tangent[(row * p) + j] = below[(column / q * p) + graph.Read(j, column % q)];
            }
        }
        else
        {
            tangent[row] = Adds(layer) ? step * below[column] : below[column];
        }

        for (var l = layer; l < weights.Length - 1; l++)
        {
            var gate = values[l];
            for (var k = 0; k < tangent.Length; k++)
            {
                tangent[k] = gate[k].Sign >= 0 ? tangent[k] : 0;
            }

            tangent = Map(l + 1, tangent);
        }

        return tangent;
    }

    /// <summary>W_l·v (l = 0 for A, L + 1 for B), the matrix alone.</summary>
    public BigRational[] Multiply(int layer, BigRational[] vector) => Product(weights[layer], vector);

    /// <summary>Layer l of a convolutional network, up to L − 1, is a filter.</summary>
    private bool IsShared(int layer) => graph is not null && layer < Depth;

    /// <summary>Layers 1 … L − 1 of a residual network add what they receive.</summary>
    private bool Adds(int layer) => isResidual && layer > 0 && layer < Depth;

    /// <summary>What layer l makes of the features below before its rectifier: linear in them.</summary>
    private BigRational[] Map(int layer, BigRational[] below)
    {
        if (Adds(layer))
        {
            var product = Product(weights[layer], below);
            return [.. below.Zip(product, (h, z) => h + (step * z))];
        }

        if (!IsShared(layer))
        {
            return Product(weights[layer], below);
        }

        var (p, q, filter) = (graph!.Positions, graph.Offsets, weights[layer]);
        var result = new BigRational[filter.GetLength(0) * p];
        for (var j = 0; j < p; j++)
        {
            var patch = new BigRational[filter.GetLength(1)];
            for (var c = 0; c < patch.Length; c++)
            {
                patch[c] = below[(c / q * p) + graph.Read(j, c % q)];
            }

            var channels = Product(filter, patch);
            for (var k = 0; k < channels.Length; k++)
            {
                result[(k * p) + j] = channels[k];
            }
        }

        return result;
    }

    private BigRational[] Residuals(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int samples, int i)
    {
        var output = Evaluate(Slice(inputs, samples, i))[^1];
        var target = Slice(targets, samples, i);
        for (var j = 0; j < output.Length; j++)
        {
            output[j] -= BigRational.Exactly(target[j]);
        }

        return output;
    }

    private static ReadOnlySpan<double> Slice(ReadOnlySpan<double> rows, int samples, int i) => rows.Slice(i * (rows.Length / samples), rows.Length / samples);

    private static BigRational[] Exactly(ReadOnlySpan<double> values)
    {
        var result = new BigRational[values.Length];
        for (var k = 0; k < result.Length; k++)
        {
            result[k] = BigRational.Exactly(values[k]);
        }

        return result;
    }

    private static BigRational[] Product(BigRational[,] matrix, BigRational[] vector)
    {
        var result = new BigRational[matrix.GetLength(0)];
        for (var r = 0; r < result.Length; r++)
        {
            BigRational sum = 0;
            for (var c = 0; c < vector.Length; c++)
            {
                if (vector[c].Sign != 0)
                {
                    sum += matrix[r, c] * vector[c];
                }
            }

            result[r] = sum;
        }

        return result;
    }
}
