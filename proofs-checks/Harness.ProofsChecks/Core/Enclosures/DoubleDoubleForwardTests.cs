using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>The retry in double-double arithmetic is narrower than the pass in double by what it costs. What its balls hold is fuzzed.</summary>
public sealed class DoubleDoubleForwardTests
{
    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(500);

    [Test]
    public void Loss_GradedNetwork_OrdersOfMagnitudeNarrowerOnTheSameValue() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        // γ_{K+2}(K + 3)u is below 2⁻¹⁰⁰ for K ≤ 4 and vanishes beside the roundings to double midpoints: 2u of a residual, so 5u of its square, and u of each of nd − 1 partial sums; a radius is rounded up once or twice more.
        var (network, _) = (draw with { Kind = NumberKind.Graded }).Create<double>();
        var (inputs, targets) = ((draw with { Kind = NumberKind.Graded }).Inputs<double>(), (draw with { Kind = NumberKind.Graded }).Targets<double>());
        var loss = DoubleDoubleForward.Loss(network, inputs, targets, new DoubleDoubleState(network, draw.Samples));
        return loss.Radius <= ((6 * draw.Samples * draw.Outputs) + 4) * Math.ScaleB(1, -53) * loss.Midpoint;
    }));

    [Test]
    public void State_HardNetwork_HoldsExactPreActivationsAndGradient() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var (network, oracle) = draw.Create<double>();
        var (inputs, targets, state) = (draw.Inputs<double>(), draw.Targets<double>(), new BatchState<double>(network, draw.Samples));
        var radii = new BatchRadii<double>(network, state);
        DoubleDoubleForward.Run(network, inputs, new DoubleDoubleState(network, draw.Samples), state, radii);
        var loss = CertifiedLoss.Evaluate<double>(state, radii, targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var (values, squared) = (Enumerable.Range(0, draw.Samples).Select(i => oracle.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension))).ToArray(), (BigRational)0);
        foreach (var (l, r, c) in from l in Enumerable.Range(1, draw.Depth) from r in Enumerable.Range(0, draw.Width) from c in Enumerable.Range(0, draw.Width) select (l, r, c))
        {
            var derivative = oracle.LossDerivative(inputs, targets, draw.Samples, l, r, c);
            squared += derivative * derivative;
        }

        return HardNumbers.Holds(loss.Midpoint, loss.Radius, oracle.Loss(inputs, targets, draw.Samples))
            && HardNumbers.Holds(norm.Midpoint, norm.Radius, squared)
            && (from l in Enumerable.Range(0, draw.Depth + 1) from k in Enumerable.Range(0, draw.Width) from i in Enumerable.Range(0, draw.Samples) select (l, At: (k * state.Stride) + i, Exact: values[i][l][k]))
                .All(e => HardNumbers.Holds(state.PreActivations(e.l)[e.At], radii.PreActivations(e.l)[e.At], e.Exact));
    }));

    [Test]
    public void Loss_StateOfAnotherShape_Throws()
    {
        var (network, _) = new HardNetwork(NumberKind.Ordinary, 1, 2, 3, 1, 1, 1).Create<double>();
        var (other, _) = new HardNetwork(NumberKind.Ordinary, 1, 2, 4, 1, 1, 1).Create<double>();
        Assert.That(() => DoubleDoubleForward.Loss(network, new double[2], new double[1], new DoubleDoubleState(other, 1)), Throws.ArgumentException);
        Assert.That(() => DoubleDoubleForward.Loss(network, new double[2], new double[3], new DoubleDoubleState(network, 1)), Throws.ArgumentException.With.Message.Contains("targets"));
    }
}
