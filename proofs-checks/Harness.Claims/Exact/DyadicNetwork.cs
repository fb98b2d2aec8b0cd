namespace Harness.Claims.Exact;

/// <summary>The fully connected network of arXiv:1811.03962, section 2, at given floating-point weights, in exact arithmetic: the oracle of fuzzed passes.</summary>
/// <remarks>
/// It shares no formula with the core. Its derivatives are forward-mode with φ'(g) = 1{g ≥ 0}, as in <see cref="RationalNetwork"/>, but by rows: ∂y/∂[W_l]_{r,c} is h_{l−1,c} times what a unit change of
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

    /// <summary>m.</summary>
    public int Width { get; }

    /// <summary>L.</summary>
    public int Depth => weights.Length - 2;

    /// <summary>d.</summary>
    public int Outputs => weights[^1].Length / Width;

    /// <summary>Pre-activations g_0 … g_L and the outputs y (last) at one input.</summary>
    public Dyadic[][] Evaluate(ReadOnlySpan<double> input)
    {
        var values = new Dyadic[weights.Length][];
        var below = Dyadic.Exactly(input);
        for (var l = 0; l < weights.Length; l++)
        {
            values[l] = Product(weights[l], below);
            below = Array.ConvertAll(values[l], Rectified);
        }

        return values;
    }

    /// <summary>∂y_j/∂g_{l,r} at j·m + r, where <paramref name="values"/> was evaluated; l = 1…L, the gate of g_{l,r} itself included.</summary>
    public Dyadic[] OutputSensitivity(Dyadic[][] values, int layer)
    {
        var result = new Dyadic[Outputs * Width];
        for (var r = 0; r < Width; r++)
        {
            var tangent = new Dyadic[Width];
            tangent[r] = Dyadic.Exactly(1);
            for (var l = layer; l <= Depth; l++)
            {
                for (var k = 0; k < tangent.Length; k++)
                {
                    tangent[k] = values[l][k].Sign >= 0 ? tangent[k] : default;
                }

                tangent = Product(weights[l + 1], tangent);
            }

            for (var j = 0; j < tangent.Length; j++)
            {
                result[(j * Width) + r] = tangent[j];
            }
        }

        return result;
    }

    /// <summary>max(g, 0).</summary>
    public static Dyadic Rectified(Dyadic g) => g.Sign > 0 ? g : default;

    private static Dyadic[] Product(Dyadic[] matrix, Dyadic[] vector)
    {
        var result = new Dyadic[matrix.Length / vector.Length];
        for (var r = 0; r < result.Length; r++)
        {
            Dyadic sum = default;
            for (var c = 0; c < vector.Length; c++)
            {
                sum += matrix[(r * vector.Length) + c] * vector[c];
            }

            result[r] = sum;
        }

        return result;
    }
}
