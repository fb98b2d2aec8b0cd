using Harness.Core.Networks;

namespace Harness.ProofsChecks.Oracles;

/// <summary>The fully connected network of arXiv:1811.03962 in Arb's arithmetic, one sample after the other, at the weights of a floating-point one: the oracle at sizes that rational arithmetic does not reach.</summary>
internal sealed class ArbNetwork
{
    private readonly ArbVector[] weights; // A, W₁ … W_L, B, row-major
    private readonly (int Rows, int Columns)[] shapes;

    /// <summary>Takes over the weights, exactly.</summary>
    public ArbNetwork(FullyConnected<double> network)
    {
        Depth = network.Depth;
        weights = new ArbVector[Depth + 2];
        shapes = new (int, int)[Depth + 2];
        for (var l = 0; l < weights.Length; l++)
        {
            var matrix = l == 0 ? network.Input : l <= Depth ? network.Hidden(l) : network.Output;
            var elements = new double[matrix.Rows * matrix.Columns];
            for (var at = 0; at < elements.Length; at++)
            {
                elements[at] = matrix[at / matrix.Columns, at % matrix.Columns];
            }

            (weights[l], shapes[l]) = (new(elements), (matrix.Rows, matrix.Columns));
        }
    }

    /// <summary>L.</summary>
    public int Depth { get; }

    /// <summary>h_0 … h_L and the output y (last) at one input.</summary>
    public ArbVector[] Forward(ReadOnlySpan<double> input)
    {
        var values = new ArbVector[weights.Length];
        var below = new ArbVector(input);
        for (var l = 0; l < weights.Length; l++)
        {
            below = values[l] = Product(l, transposed: false, below, (_, g) => l > Depth || IsPositive(g));
        }

        return values;
    }

    /// <summary>u_1 … u_L (index 0 is empty) for an output signal v, gated where the features are zero: <see cref="Forward"/> excludes ties.</summary>
    public ArbVector[] Backward(ArbVector[] features, ArbVector v)
    {
        var signals = new ArbVector[Depth + 1];
        var above = v;
        for (var l = Depth; l >= 1; l--)
        {
            above = signals[l] = Product(l + 1, transposed: true, above, (k, _) => ArbNative.IsPositive(features[l][k]) != 0);
        }

        return signals;
    }

    /// <summary>Σ_l ⟨h_{l−1}, h′_{l−1}⟩⟨u_l, u′_l⟩: the inner product of two gradients.</summary>
    public ArbBall GradientProduct(ArbVector[] features, ArbVector[] signals, ArbVector[] otherFeatures, ArbVector[] otherSignals)
    {
        ArbBall sum = 0;
        for (var l = 1; l <= Depth; l++)
        {
            sum += features[l - 1].Dot(0, 1, otherFeatures[l - 1], features[l - 1].Length) * signals[l].Dot(0, 1, otherSignals[l], signals[l].Length);
        }

        return sum;
    }

    private ArbVector Product(int l, bool transposed, ArbVector x, Func<int, ArbBall, bool> passes)
    {
        var (rows, columns) = shapes[l];
        var result = new ArbVector(transposed ? columns : rows);
        for (var k = 0; k < result.Length; k++)
        {
            var element = transposed ? weights[l].Dot(k, columns, x, rows) : weights[l].Dot(k * columns, 1, x, columns);
            if (passes(k, element))
            {
                ArbNative.Set(result[k], element.Address);
                GC.KeepAlive(element);
            }
        }

        return result;
    }

    private static bool IsPositive(ArbBall g) =>
        g.IsPositive || (g.IsNegative ? false : throw new InvalidOperationException("A pre-activation is zero as far as the precision tells: the comparison needs weights without ties."));
}
