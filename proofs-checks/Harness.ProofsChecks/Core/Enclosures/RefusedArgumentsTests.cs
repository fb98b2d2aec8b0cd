using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>What does not fit is refused before anything is computed, with the sizes that were found.</summary>
public sealed class RefusedArgumentsTests
{
    private static FullyConnected<double> Network => new(3, 4, 2, 2);

    private static ShallowNetwork<double> Shallow => new(3, 8);

    [Test]
    public void Ball_EndsOutOfOrder() => AssertRefused(() => Ball.Between(2, 1), "An interval needs lower ≤ upper; got [2, 1].");

    [Test]
    public void Batches_OfDifferentLengths()
    {
        AssertRefused(() => new BallSpan<double>(new double[2], new double[3]), "Every midpoint needs a radius; got 2 and 3.");
        AssertRefused(() => BallVector.Add<double>(Balls(2), Balls(3), Balls(2)), "The batches must have one length; got 2, 3 and 2.");
        AssertRefused(() => BallVector.Add<double>(Balls(2), Balls(2), Balls(3)), "The batches must have one length; got 2, 2 and 3.");
        AssertRefused(() => BallVector.Sqrt<double>(Balls(2), Balls(3)), "The batches must have one length; got 2 and 3.");
        AssertRefused(() => RoundedUp.Add<double>(new double[2], new double[3], new double[2]), "The three vectors must have one length; got 2, 3 and 2.");
        AssertRefused(() => RoundedUp.Add<double>(new double[2], new double[2], new double[3]), "The three vectors must have one length; got 2, 2 and 3.");
        AssertRefused(() => CertifiedCosine.Between([1, 2], [1, 2, 3]), "Vectors of one space have one length; got 2 and 3.");
    }

    [Test]
    public void Radii_OfAnotherShape()
    {
        var (network, other) = (Network, new FullyConnected<double>(3, 5, 2, 2));
        BatchState<double> state = new(network, 4), more = new(network, 20);
        AssertRefused(() => new BatchRadii<double>(other, state), "The state was made for a network of another shape.");
        Assert.That(() => new BatchRadii<double>(null!, state), Throws.ArgumentNullException);
        Assert.That(() => new BatchRadii<double>(network, null!), Throws.ArgumentNullException);
        const string Message = "The radii were made for another state than one of 4 samples, width 4, depth 2: create one BatchRadii for every BatchState.";
        AssertRefused(() => CertifiedGradient.Backward(network, state, new(network, more)), Message);
        AssertRefused(() => CertifiedGradient.SquaredFrobeniusNorm(state, new(network, more), new double[CertifiedGradient.WorkspaceLength(more)]), Message);
        AssertRefused(() => CertifiedLoss.Evaluate(state, new(network, more), new double[8]), Message);
        AssertRefused(() => CertifiedLoss.Evaluate(state, new(network, more), new double[8], Loss.Squared), Message);
        foreach (var shape in new[] { new FullyConnected<double>(3, 4, 3, 2), new FullyConnected<double>(3, 16, 2, 2), new FullyConnected<double>(3, 4, 2, 3) })
        {
            AssertRefused(() => CertifiedForward.Run(network, new double[12], state, new(shape, new(shape, 4))), Message);
        }
    }

    [Test]
    public void Losses_OfOtherTargets()
    {
        var network = Network;
        var state = new BatchState<double>(network, 4);
        AssertRefused(() => CertifiedLoss.Evaluate(state, new(network, state), new double[7]), "7 targets do not fit 4 samples with 2 outputs.");
        AssertRefused(() => CertifiedLoss.Evaluate(state, new(network, state), new double[7], Loss.Squared), "7 targets do not fit 4 samples with 2 outputs.");
        AssertRefused(() => DoubleDoubleForward.Loss(network, new double[12], new double[7], new(network, 4)), "7 targets do not fit 4 samples with 2 outputs.");
    }

    [Test]
    public void Kernels_OfOtherSpans()
    {
        var network = Network;
        var state = new BatchState<double>(network, 4);
        var radii = new BatchRadii<double>(network, state);
        var workspace = new double[CertifiedGradient.WorkspaceLength(state)];
        AssertRefused(() => CertifiedTangentKernel.FromForward(network, state, radii, new double[15], new double[16], workspace), "The kernel of 4 columns has 16 elements; the spans have 15 and 16.");
        AssertRefused(() => CertifiedTangentKernel.FromForward(network, state, radii, new double[16], new double[17], workspace), "The kernel of 4 columns has 16 elements; the spans have 16 and 17.");
        AssertRefused(() => CertifiedTangentKernel.FromForward(network, state, radii, new double[16], new double[16], workspace.AsSpan(1)), $"4 samples need {workspace.Length} elements of workspace; the span has {workspace.Length - 1}.");
        var (shallow, shallowState) = (Shallow, new ShallowState<double>(Shallow, 2));
        var length = CertifiedShallowKernel.WorkspaceLength(shallowState);
        AssertRefused(() => CertifiedShallowKernel.Compute(shallow, new double[6], shallowState, new double[3], new double[4], new double[length]), $"The kernel of 2 samples has 4 elements and needs {length} of workspace; the spans have 3, 4 and {length}.");
        AssertRefused(() => CertifiedShallowKernel.Compute(shallow, new double[6], shallowState, new double[4], new double[5], new double[length]), $"the spans have 4, 5 and {length}.");
        AssertRefused(() => CertifiedShallowKernel.Compute(shallow, new double[6], shallowState, new double[4], new double[4], new double[length - 1]), $"the spans have 4, 4 and {length - 1}.");
        Assert.That(() => CertifiedShallowKernel.Compute(null!, [], shallowState, [], [], []), Throws.ArgumentNullException);
        Assert.That(() => CertifiedShallowKernel.Compute(shallow, [], null!, [], [], []), Throws.ArgumentNullException);
        Assert.That(() => CertifiedShallowKernel.WorkspaceLength(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Limits_OfOtherSpansOrActivations()
    {
        AssertRefused(() => CertifiedLimitKernel.Compute(new double[5], 2, 1, new double[4], new double[4]), "5 inputs, 4 midpoints and 4 radii do not fit 2 samples.");
        AssertRefused(() => CertifiedLimitKernel.Compute(new double[4], 2, 1, new double[3], new double[4]), "4 inputs, 3 midpoints and 4 radii do not fit 2 samples.");
        AssertRefused(() => CertifiedLimitKernel.Compute(new double[4], 2, 1, new double[4], new double[5]), "4 inputs, 4 midpoints and 5 radii do not fit 2 samples.");
        AssertOutOfRange(() => CertifiedLimitKernel.Compute([], 0, 1, [], []));
        AssertOutOfRange(() => CertifiedLimitKernel.Value(default, -1));
        AssertOutOfRange(() => CertifiedLimitKernel.Deficit(default, -1));
        var rectifier = PiecewiseAffine.Rectifier;
        AssertRefused(() => CertifiedShallowLimit.Compute(rectifier, new double[5], 2, new double[4], new double[4]), "5 inputs, 4 midpoints and 4 radii do not fit 2 samples.");
        AssertRefused(() => CertifiedShallowLimit.Compute(rectifier, new double[4], 2, new double[3], new double[4]), "4 inputs, 3 midpoints and 4 radii do not fit 2 samples.");
        AssertRefused(() => CertifiedShallowLimit.Compute(rectifier, new double[4], 2, new double[4], new double[5]), "4 inputs, 4 midpoints and 5 radii do not fit 2 samples.");
        AssertOutOfRange(() => CertifiedShallowLimit.Compute(rectifier, [], 0, [], []));
        Assert.That(() => CertifiedShallowLimit.SlopeProduct(null!, default), Throws.ArgumentNullException);
        AssertRefused(() => LimitEigenvalueBound.Evaluate(rectifier, new double[5], 2), "5 numbers are not 2 inputs of one dimension.");
        AssertOutOfRange(() => LimitEigenvalueBound.Evaluate(rectifier, [], 0));
        Assert.That(() => LimitEigenvalueBound.Evaluate(null!, [1], 1), Throws.ArgumentNullException);
    }

    [Test]
    public void DoubleDouble_OfAnotherShape()
    {
        var (network, other) = (Network, new FullyConnected<double>(3, 5, 2, 2));
        DoubleDoubleState state = new(network, 4);
        AssertRefused(() => DoubleDoubleForward.Run(network, new double[11], state), "A state for 4 samples does not fit 11 inputs of dimension 3, or was made for a network of another shape than this one of width 4.");
        AssertRefused(() => DoubleDoubleForward.Run(other, new double[12], state), "or was made for a network of another shape than this one of width 5.");
        AssertRefused(() => DoubleDoubleForward.Outputs(network, new double[12], state, new Ball[7]), "7 balls do not fit 4 samples with 2 outputs.");
        BatchState<double> batch = new(network, 4), otherBatch = new(other, 8);
        AssertRefused(() => DoubleDoubleForward.Run(network, new double[12], state, batch, new(network, batch), copies: 2), "A batch of 4 samples (width 4, depth 2) does not fit 2 copies of 4 (width 4, depth 2).");
        AssertRefused(() => DoubleDoubleForward.Run(network, new double[12], state, otherBatch, new(other, otherBatch), copies: 2), "A batch of 8 samples (width 5, depth 2) does not fit 2 copies of 4 (width 4, depth 2).");
        AssertRefused(() => DoubleDoubleForward.Run(network, new double[12], state, batch, new(other, otherBatch), copies: 1), "The radii were made for another state");
        AssertRefused(() => DoubleDoubleLoss.Evaluate(state, new double[7]), "7 targets do not fit 4 samples with 2 outputs.");
        AssertRefused(() => DoubleDoubleLoss.Signal(state, new double[7], batch, new(network, batch)), "7 targets do not fit 4 samples with 2 outputs.");
        AssertRefused(() => DoubleDoubleLoss.Signal(state, new double[8], batch, new(other, otherBatch)), "The radii were made for another state");
        foreach (var (shape, samples) in new[] { (network, 3), (new FullyConnected<double>(3, 4, 2, 3), 4) })
        {
            BatchState<double> unfit = new(shape, samples);
            AssertRefused(() => DoubleDoubleLoss.Signal(state, new double[8], unfit, new(shape, unfit)), $"A batch of {samples} samples does not fit a state of 4, or has another number of outputs.");
        }

        Assert.That(() => DoubleDoubleLoss.Evaluate(null!, []), Throws.ArgumentNullException);
        AssertOutOfRange(() => new DoubleDoubleState(network, 0));
        Assert.That(() => new DoubleDoubleState(null!, 1), Throws.ArgumentNullException);
        AssertOutOfRange(() => state.Output(4, 0));
        AssertOutOfRange(() => state.Output(0, 2));
        AssertOutOfRange(() => state.Output(-1, 0));
        Assert.That(state.Output(3, 1).High, Is.Zero);
    }

    [Test]
    public void Eigenvalues_OfOtherSpans()
    {
        double[] two = [1, 0, 0, 1], workspace = new double[8];
        AssertRefused(() => EigenvalueBounds.Smallest(new double[3], [], 2, 0, 1e-3, workspace), "A matrix of order 2 has 4 elements; the span has 3.");
        AssertRefused(() => EigenvalueBounds.Largest(two, new double[3], 2, 0, 1e-3, workspace), "A matrix of order 2 has 4 elements; the span has 3.");
        AssertRefused(() => EigenvalueBounds.Smallest(two, [], 2, 0, 0, workspace), "Order 2 needs a positive gap (got 0) and 8 elements of workspace (got 8).");
        AssertRefused(() => EigenvalueBounds.Smallest(two, [], 2, 0, double.NaN, workspace), "Order 2 needs a positive gap (got NaN) and 8 elements");
        AssertRefused(() => EigenvalueBounds.Smallest(two, [], 2, 0, 1e-3, workspace.AsSpan(1)), "Order 2 needs a positive gap (got 0.001) and 8 elements of workspace (got 7).");
        AssertOutOfRange(() => EigenvalueBounds.Smallest([], [], 0, 0, 1e-3, workspace));
        AssertOutOfRange(() => EigenvalueBounds.WorkspaceLength(-1));
        Assert.That(() => EigenvalueBounds.Radius(two, new double[3], 2, [1, 1], two, new double[100]), Throws.ArgumentException);
    }

    [Test]
    public void Certificates_OfOtherStepsOrRates()
    {
        AssertOutOfRange(() => ShallowCertifier.Evaluate(Shallow, new double[3], [0], steps: -1));
        foreach (var rate in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.That(() => ShallowCertifier.Evaluate(Shallow, [1, 0, 0], [0], learningRate: rate), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(FormattableString.Invariant($"A learning rate is positive and finite; got {rate}.")));
        }

        Assert.That(() => ShallowCertifier.Evaluate(null!, [], []), Throws.ArgumentNullException);
        AssertOutOfRange(() => ShallowCertifier.Evaluate(Shallow, [1, 0, 0], [0]).BoundAfter(-1));
    }

    [Test]
    public void Products_WithoutWeights()
    {
        Assert.That(() => CertifiedProduct.Multiply<double>(null!, Balls(1), Balls(1), 1, 1, new double[1]), Throws.ArgumentNullException);
        Assert.That(() => CertifiedProduct.MultiplyTransposed<double>(null!, Balls(1), Balls(1), 1, 1, new double[1]), Throws.ArgumentNullException);
    }

    private static BallSpan<double> Balls(int length) => new(new double[length], new double[length]);

    private static void AssertRefused(Action action, string message) => Assert.That(() => action(), Throws.ArgumentException.With.Message.Contains(message));

    private static void AssertOutOfRange(Action action) => Assert.That(() => action(), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
