using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.Core.Training;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;
using static Harness.Claims.Exact.CountingLoops;

namespace Harness.ProofsChecks.Core.Costs;

/// <summary>
/// The cost polynomials against a count. Each test also asks that the counted loops and the core return the same bits, so that no cheaper and no dearer algorithm is counted
/// than the one that runs; counts are integers, so no tolerance appears.
/// </summary>
public sealed class FullyConnectedCostsTests
{
    private const double LearningRate = 0.125;

    [Test]
    public void Forward_OfAnyShape_CostsWhatTheLoopsCount() => ForAnyNetwork((draw, network, loops) =>
    {
        var state = new BatchState<double>(network, draw.Samples);
        network.Forward(draw.Inputs(), state);
        var outputs = loops.Forward(Columns(draw.Inputs(), draw.Samples));
        Assert.That(Fill(draw.Outputs, draw.Samples, (j, i) => state.Output[(j * state.Stride) + i]), Is.EqualTo(outputs));
        Assert.That(Costs(draw).Forward, Is.EqualTo(loops.Loops.Count));
    });

    [Test]
    public void Backward_OfAnyShape_CostsWhatTheLoopsCount() => ForAnyNetwork((draw, network, loops) =>
    {
        loops.Forward(Columns(draw.Inputs(), draw.Samples));
        var before = loops.Loops.Count;
        loops.Backward(Columns(draw.Targets(), draw.Samples));
        Assert.That(Costs(draw).Backward, Is.EqualTo(loops.Loops.Count - before));
    });

    [Test]
    public void GradientDescentStep_OfAnyShape_CostsWhatTheLoopsCount() => ForAnyNetwork((draw, network, loops) =>
    {
        var loss = GradientDescent.Step<double>(network, draw.Inputs(), draw.Targets(), LearningRate, new(network, draw.Samples));
        Assert.That(loops.Step(Columns(draw.Inputs(), draw.Samples), Columns(draw.Targets(), draw.Samples), LearningRate), Is.EqualTo(loss));
        for (var l = 1; l <= draw.Depth; l++)
        {
            Assert.That(Fill(draw.Width, draw.Width, (i, j) => network.Hidden(l)[i, j]), Is.EqualTo(loops.Hidden(l)));
        }

        Assert.That(Costs(draw).GradientDescentStep, Is.EqualTo(loops.Loops.Count));
    });

    [Test]
    public void TangentKernel_OfAnyShape_CostsWhatTheLoopsCount() => ForAnyNetwork((draw, network, loops) =>
    {
        var columns = draw.Samples * draw.Outputs;
        var kernel = new double[columns * columns];
        TangentKernel.Compute<double>(network, draw.Inputs(), new(network, columns), kernel, new double[TangentKernel.WorkspaceLength(draw.Samples, draw.Outputs)]);
        Assert.That(Fill(columns, columns, (i, j) => kernel[(i * columns) + j]), Is.EqualTo(loops.TangentKernel(Columns(draw.Inputs(), draw.Samples))));
        Assert.That(Costs(draw).TangentKernel, Is.EqualTo(loops.Loops.Count));
    });

    [Test]
    public void Shape_WithADimensionBelowOne_IsRefused([Range(0, 4)] int dimension)
    {
        int[] shape = [1, 1, 1, 1, 1];
        shape[dimension] = 0;
        Assert.That(() => new FullyConnectedCosts(shape[0], shape[1], shape[2], shape[3], shape[4]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Count_Beyond63Bits_Throws() =>
        Assert.That(() => new FullyConnectedCosts(int.MaxValue, 1, int.MaxValue, 2, 1).Forward, Throws.InstanceOf<OverflowException>());

    private static void ForAnyNetwork(Action<NetworkDraw, FullyConnected<double>, CountingNetwork> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var network = draw.Network();
            law(draw, network, new(network));
        }));

    private static FullyConnectedCosts Costs(NetworkDraw draw) => new(draw.Samples, draw.InputDimension, draw.Width, draw.Depth, draw.Outputs);
}
