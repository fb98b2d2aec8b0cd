using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>
/// Finite networks of the parametrisation, written out neuron by neuron, against their limits: the mean over independent initialisations lies within four standard errors of the limit, plus the 5/m that a ratio of averages
/// over m neurons is off by in the mean. A t-statistic of 63 degrees of freedom exceeds 4 with probability 2·10⁻⁴; the seeds are fixed.
/// </summary>
public sealed class FiniteWidthTests
{
    private const int Width = 256, Repeats = 64;

    private static readonly PiecewiseAffine Leaky = PiecewiseAffine.WithSlopes(-0.3, 1);

    /// <summary>E φ(z)².</summary>
    private const double SecondMoment = (0.09 + 1) / 2;

    [Test]
    public void FullyConnected_WithBiases_ApproachesBothKernels()
    {
        KernelLayer[] layers = [new(0.7, 0.2), new(1.5, 0.1), new(1.3, 0, IsTrained: false), new(1.1, 0.4)];
        var (x, y) = (new[] { 0.5, -1, 0.8 }, new[] { 0.9, 0.2, -0.4 });
        var samples = Enumerable.Range(0, Repeats).Select(seed => new Perceptron(layers, x.Length, seed).Kernel(x, y)).ToArray();
        AssertMean([.. samples.Select(sample => sample.Process)], Value(InfiniteWidthKernel.FullyConnected(layers, Leaky, LimitingKernel.GaussianProcess), x, y));
        AssertMean([.. samples.Select(sample => sample.Tangent)], Value(InfiniteWidthKernel.FullyConnected(layers, Leaky, LimitingKernel.Tangent), x, y));
    }

    /// <summary>h_l = h_{l−1} + a V φ(W h_{l−1})/√(E φ²), V and W trained.</summary>
    [Test]
    public void Residual_TwoBlocks_ApproachesBothKernels()
    {
        const double Scale = 0.8;
        var (x, y) = (new[] { 0.5, -1, 0.8 }, new[] { 0.9, 0.2, -0.4 });
        var (process, tangent) = (new double[Repeats], new double[Repeats]);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var stream = RandomStream.FromSeed((ulong)(100 + repeat));
            var a = Gaussian(stream.Derive(4), Width * 3, 1);
            var blocks = Enumerable.Range(0, 2).Select(l => (W: Gaussian(stream.Derive((ulong)(2 * l)), Width * Width, 1.0 / Width), V: Gaussian(stream.Derive((ulong)((2 * l) + 1)), Width * Width, Scale * Scale / Width / SecondMoment))).ToArray();
            var b = Gaussian(stream.Derive(5), Width, 1);
            var (left, right) = (Pass(x), Pass(y));
            process[repeat] = Dot(left.Features[^1], right.Features[^1]) / Width;

            // Gradients with respect to variance-one parameters: a layer's gradient is scaled by the deviation of its weights.
            tangent[repeat] = Enumerable.Range(0, 2).Sum(l =>
                (Dot(left.Outer[l], right.Outer[l]) * Dot(left.Activations[l], right.Activations[l]) * Scale * Scale / Width / SecondMoment)
                + (Dot(left.Inner[l], right.Inner[l]) * Dot(left.Features[l], right.Features[l]) / Width)) / Width;

            (double[][] Features, double[][] Activations, double[][] Inner, double[][] Outer) Pass(double[] input)
            {
                List<double[]> features = [Multiply(a, input)], gates = [], activations = [], inner = [], outer = [];
                foreach (var (w, v) in blocks)
                {
                    var pre = Multiply(w, features[^1]);
                    gates.Add([.. pre.Select(z => z < 0 ? Leaky.Slopes[0] : Leaky.Slopes[1])]);
                    activations.Add([.. pre.Zip(gates[^1], (z, slope) => slope * z)]);
                    features.Add([.. features[^1].Zip(Multiply(v, activations[^1]), (h, add) => h + add)]);
                }

                var signal = b;
                for (var l = 1; l >= 0; l--)
                {
                    outer.Insert(0, signal);
                    inner.Insert(0, [.. MultiplyTransposed(blocks[l].V, signal).Zip(gates[l], (s, slope) => s * slope)]);
                    signal = [.. signal.Zip(MultiplyTransposed(blocks[l].W, inner[0]), (s, add) => s + add)];
                }

                return ([.. features], [.. activations], [.. inner], [.. outer]);
            }
        }

        AssertMean(process, Value(new ResidualKernel(2, Scale, Leaky, LimitingKernel.GaussianProcess), x, y));
        AssertMean(tangent, Value(new ResidualKernel(2, Scale, Leaky, LimitingKernel.Tangent), x, y));
    }

    /// <summary>One convolution on a ring and a readout: the gradients with respect to filter and readout, position by position.</summary>
    [Test]
    public void Convolutional_OneLayer_ApproachesItsKernel([Values] KernelReadout readout)
    {
        var graph = PositionGraph.Ring(4, 3);
        var kernel = InfiniteWidthKernel.Convolutional(graph, [new(1.2), new(1.6)], Leaky, readout, LimitingKernel.Tangent);
        var (x, y) = (new[] { 0.5, -1, 0.8, 0.1 }, new[] { 0.9, 0.2, -0.4, -0.6 });
        var (p, q, m) = (4, 3, 4 * Width);
        var tangent = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var stream = RandomStream.FromSeed((ulong)(200 + repeat));
            var filters = Gaussian(stream.Derive(0), m * q, 1.2 / q);
            var output = Gaussian(stream.Derive(1), readout == KernelReadout.Flatten ? m * p : m, 1.6 / m);
            var (left, right) = (Gradients(x), Gradients(y));
            tangent[repeat] = Dot(left, right);

            double[] Gradients(double[] input)
            {
                var (ofFilters, ofOutput) = (new double[m * q], new double[output.Length]);
                for (var k = 0; k < m; k++)
                {
                    for (var j = 0; j < p; j++)
                    {
                        var patch = Enumerable.Range(0, q).Select(a => input[graph.Read(j, a)]).ToArray();
                        var pre = Dot(filters[(k * q)..((k + 1) * q)], patch);
                        var slope = pre < 0 ? Leaky.Slopes[0] : Leaky.Slopes[1];
                        var (at, mean) = readout == KernelReadout.Flatten ? ((k * p) + j, 1.0) : (k, 1.0 / p);
                        ofOutput[at] += Math.Sqrt(1.6 / m) * mean * slope * pre;
                        for (var a = 0; a < q; a++)
                        {
                            ofFilters[(k * q) + a] += Math.Sqrt(1.2 / q) * mean * output[at] * slope * patch[a];
                        }
                    }
                }

                return [.. ofFilters, .. ofOutput];
            }
        }

        AssertMean(tangent, Value(kernel, x, y));
    }

    private static void AssertMean(double[] samples, double limit)
    {
        var mean = samples.Average();
        var error = Math.Sqrt(samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1) / samples.Length);
        Assert.That(mean, Is.EqualTo(limit).Within((4 * error) + (5.0 / Width)));
        Assert.That(error, Is.LessThan(0.05 * Math.Max(1, Math.Abs(limit))), "narrow enough to say something");
    }

    private static double Value(IKernel kernel, double[] x, double[] y)
    {
        var value = new double[1];
        kernel.Block(x, 1, y, 1, value, new double[kernel.WorkspaceLength(1, 1, x.Length)]);
        return value[0];
    }

    private static double[] Gaussian(RandomStream stream, int count, double variance)
    {
        var draws = new double[count];
        stream.FillGaussian<double>(draws, Math.Sqrt(variance));
        return draws;
    }

    private static double Dot(double[] x, double[] y) => FixedOrder.Dot<double>(x, y);

    private static double[] Multiply(double[] matrix, double[] x) => [.. matrix.Chunk(x.Length).Select(row => Dot(row, x))];

    private static double[] MultiplyTransposed(double[] matrix, double[] x)
    {
        var columns = matrix.Length / x.Length;
        var result = new double[columns];
        for (var r = 0; r < x.Length; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                result[c] += matrix[(r * columns) + c] * x[r];
            }
        }

        return result;
    }

    /// <summary>A fully connected network with leaky rectifiers, scalar output: pre-activations forward, signals backward, and the kernel from both.</summary>
    private sealed class Perceptron
    {
        private readonly KernelLayer[] layers;
        private readonly double[][] weights, biases;

        public Perceptron(KernelLayer[] layers, int dimension, int seed)
        {
            this.layers = layers;
            var stream = RandomStream.FromSeed((ulong)seed);
            int Outputs(int l) => l == layers.Length - 1 ? 1 : Width;
            int Inputs(int l) => l == 0 ? dimension : Width;
            weights = [.. layers.Select((layer, l) => Gaussian(stream.Derive((ulong)(2 * l)), Outputs(l) * Inputs(l), layer.WeightVariance / (l == 0 ? 1 : Width)))];
            biases = [.. layers.Select((layer, l) => Gaussian(stream.Derive((ulong)((2 * l) + 1)), Outputs(l), layer.BiasVariance))];
        }

        public (double Process, double Tangent) Kernel(double[] x, double[] y)
        {
            var (left, right) = (Pass(x), Pass(y));
            var output = layers[^1];
            var process = (output.WeightVariance * Dot(left.Below[^1], right.Below[^1]) / Width) + output.BiasVariance;
            var tangent = Enumerable.Range(0, layers.Length).Where(l => layers[l].IsTrained).Sum(l =>
                Dot(left.Signals[l], right.Signals[l]) * ((layers[l].WeightVariance * Dot(left.Below[l], right.Below[l]) / (l == 0 ? 1 : Width)) + layers[l].BiasVariance));
            return (process, tangent);
        }

        private (double[][] Below, double[][] Signals) Pass(double[] input)
        {
            List<double[]> below = [input], slopes = [];
            for (var l = 0; l < layers.Length - 1; l++)
            {
                double[] pre = [.. Multiply(weights[l], below[^1]).Zip(biases[l], (z, b) => z + b)];
                slopes.Add([.. pre.Select(z => z < 0 ? Leaky.Slopes[0] : Leaky.Slopes[1])]);
                below.Add([.. pre.Zip(slopes[^1], (z, slope) => slope * z)]);
            }

            var signals = new double[layers.Length][];
            signals[^1] = [1];
            for (var l = layers.Length - 2; l >= 0; l--)
            {
                signals[l] = [.. MultiplyTransposed(weights[l + 1], signals[l + 1]).Zip(slopes[l], (s, slope) => s * slope)];
            }

            return ([.. below], signals);
        }
    }
}
