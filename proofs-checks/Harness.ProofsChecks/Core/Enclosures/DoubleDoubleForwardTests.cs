using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>The retry in double-double arithmetic is narrower than the pass in double by what it costs. What its balls hold is fuzzed.</summary>
public sealed class DoubleDoubleForwardTests
{
    private static Config Cases => PropertyCases.Of(500);

    [Test]
    public void Loss_GradedNetwork_OrdersOfMagnitudeNarrowerOnTheSameValue() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        // γ_{K+2}(K + 3)u is below 2⁻¹⁰⁰ for K ≤ 4 and vanishes beside the roundings to double midpoints: 2u of a residual, so 5u of its square, and u of each of nd − 1 partial sums; a radius is rounded up once or twice more.
        var graded = draw with { Kind = NumberKind.Graded };
        var network = graded.Create<double>();
        var loss = DoubleDoubleForward.Loss(network, graded.Inputs<double>(), graded.Targets<double>(), new DoubleDoubleState(network, draw.Samples));
        return loss.Radius <= ((6 * draw.Samples * draw.Outputs) + 4) * Math.ScaleB(1, -53) * loss.Midpoint;
    }));

    [Test]
    public void State_HardNetwork_HoldsExactPreActivationsAndGradient() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        var network = draw.Create<double>();
        var (exact, state) = (draw.Exact(network), new BatchState<double>(network, draw.Samples));
        var radii = new BatchRadii<double>(network, state);
        DoubleDoubleForward.Run(network, exact.Inputs, new DoubleDoubleState(network, draw.Samples), state, radii, copies: 1);
        var loss = CertifiedLoss.Evaluate<double>(state, radii, exact.Targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        return HardNumbers.Holds(loss.Midpoint, loss.Radius, exact.Loss())
            && HardNumbers.Holds(norm.Midpoint, norm.Radius, SquaredGradientNorm(exact))
            && (from l in Enumerable.Range(0, draw.Depth + 1) from k in Enumerable.Range(0, draw.Width) from i in Enumerable.Range(0, draw.Samples) select (l, At: (k * state.Stride) + i, Exact: exact.Values[i][l][k]))
                .All(e => HardNumbers.Holds(state.PreActivations(e.l)[e.At], radii.PreActivations(e.l)[e.At], e.Exact));
    }));

    [Test]
    public void LossEnds_GradedNetwork_TwoStepsApart() => Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw =>
    {
        // A residual is known to 2⁻¹⁰⁰ of what it is the sum of, F to little more; so both ends are a double number next to F, or one of them F itself.
        var graded = draw with { Kind = NumberKind.Graded };
        var network = graded.Create<double>();
        var (passes, state) = (graded.Exact(network), new DoubleDoubleState(network, draw.Samples));
        DoubleDoubleForward.Run(network, passes.Inputs, state);
        var (loss, exact) = (DoubleDoubleLoss.Evaluate(state, passes.Targets), passes.Loss());
        return Dyadic.Exactly(loss.Lower) <= exact && exact <= Dyadic.Exactly(loss.Upper) && loss.Upper <= Math.BitIncrement(Math.BitIncrement(loss.Lower));
    }));

    [Test]
    public void Arithmetic_HardNumbers_HoldsExactResults() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var (high, radii) = (draw.Draw<double>("high", 2), draw.DrawRadii<double>("radii", 2));
        double[] low = [.. high.Select((x, i) => x * Math.ScaleB(draw.For($"low {i}").Uniform(0), -54))];

        var points = draw.PointsWithin<double>("points", low, radii);
        var (x, y) = (points[0] + BigRational.Exactly(high[0]), points[1] + BigRational.Exactly(high[1]));
        var (ballX, ballY) = (new DoubleDoubleBall(high[0], low[0], radii[0]), new DoubleDoubleBall(high[1], low[1], radii[1]));
        return Holds(ballX + ballY, x + y) && Holds(ballX - ballY, x - y) && Holds(DoubleDoubleBall.Square(ballX), x * x) && Holds(DoubleDoubleBall.Scale(ballX, high[1]), x * BigRational.Exactly(high[1])) && Holds(DoubleDoubleBall.Half(ballX), x / 2)
            && HardNumbers.Holds(ballX.ToBall().Midpoint, ballX.ToBall().Radius, x);

        static bool Holds(DoubleDoubleBall ball, BigRational value) => !ball.IsRigorous
            || (BigRational.Abs(BigRational.Exactly(ball.High) + BigRational.Exactly(ball.Low) - value) <= BigRational.Exactly(ball.Radius)
                && (!double.IsFinite(ball.Lower) || BigRational.Exactly(ball.Lower) <= value) && (!double.IsFinite(ball.Upper) || value <= BigRational.Exactly(ball.Upper)));
    }));

    [Test]
    public void Gradient_ForwardPassInTwoWords_HoldsExactSignsAndNorm() => Check.One(PropertyCases.Of(300), Prop.ForAll(HardNetwork.Any, draw =>
    {
        var network = draw.Create<double>();
        var (exact, state, batch) = (draw.Exact(network), new DoubleDoubleState(network, draw.Samples), new BatchState<double>(network, draw.Samples));
        var radii = new BatchRadii<double>(network, batch);
        DoubleDoubleForward.Run(network, exact.Inputs, state, batch, radii, copies: 1);
        DoubleDoubleLoss.Signal(state, exact.Targets, batch, radii);
        CertifiedGradient.Backward(network, batch, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(batch, radii, new double[CertifiedGradient.WorkspaceLength(batch)]);
        return HardNumbers.Holds(norm.Midpoint, norm.Radius, SquaredGradientNorm(exact)) && Enumerable.Range(0, draw.Samples).All(i => Enumerable.Range(0, (draw.Depth + 1) * draw.Width).All(e =>
        {
            var (l, at) = (e / draw.Width, (e % draw.Width * batch.Stride) + i);
            var (g, r, truth) = (batch.PreActivations(l)[at], radii.PreActivations(l)[at], exact.Values[i][l][e % draw.Width]);
            return HardNumbers.Holds(g, r, truth) && !(g - r >= 0 && truth.Sign < 0) && !(g + r < 0 && truth.Sign >= 0);
        }));
    }));

    [Test]
    public void Run_EveryArchitecture_HoldsExactArithmeticMoreClosely() => Check.One(PropertyCases.Of(60), Prop.ForAll(ArchitectureDraw.Any, draw =>
    {
        var (network, inputs) = (draw.Network(), draw.Inputs());
        var (exact, words, batch) = (DyadicNetwork.Of(network), new DoubleDoubleState(network, draw.Samples), new BatchState<double>(network, draw.Samples));
        var (plain, radii) = (new BatchState<double>(network, draw.Samples), new BatchRadii<double>(network, batch));
        var plainRadii = new BatchRadii<double>(network, plain);
        CertifiedForward.Run<double>(network, inputs, plain, plainRadii);
        DoubleDoubleForward.Run(network, inputs, words, batch, radii, copies: 1);
        var holds = plain.Arguments(0).SequenceEqual(batch.Arguments(0));
        for (var i = 0; i < draw.Samples; i++)
        {
            var values = exact.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension));
            for (var l = 0; l <= draw.Depth; l++)
            {
                for (var k = 0; k < values[l].Length; k++)
                {
                    var at = (k * batch.Stride) + i;
                    holds &= HardNumbers.Holds(batch.PreActivations(l)[at], radii.PreActivations(l)[at], values[l][k]) && radii.PreActivations(l)[at] <= plainRadii.PreActivations(l)[at];
                }
            }

            for (var j = 0; j < draw.Outputs; j++)
            {
                // Two words have the unit 2⁻¹⁰⁴ where one has 2⁻⁵³, and the bounds of both are the same sums over the same magnitudes, cancelled or not: 2⁻⁵¹, with room for the factors in which they differ.
                var y = words.Output(i, j);
                holds &= Dyadic.Abs(Dyadic.Exactly(y.High) + Dyadic.Exactly(y.Low) - values[^1][j]) <= Dyadic.Exactly(y.Radius) && y.Radius <= Math.ScaleB(plainRadii.Output[(j * plain.Stride) + i], -40);
            }
        }

        return holds;
    }));

    [Test]
    public void TangentKernel_ForwardPassInTwoWords_HoldsThePlainOneWithSmallerRadii()
    {
        var draw = new HardNetwork(NumberKind.Ordinary, 3, 3, 4, 2, 2, 1);
        var network = draw.Create<double>();
        var (state, radii) = Batch();
        var (plain, plainRadii, kernel, kernelRadii) = (new double[36], new double[36], new double[36], new double[36]);
        CertifiedTangentKernel.Compute<double>(network, draw.Inputs<double>(), state, radii, plain, plainRadii, new double[CertifiedGradient.WorkspaceLength(state)]);
        (state, radii) = Batch();
        DoubleDoubleForward.Run(network, draw.Inputs<double>(), new DoubleDoubleState(network, draw.Samples), state, radii, draw.Outputs);
        CertifiedTangentKernel.FromForward<double>(network, state, radii, kernel, kernelRadii, new double[CertifiedGradient.WorkspaceLength(state)]);
        Assert.That(kernelRadii.Zip(plainRadii), Is.All.Matches<(double Retry, double Plain)>(r => r.Retry < r.Plain));
        Assert.That(Enumerable.Range(0, 36).Select(at => Math.Abs(kernel[at] - plain[at]) - kernelRadii[at] - plainRadii[at]), Is.All.LessThan(0), "two balls of one number meet");

        (BatchState<double> State, BatchRadii<double> Radii) Batch()
        {
            var batch = new BatchState<double>(network, draw.Samples * draw.Outputs);
            return (batch, new(network, batch));
        }
    }

    [Test]
    public void Loss_StateOfAnotherShape_Throws()
    {
        var network = new HardNetwork(NumberKind.Ordinary, 1, 2, 3, 1, 1, 1).Create<double>();
        var other = new HardNetwork(NumberKind.Ordinary, 1, 2, 4, 1, 1, 1).Create<double>();
        Assert.That(() => DoubleDoubleForward.Loss(network, new double[2], new double[1], new DoubleDoubleState(other, 1)), Throws.ArgumentException);
        Assert.That(() => DoubleDoubleForward.Loss(network, new double[2], new double[3], new DoubleDoubleState(network, 1)), Throws.ArgumentException.With.Message.Contains("targets"));
        var batch = new BatchState<double>(network, 2);
        Assert.That(
            () => DoubleDoubleForward.Run(network, new double[2], new DoubleDoubleState(network, 1), batch, new BatchRadii<double>(network, batch), 1), Throws.ArgumentException.With.Message.Contains("2 samples"));
    }

    private static Dyadic SquaredGradientNorm(ExactPasses exact)
    {
        Dyadic squares = default;
        foreach (var derivative in Enumerable.Range(1, exact.Oracle.Depth).SelectMany(exact.LossDerivative))
        {
            squares += derivative * derivative;
        }

        return squares;
    }
}
