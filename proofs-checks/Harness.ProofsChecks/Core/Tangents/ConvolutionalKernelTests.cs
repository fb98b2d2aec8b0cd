using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>The convolutional kernels against their recursion as printed (arXiv:1904.11955, section 4), and against the fully connected ones.</summary>
public sealed class ConvolutionalKernelTests
{
    private const int Samples = 9;

    /// <summary>Plain cosines lose no digits at random inputs: some hundred roundings of positive quantities, 10⁻¹².</summary>
    [Test]
    public void Block_RandomInputs_IsThePrintedRecursion(
        [Values] KernelReadout readout, [Values] LimitingKernel kind, [Values(0, 0.25)] double bias, [Values(0.0, -0.7)] double negative, [Values(1, 3)] int convolutions)
    {
        var graph = PositionGraph.Torus(3, 4, 2, 3);
        var layers = Layers(convolutions, bias);
        var kernel = InfiniteWidthKernel.Convolutional(graph, layers, PiecewiseAffine.WithSlopes(negative, 1), readout, kind);
        var x = Inputs(2 * graph.Positions);
        var (gram, midpoints, radii) = (new double[Samples * Samples], new double[Samples * Samples], new double[Samples * Samples]);
        KernelMatrix.Gram(kernel, x, Samples, gram, new double[KernelMatrix.WorkspaceLength(kernel, Samples, 2 * graph.Positions)]);
        kernel.Enclose(x, Samples, x, Samples, new(midpoints, radii), new Ball[kernel.EnclosureLength(Samples, Samples, 2 * graph.Positions)]);
        for (var i = 0; i < Samples; i++)
        {
            for (var j = 0; j < Samples; j++)
            {
                var expected = new Printed(graph, layers, negative).Value(x.AsSpan(i * 24, 24), x.AsSpan(j * 24, 24), readout, kind);
                var scale = 1e-12 * Math.Sqrt(gram[i * (Samples + 1)] * gram[j * (Samples + 1)]);
                Assert.That(gram[(i * Samples) + j], Is.EqualTo(expected).Within(scale));
                Assert.That(midpoints[(i * Samples) + j], Is.EqualTo(expected).Within(scale));
                Assert.That(radii[(i * Samples) + j], Is.LessThan(scale));
            }
        }
    }

    /// <summary>One position and one offset: nothing is left of the convolution.</summary>
    [Test]
    public void Convolutional_OfOnePosition_IsFullyConnectedToTheBit([Values] KernelReadout readout, [Values] LimitingKernel kind)
    {
        var (x, layers) = (Inputs(5), Layers(3, 0.5));
        var (convolutional, connected) = (new double[Samples * Samples], new double[Samples * Samples]);
        var kernel = InfiniteWidthKernel.Convolutional(PositionGraph.Ring(1, 1), layers, PiecewiseAffine.WithSlopes(0.2, 1), readout, kind);
        kernel.Block(x, Samples, x, Samples, convolutional, new double[kernel.WorkspaceLength(Samples, Samples, 5)]);
        InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(0.2, 1), kind).Block(x, Samples, x, Samples, connected, new double[kernel.WorkspaceLength(Samples, Samples, 5)]);
        Assert.That(convolutional, Is.EqualTo(connected));
    }

    /// <summary>An image of one colour with itself and its negative; black positions beside others; a black image: no NaN, and a copy is as far as it should be.</summary>
    [Test]
    public void Block_BlackPositionsAndCopies_StaysInOrder([Values] KernelReadout readout, [Values(0, 1)] double bias)
    {
        var graph = PositionGraph.Ring(4, 3);
        double[] x = [1, 1, 1, 1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 1e-200, 3, 1, 1, 1, 1 + 1e-15, 0, 0, 1e200, 3];
        var kernel = InfiniteWidthKernel.Convolutional(graph, Layers(3, bias), PiecewiseAffine.Rectifier, readout, LimitingKernel.Tangent);
        var gram = new double[36];
        KernelMatrix.Gram(kernel, x, 6, gram, new double[KernelMatrix.WorkspaceLength(kernel, 6, 4)]);
        Assert.That(gram, Has.None.NaN);
        Assert.That(gram[4], Is.EqualTo(gram[0]).Within(1e-13 * gram[0]), "1 + 10⁻¹⁵ beside 1 moves an angle by 10⁻¹⁵");
    }

    private static KernelLayer[] Layers(int hidden, double bias)
    {
        var layers = new KernelLayer[hidden + 1];
        layers.AsSpan().Fill(new(1.7, bias));
        layers[1] = layers[1] with { IsTrained = hidden == 1 };
        return layers;
    }

    private static double[] Inputs(int dimension)
    {
        var x = new double[Samples * dimension];
        RandomStream.FromSeed(8).FillGaussian<double>(x, 1);
        return x;
    }

    /// <summary>Σ and Θ over pairs of positions, with covariances and the platform's functions, nothing carried over.</summary>
    private sealed class Printed(PositionGraph graph, KernelLayer[] layers, double negative)
    {
        private readonly int p = graph.Positions;

        public double Value(ReadOnlySpan<double> x, ReadOnlySpan<double> y, KernelReadout readout, LimitingKernel kind)
        {
            var (xx, xy, yy) = (Products(x, x), Products(x, y), Products(y, y));
            var θ = new double[p * p];
            for (var l = 0; l < layers.Length - 1; l++)
            {
                (xx, xy, yy, θ) = (Average(xx, layers[l], 1), Average(xy, layers[l], 1), Average(yy, layers[l], 1), Average(θ, layers[l], 0));
                var derivative = new double[p * p];
                for (var e = 0; e < p * p; e++)
                {
                    θ[e] += layers[l].IsTrained ? xy[e] : 0;
                    derivative[e] = Dual(xx, xy, yy, e).Derivative;
                    θ[e] *= derivative[e];
                }

                (xx, xy, yy) = (Map(xx, xx, xx), Map(xx, xy, yy), Map(yy, yy, yy));
            }

            var (last, sum) = (layers[^1], 0.0);
            for (var e = 0; e < p * p; e += readout == KernelReadout.Flatten ? p + 1 : 1)
            {
                sum += last.WeightVariance * (kind == LimitingKernel.GaussianProcess ? xy[e] : (last.IsTrained ? xy[e] : 0) + θ[e]) / (readout == KernelReadout.Flatten ? 1 : p * p);
            }

            return sum + (kind == LimitingKernel.GaussianProcess || last.IsTrained ? last.BiasVariance : 0);
        }

        private double[] Products(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var result = new double[p * p];
            for (var channel = 0; channel < x.Length; channel += p)
            {
                for (var e = 0; e < p * p; e++)
                {
                    result[e] += x[channel + (e / p)] * y[channel + (e % p)];
                }
            }

            return result;
        }

        private double[] Average(double[] below, KernelLayer layer, double ofBias) => [.. Enumerable.Range(0, p * p).Select(e => (ofBias * layer.BiasVariance)
            + (layer.WeightVariance * Enumerable.Range(0, graph.Offsets).Average(a => below[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)])))];

        private double[] Map(double[] xx, double[] xy, double[] yy) => [.. Enumerable.Range(0, p * p).Select(e => Dual(xx, xy, yy, e).Value)];

        private (double Value, double Derivative) Dual(double[] xx, double[] xy, double[] yy, int e)
        {
            var scale = Math.Sqrt(xx[e / p * (p + 1)] * yy[e % p * (p + 1)]);
            var c = Math.Clamp(xy[e] / scale, -1, 1);
            var (κ0, κ1) = (1 - (Math.Acos(c) / Math.PI), ((c * (Math.PI - Math.Acos(c))) + Math.Sqrt(1 - (c * c))) / Math.PI);
            var half = (1 + (negative * negative)) / 2;
            return (scale * ((half * κ1) - (negative * (κ1 - c))), (half * κ0) + (negative * (1 - κ0)));
        }
    }
}
