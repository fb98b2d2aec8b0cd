using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>Exact laws of the network: each holds bit for bit, so no tolerance appears.</summary>
public sealed class FullyConnectedTests
{
    [Test]
    public void Forward_OfABatch_EqualsEverySampleAloneBitForBit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var (network, inputs) = (draw.Network(), draw.Inputs());
            var (batch, single) = (new BatchState<double>(network, draw.Samples), new BatchState<double>(network, 1));
            network.Forward(inputs, batch);
            var same = true;
            for (var i = 0; i < draw.Samples; i++)
            {
                network.Forward(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension), single);
                for (var j = 0; j < draw.Outputs; j++)
                {
                    same &= batch.Output[(j * batch.Stride) + i].Equals(single.Output[j * single.Stride]);
                }
            }

            return same;
        }));

    /// <summary>φ is positively homogeneous and a power of two rounds nothing: doubling one layer doubles the outputs and leaves every sign.</summary>
    [Test]
    public void Forward_WithOneLayerDoubled_DoublesTheOutputs() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var (network, inputs) = (draw.Network(), draw.Inputs());
            var (before, after) = (new BatchState<double>(network, draw.Samples), new BatchState<double>(network, draw.Samples));
            network.Forward(inputs, before);
            network.Hidden(draw.Depth).Scale(2);
            network.Forward(inputs, after);
            return before.Output.Zip(after.Output).All(y => (2 * y.First).Equals(y.Second));
        }));

    [Test]
    public void Initialise_InFloat_RoundsTheDoubleNetwork()
    {
        var (wide, narrow) = (new FullyConnected<double>(3, 17, 2, 2), new FullyConnected<float>(3, 17, 2, 2));
        wide.Initialise(RandomStream.FromSeed(5));
        narrow.Initialise(RandomStream.FromSeed(5));
        for (var r = 0; r < 17; r++)
        {
            for (var c = 0; c < 17; c++)
            {
                Assert.That(narrow.Hidden(2)[r, c], Is.EqualTo((float)wide.Hidden(2)[r, c]));
            }
        }
    }

    [Test]
    public void Initialise_OfDifferentLayers_DrawsIndependently()
    {
        var network = new FullyConnected<double>(17, 17, 2, 17);
        network.Initialise(RandomStream.FromSeed(5));
        var corners = new[] { network.Input[0, 0], network.Hidden(1)[0, 0], network.Hidden(2)[0, 0], network.Output[0, 0] };
        Assert.That(corners, Is.Unique);
    }

    [Test]
    public void Forward_WithAStateOfAnotherShape_SaysWhatDoesNotFit()
    {
        var network = new FullyConnected<double>(3, 8, 2, 1);
        var state = new BatchState<double>(new FullyConnected<double>(3, 8, 1, 1), 2);
        Assert.That(() => network.Forward(new double[6], state), Throws.ArgumentException.With.Message.Contains("depth 1"));
    }

    [Test]
    public void Hidden_OutsideTheTrainedLayers_IsRefused([Values(0, 3)] int layer) =>
        Assert.That(() => new FullyConnected<double>(3, 8, 2, 1).Hidden(layer), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>A tie counts as active, as in the paper: with g = 0 the signal passes although the feature is zero.</summary>
    [Test]
    public void Gate_AtATie_LetsTheSignalPass()
    {
        var passed = new double[3];
        Relu.Gate<double>([0.0, -double.Epsilon, double.Epsilon], [1.0, 2.0, 3.0], passed);
        Assert.That(passed, Is.EqualTo(new[] { 1.0, 0.0, 3.0 }));
    }

    /// <summary>A training step, a gradient norm and a kernel: zero bytes on the calling thread over a thousand calls, in both precisions.</summary>
    [Test, NonParallelizable]
    public void TrainingAndKernel_AfterWarmUp_AllocateNothing()
    {
        AllocatesNothing<double>();
        AllocatesNothing<float>();
    }

    private static void AllocatesNothing<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        const int Samples = 5, Inputs = 4, Outputs = 2;
        var network = new FullyConnected<T>(Inputs, 24, 2, Outputs);
        network.Initialise(RandomStream.FromSeed(1));
        var (state, kernelState) = (new BatchState<T>(network, Samples), new BatchState<T>(network, Samples * Outputs));
        var (x, y) = (new T[Samples * Inputs], new T[Samples * Outputs]);
        RandomStream.FromSeed(2).FillGaussian<T>(x, T.One);
        var (workspace, kernel, kernelWorkspace) = (new T[Gradient.WorkspaceLength(Samples)], new T[Samples * Outputs * Samples * Outputs], new T[TangentKernel.WorkspaceLength(Samples, Outputs)]);
        var η = T.CreateChecked(1e-3);
        Work();
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < 1000; k++)
        {
            Work();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, typeof(T).Name);

        void Work()
        {
            GradientDescent.Step<T>(network, x, y, η, state);
            _ = Gradient.SquaredFrobeniusNorm<T>(state, workspace);
            TangentKernel.Compute<T>(network, x, kernelState, kernel, kernelWorkspace);
        }
    }
}
