using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Threads;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>
/// A step of gradient descent passes the signal back and updates the weights in one sweep over them, blocks at a time and shared by threads. That is an arrangement: it gives the bits of a
/// whole backward pass followed by one rank-n update a layer.
/// </summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class SweptStepTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Widths on both sides of a panel, of a block of 256 rows and of a block of columns; batches on both sides of a vector and a pair.
    [Test]
    public void Step_AnyShapeAndTeam_BitsOfBackwardThenUpdates(
        [Values(5, 32, 300, 530)] int width, [Values(1, 8, 19, 33)] int samples, [Values(1, 2, 3)] int members)
    {
        const int InputDimension = 3, Depth = 2, OutputDimension = 2;
        using var team = new ThreadTeam(members);
        var (swept, plain) = (new FullyConnected<T>(InputDimension, width, Depth, OutputDimension), new FullyConnected<T>(InputDimension, width, Depth, OutputDimension));
        swept.Initialise(RandomStream.FromSeed(1));
        plain.CopyFrom(swept);
        var (inputs, targets, η) = (new T[samples * InputDimension], new T[samples * OutputDimension], T.CreateChecked(1e-3));
        RandomStream.FromSeed(2).FillGaussian<T>(inputs, 1.0);
        var (state, reference) = (new BatchState<T>(swept, samples, members == 1 ? null : team), new BatchState<T>(plain, samples));

        for (var step = 0; step < 2; step++)
        {
            GradientDescent.Step<T>(swept, inputs, targets, η, state);

            plain.Forward(inputs, reference);
            SquaredLoss.Evaluate<T>(reference, targets);
            plain.Backward(reference);
            for (var l = 1; l <= Depth; l++)
            {
                Gradient.AddTo(reference, l, -η, plain.Hidden(l));
            }
        }

        for (var l = 1; l <= Depth; l++)
        {
            Assert.That(state.Signals(l).SequenceEqual(reference.Signals(l)), $"signals of layer {l}");
            Assert.That(Elements(swept.Hidden(l)).AsSpan().SequenceEqual(Elements(plain.Hidden(l))), $"weights of layer {l}");
        }
    }

    private static T[] Elements(Weights<T> weights)
    {
        var elements = new T[weights.Rows * weights.Columns];
        weights.CopyTo(elements);
        return elements;
    }
}
