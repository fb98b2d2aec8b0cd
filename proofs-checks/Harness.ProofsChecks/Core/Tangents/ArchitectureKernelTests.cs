using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>The empirical tangent kernel of convolutional and residual networks with several outputs against its definition: the Jacobian, entry by entry from the outputs alone, contracted over all trained weights.</summary>
public sealed class ArchitectureKernelTests
{
    private const double Step = 1.0 / (1 << 16);

    /// <summary>
    /// While no sign changes, outputs are affine in a single weight, of a shared filter too, so a central difference has no error but rounding: some 100u over the step, 10⁻⁹ of the sizes that meet in an output. The tolerance 10⁻⁶ of
    /// √(K_aa K_bb) leaves room for cancellation in outputs, and is far below any wrong index, missing pair of positions or factor. Draws are fixed: a pre-activation within the step of zero would show every time or never.
    /// </summary>
    [Test]
    public void Kernel_SeveralOutputs_IsTheContractedJacobian([Values(Architecture.Convolutional, Architecture.Residual)] Architecture kind, [Values] bool trainsAll, [Range(0, 7)] int seed)
    {
        var draw = new ArchitectureDraw(kind, Samples: 3, Channels: 2 + (seed % 2), Height: 1 + (seed % 2), Length: 3, Width: 6 + seed, Depth: 1 + (seed % 3), Outputs: 2 + (seed % 2), trainsAll, seed);
        var (network, inputs, columns) = (draw.Network(), draw.Inputs(), draw.Samples * draw.Outputs);
        var (state, kernel) = (new BatchState<double>(network, columns), new double[columns * columns]);
        TangentKernel.Compute(network, inputs, state, kernel, new double[TangentKernel.WorkspaceLength(state)]);

        var expected = Contracted(network, inputs, draw.Samples);
        for (var a = 0; a < columns; a++)
        {
            Assert.That(expected[(a * columns) + a], Is.GreaterThan(0), "an output that depends on no weight would say nothing");
            for (var b = 0; b < columns; b++)
            {
                var size = Math.Sqrt(expected[(a * columns) + a] * expected[(b * columns) + b]);
                Assert.That(kernel[(a * columns) + b], Is.EqualTo(expected[(a * columns) + b]).Within(1e-6 * size), $"{a}, {b}");
            }
        }
    }

    /// <summary>Row i·d + j is output j of sample i.</summary>
    private static double[] Contracted(Network<double> network, double[] inputs, int samples)
    {
        var (state, columns) = (new BatchState<double>(network, samples), samples * network.OutputDimension);
        var kernel = new double[columns * columns];
        for (var l = network.FirstTrained; l <= network.LastTrained; l++)
        {
            var weights = network.Layer(l);
            for (var r = 0; r < weights.Rows; r++)
            {
                for (var c = 0; c < weights.Columns; c++)
                {
                    var w = weights[r, c];
                    double[] above = Outputs(w + Step), below = Outputs(w - Step);
                    weights[r, c] = w;
                    double[] derivative = [.. above.Zip(below, (up, down) => (up - down) / ((w + Step) - (w - Step)))];
                    for (var a = 0; a < columns; a++)
                    {
                        for (var b = 0; b < columns; b++)
                        {
                            kernel[(a * columns) + b] += derivative[a] * derivative[b];
                        }
                    }

                    double[] Outputs(double value)
                    {
                        weights[r, c] = value;
                        network.Forward(inputs, state);
                        return [.. Enumerable.Range(0, columns).Select(a => state.Output[(a % network.OutputDimension * state.Stride) + (a / network.OutputDimension)])];
                    }
                }
            }
        }

        return kernel;
    }
}
