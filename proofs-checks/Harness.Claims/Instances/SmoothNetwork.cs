using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// f(x) = s Σ_r a_r φ(⟨w_r, x⟩) with the smooth φ(z) = z/√(1 + z²), a_r = ±1 and w_r ~ N(0, I) at first, all of them trained on the squared loss: arXiv:1902.06720 asks of an activation that it and its derivative are
/// bounded and Lipschitz, and this one is so without a transcendental function.
/// </summary>
/// <remarks>Plain loops in one fixed order: the activation is that of one theorem, and none of the core.</remarks>
public sealed class SmoothNetwork
{
    private readonly int n;
    private readonly int m;
    private readonly int dimension;
    private readonly double scale;
    private readonly double[] inputs;
    private readonly double[] hidden;
    private readonly double[] output;

    /// <param name="inputs">Unit inputs, n × dimension.</param>
    /// <param name="dimension">Input dimension.</param>
    /// <param name="m">Width.</param>
    /// <param name="scale">s: 1/√m where the theorem holds.</param>
    /// <param name="stream">Source of the weights.</param>
    public SmoothNetwork(double[] inputs, int dimension, int m, double scale, RandomStream stream)
    {
        (this.inputs, this.dimension, this.m, this.scale, n) = (inputs, dimension, m, scale, inputs.Length / dimension);
        (hidden, output) = (new double[m * dimension], new double[m]);
        stream.Derive("hidden").FillGaussian<double>(hidden, 1.0);
        for (var r = 0; r < m; r++)
        {
            output[r] = stream.Derive("signs").Integer((ulong)r, 2) == 0 ? -1 : 1;
        }
    }

    /// <summary>f(x_i) for every sample.</summary>
    public double[] Outputs()
    {
        var outputs = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var r = 0; r < m; r++)
            {
                outputs[i] += scale * output[r] * Activation(PreActivation(r, i));
            }
        }

        return outputs;
    }

    /// <summary>The tangent kernel ⟨∇f(x_i), ∇f(x_j)⟩, n × n.</summary>
    public double[] Kernel()
    {
        var (kernel, values, slopes) = (new double[n * n], new double[n], new double[n]);
        for (var r = 0; r < m; r++)
        {
            for (var i = 0; i < n; i++)
            {
                var z = PreActivation(r, i);
                (values[i], slopes[i]) = (scale * Activation(z), scale * output[r] * Slope(z));
            }

            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    kernel[(i * n) + j] += (values[i] * values[j]) + (slopes[i] * slopes[j] * FixedOrder.Dot<double>(Input(i), Input(j)));
                }
            }
        }

        return kernel;
    }

    /// <summary>One step of gradient descent on ½‖residual‖²: every weight by −η Σ_i residual_i ∂f(x_i).</summary>
    public void Step(double η, ReadOnlySpan<double> residual)
    {
        for (var r = 0; r < m; r++)
        {
            var weights = hidden.AsSpan(r * dimension, dimension);
            var (change, outputChange) = (new double[n], 0.0);
            for (var i = 0; i < n; i++)
            {
                var z = PreActivation(r, i);
                change[i] = η * residual[i] * scale * output[r] * Slope(z);
                outputChange += η * residual[i] * scale * Activation(z);
            }

            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < dimension; k++)
                {
                    weights[k] -= change[i] * inputs[(i * dimension) + k];
                }
            }

            output[r] -= outputChange;
        }
    }

    private static double Activation(double z) => z / Math.Sqrt(1 + (z * z));

    private static double Slope(double z) => 1 / ((1 + (z * z)) * Math.Sqrt(1 + (z * z)));

    private ReadOnlySpan<double> Input(int sample) => inputs.AsSpan(sample * dimension, dimension);

    private double PreActivation(int neuron, int sample) => FixedOrder.Dot<double>(hidden.AsSpan(neuron * dimension, dimension), Input(sample));
}
