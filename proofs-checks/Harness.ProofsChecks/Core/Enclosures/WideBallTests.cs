using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>
/// Kernels and gradient norms from balls so wide that rounding does not show: where everything is positive the ends of the balls are attained together, so a radius is no smaller than theirs, and for inputs in nearly one direction not much larger.
/// What a radius may be larger by is what Cauchy and Schwarz give away: next to nothing for features in nearly one direction, at most 5/3 for signals of positions with weights in [½, 3/2] (Pólya and Szegő), and less for these.
/// The balls of fuzzed passes are a few u wide, and a bound that forgets some of them may hide behind one that is generous with others.
/// </summary>
public sealed class WideBallTests
{
    private const double ε = 1.0 / 16;

    private const int Samples = 4;

    /// <summary>h(1 ± ε) at both sides of ⟨h, h′⟩⟨u, u′⟩.</summary>
    [Test]
    public void TangentKernel_FeaturesTimesOnePlusEpsilon_RadiusReachesTheEnds([Values] bool convolutional)
    {
        var (network, state, radii) = Pass(convolutional, [1, 10, 0.3, 100]);
        Widen(network, state, radii);
        var (kernel, bounds) = (new double[Samples * Samples], new double[Samples * Samples]);
        CertifiedTangentKernel.FromForward<double>(network, state, radii, kernel, bounds, new double[CertifiedGradient.WorkspaceLength(state)]);
        for (var at = 0; at < kernel.Length; at++)
        {
            var reached = (Math.Pow(1 + ε, 2) - 1) * kernel[at];
            Assert.That(bounds[at], Is.InRange(reached * (1 - 1e-12), 1.5 * reached), $"entry {at}");
        }
    }

    /// <summary>h(1 ± ε) and u(1 ± ε).</summary>
    [Test]
    public void GradientNorm_FeaturesAndSignalsTimesOnePlusEpsilon_RadiusReachesTheEnds([Values] bool convolutional)
    {
        var (network, state, radii) = Pass(convolutional, [1, 1.1, 0.9, 1]);
        for (var i = 0; i < Samples; i++)
        {
            state.OutputSignal[i] = 1;
        }

        CertifiedGradient.Backward(network, state, radii);
        Widen(network, state, radii);
        for (var l = 1; l <= network.Depth; l++)
        {
            for (var e = 0; e < state.Signals(l).Length; e++)
            {
                radii.Signals(l)[e] = ε * state.Signals(l)[e];
            }
        }

        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var reached = (Math.Pow(1 + ε, 4) - 1) * norm.Midpoint;
        Assert.That(norm.Radius, Is.InRange(reached * (1 - 1e-12), 1.3 * reached));
    }

    /// <summary>The networks are homogeneous: a sample times a power of two multiplies its row and column of the kernel, and their radii, which are made of rounding alone.</summary>
    [Test]
    public void TangentKernel_OneSampleTimesAPowerOfTwo_RadiiFollow([Values] bool convolutional, [Range(0, 3)] int sample)
    {
        var (network, inputs) = Instance(convolutional, [1, 1, 1, 1]);
        network.Initialise(RandomStream.FromSeed(3));
        var ((kernel, bounds), dimension) = (Kernel(network, inputs), inputs.Length / Samples);
        for (var k = 0; k < dimension; k++)
        {
            inputs[(sample * dimension) + k] *= 1024;
        }

        var (scaled, scaledBounds) = Kernel(network, inputs);
        for (var at = 0; at < kernel.Length; at++)
        {
            var factor = Math.Pow(1024, (at / Samples == sample ? 1 : 0) + (at % Samples == sample ? 1 : 0));
            Assert.That(scaled[at], Is.EqualTo(factor * kernel[at]));
            Assert.That(scaledBounds[at] / factor, Is.EqualTo(bounds[at]).Within(1e-7).Percent);
        }
    }

    /// <summary>Nothing is left of an earlier pass, of the workspace or of the spans for the result.</summary>
    [Test]
    public void TangentKernel_EverythingUsedBefore_HasTheSameBits([Values] bool convolutional)
    {
        const int Outputs = 2, Columns = Samples * Outputs;
        var (network, inputs) = Instance(convolutional, [1, 2, 3, 4], Outputs);
        network.Initialise(RandomStream.FromSeed(4));
        var (state, kernel, bounds) = (new BatchState<double>(network, Columns), new double[Columns * Columns], new double[Columns * Columns]);
        var radii = new BatchRadii<double>(network, state);
        var workspace = new double[CertifiedGradient.WorkspaceLength(state)];
        CertifiedTangentKernel.Compute<double>(network, inputs, state, radii, kernel, bounds, workspace);
        double[] first = [.. kernel], firstBounds = [.. bounds];
        foreach (var used in new[] { kernel, bounds, workspace, state.OutputSignal, radii.OutputSignal, radii.Scratch, radii.Patches, radii.PatchSignals })
        {
            Array.Fill(used, 1e3);
        }

        CertifiedTangentKernel.Compute<double>(network, inputs, state, radii, kernel, bounds, workspace);
        Assert.That(kernel, Is.EqualTo(first));
        Assert.That(bounds, Is.EqualTo(firstBounds).And.All.Positive);
    }

    [Test]
    public void CountOpenSigns_SomeBallsAroundZero_CountsThem([Values] bool convolutional)
    {
        var (network, state, radii) = Pass(convolutional, [1, 2, 3, 4]);
        Assert.That(CertifiedForward.CountOpenSigns(state, radii, 1), Is.Zero);
        var (last, rows) = (state.PreActivations(1).Length - state.Stride, state.PreActivations(1).Length / state.Stride);
        radii.PreActivations(1)[0] = radii.PreActivations(1)[Samples - 1] = radii.PreActivations(1)[last] = 1e6;
        radii.PreActivations(1)[Samples] = 1e6;
        Assert.That(rows, Is.GreaterThan(1));
        Assert.That(CertifiedForward.CountOpenSigns(state, radii, 1), Is.EqualTo(3), "padding is not counted");
    }

    private static (double[] Kernel, double[] Bounds) Kernel(Network<double> network, double[] inputs)
    {
        var state = new BatchState<double>(network, Samples);
        var (kernel, bounds) = (new double[Samples * Samples], new double[Samples * Samples]);
        CertifiedTangentKernel.Compute<double>(network, inputs, state, new(network, state), kernel, bounds, new double[CertifiedGradient.WorkspaceLength(state)]);
        return (kernel, bounds);
    }

    private static (Network<double> Network, BatchState<double> State, BatchRadii<double> Radii) Pass(bool convolutional, double[] scales)
    {
        var (network, inputs) = Instance(convolutional, scales);
        var state = new BatchState<double>(network, Samples);
        var radii = new BatchRadii<double>(network, state);
        CertifiedForward.Run<double>(network, inputs, state, radii);
        return (network, state, radii);
    }

    private static void Widen(Network<double> network, BatchState<double> state, BatchRadii<double> radii)
    {
        for (var l = 0; l <= network.Depth; l++)
        {
            for (var e = 0; e < state.PreActivations(l).Length; e++)
            {
                radii.PreActivations(l)[e] = ε * state.PreActivations(l)[e];
            }
        }
    }

    /// <summary>Positive weights; positive inputs in nearly one direction, of these norms or so.</summary>
    private static (Network<double> Network, double[] Inputs) Instance(bool convolutional, double[] scales, int outputs = 1)
    {
        Network<double> network = convolutional ? new Convolutional<double>(PositionGraph.Ring(3, 2), 2, 3, 2, outputs) { TrainsAllLayers = outputs > 1 } : new FullyConnected<double>(6, 5, 2, outputs) { TrainsAllLayers = outputs > 1 };
        var stream = RandomStream.FromSeed(5);
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var (weights, layer) = (network.Layer(l), stream.Derive((ulong)l));
            for (var e = 0; e < weights.Rows * weights.Columns; e++)
            {
                weights[e / weights.Columns, e % weights.Columns] = 0.5 + layer.Uniform((ulong)e);
            }
        }

        return (network, [.. scales.SelectMany((scale, i) => Enumerable.Range(0, 6).Select(k => scale * (1 + (0.1 * stream.Uniform((ulong)((6 * i) + k))))))]);
    }
}
