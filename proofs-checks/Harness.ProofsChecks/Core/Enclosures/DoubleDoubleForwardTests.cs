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

    private static IEnumerable<TestCaseData> NearUnderflow()
    {
        var odd = 1 + Math.ScaleB(1, -52);
        foreach (var exponent in new[] { 0, -480, -485, -500, -530, -537, -540, -1000, -1022 })
        {
            foreach (var (low, radius) in new[] { (0.0, 0.0), (1.0, 0.0), (1.0, 1.0) })
            {
                yield return new(Math.ScaleB(odd, exponent), Math.ScaleB(low * odd, exponent - 54), Math.ScaleB(radius, exponent - 60));
            }
        }

        yield return new(double.Epsilon, 0.0, 0.0);
        yield return new(3 * double.Epsilon, 0.0, double.Epsilon);
        yield return new(0.0, 0.0, double.Epsilon);
        yield return new(1.0, 3 * double.Epsilon, 3 * double.Epsilon);
        yield return new(0.0, 0.0, 0.0);
    }

    /// <summary>Where the error of a product is itself rounded, and where a half has no last bit: the ends of the ball are held all the same.</summary>
    [TestCaseSource(nameof(NearUnderflow))]
    public void Arithmetic_NearUnderflow_HoldsTheEnds(double high, double low, double radius)
    {
        var x = new DoubleDoubleBall(high, low, radius);
        foreach (var end in new[] { -1, 1 })
        {
            var point = Dyadic.Exactly(high) + Dyadic.Exactly(low) + (Dyadic.Exactly(end) * Dyadic.Exactly(radius));
            AssertHeld(DoubleDoubleBall.Square(x), point * point);
            AssertHeld(DoubleDoubleBall.Half(x), Dyadic.Scale(point, -1));
            foreach (var factor in new[] { Math.PI, Math.ScaleB(Math.PI, -30), Math.ScaleB(Math.PI, -500), Math.ScaleB(Math.PI, -540), 0 })
            {
                AssertHeld(DoubleDoubleBall.Scale(x, factor), point * Dyadic.Exactly(factor));
            }
        }

        static void AssertHeld(DoubleDoubleBall ball, Dyadic value) =>
            Assert.That(Dyadic.Abs(Dyadic.Exactly(ball.High) + Dyadic.Exactly(ball.Low) - value) <= Dyadic.Exactly(ball.Radius), $"{ball}");
    }

    /// <summary>Far from underflow squares, products and halves of one word are exact; so are halves of even numbers however small, and everything at zero.</summary>
    [Test]
    public void Arithmetic_OneWordThatLosesNothing_HasNoRadius()
    {
        DoubleDoubleBall[] exact =
        [
            DoubleDoubleBall.Square(DoubleDoubleBall.Exactly(1 + Math.ScaleB(1, -52))), DoubleDoubleBall.Square(DoubleDoubleBall.Exactly(0)),
            DoubleDoubleBall.Scale(DoubleDoubleBall.Exactly(1 + Math.ScaleB(1, -52)), Math.PI), DoubleDoubleBall.Scale(DoubleDoubleBall.Exactly(0), Math.PI), DoubleDoubleBall.Scale(DoubleDoubleBall.Exactly(3), 0),
            DoubleDoubleBall.Half(DoubleDoubleBall.Exactly(3)), DoubleDoubleBall.Half(DoubleDoubleBall.Exactly(6 * double.Epsilon)), DoubleDoubleBall.Half(new(1, Math.ScaleB(1, -60), 0)),
        ];
        Assert.That(exact.Select(b => b.Radius), Is.All.Zero);
        Assert.That(DoubleDoubleBall.Half(new(1, 2 * double.Epsilon, 4 * double.Epsilon)), Is.EqualTo(new DoubleDoubleBall(0.5, double.Epsilon, 2 * double.Epsilon)));
        Assert.That(DoubleDoubleBall.Half(DoubleDoubleBall.Exactly(double.Epsilon)).Radius, Is.InRange(double.Epsilon / 2, 3 * double.Epsilon));
    }

    [Test]
    public void IsRigorous_AnyPartNotFinite_No()
    {
        DoubleDoubleBall[] balls = [new(double.PositiveInfinity, 0, 0), new(1, double.NaN, 0), new(1, 0, double.PositiveInfinity), new(double.NaN, double.NaN, 0), new(1, 0, 1)];
        Assert.That(balls.Select(b => b.IsRigorous), Is.EqualTo(new[] { false, false, false, false, true }));
    }

    /// <summary>Small whole numbers lose nothing on the way, so all is known exactly: also neurons whose weights are zero, beside others.</summary>
    [Test]
    public void State_WholeNumbers_HasNoRadii([Values] bool convolutional)
    {
        var draw = new ArchitectureDraw(convolutional ? Architecture.Convolutional : Architecture.FullyConnected, 3, 2, 2, 3, 4, 2, 2, false, 7);
        var (network, inputs) = (draw.WholeNetwork(), Array.ConvertAll(draw.Inputs(), Math.Round));
        var (words, batch) = (new DoubleDoubleState(network, draw.Samples), new BatchState<double>(network, draw.Samples));
        var radii = new BatchRadii<double>(network, batch);
        DoubleDoubleForward.Run(network, inputs, words, batch, radii, copies: 1);
        var exact = DyadicNetwork.Of(network);
        Assert.That(Enumerable.Range(0, 3).SelectMany(l => radii.PreActivations(l).ToArray()), Is.All.Zero);
        for (var i = 0; i < draw.Samples; i++)
        {
            var values = exact.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension));
            for (var j = 0; j < draw.Outputs; j++)
            {
                Assert.That((words.Output(i, j).High, words.Output(i, j).Radius), Is.EqualTo((values[^1][j].ToRational().ToDouble(), 0.0)));
            }
        }
    }

    /// <summary>A first neuron that nothing reaches is exact; the others of its layer are not.</summary>
    [Test]
    public void State_FirstRowOfZeros_OnlyThatHasNoRadius()
    {
        var network = new FullyConnected<double>(3, 4, 1, 1);
        network.Initialise(Harness.Core.Numerics.RandomStream.FromSeed(1));
        for (var c = 0; c < 3; c++)
        {
            network.Input[0, c] = 0;
        }

        var batch = new BatchState<double>(network, 2);
        var radii = new BatchRadii<double>(network, batch);
        DoubleDoubleForward.Run(network, [0.1, 0.2, 0.3, -0.3, 0.7, 0.9], new(network, 2), batch, radii, copies: 1);
        Assert.That(radii.PreActivations(0)[..2].ToArray(), Is.All.Zero);
        Assert.That(Enumerable.Range(1, 3).Select(k => radii.PreActivations(0)[k * batch.Stride]), Is.All.Positive);
    }

    /// <summary>Nothing is left in a state of an earlier pass, whose outputs lie where the next one puts its inputs.</summary>
    [Test]
    public void Outputs_StateUsedBefore_SameBitsAndTheBallsOfItsOutputs()
    {
        var draw = new HardNetwork(NumberKind.Ordinary, 3, 4, 8, 2, 2, 1);
        var (network, other) = (draw.Create<double>(), (draw with { Seed = 2 }).Create<double>());
        var (used, outputs, fresh) = (new DoubleDoubleState(network, 3), new Ball[6], new Ball[6]);
        DoubleDoubleForward.Run(other, (draw with { Seed = 2 }).Inputs<double>(), used);
        Assert.That(Enumerable.Range(0, 6).Select(e => used.Output(e / 2, e % 2)), Is.All.Matches<DoubleDoubleBall>(y => y.Low != 0 && y.Radius > 0), "there is something to be left");
        DoubleDoubleForward.Outputs(network, draw.Inputs<double>(), used, outputs);
        DoubleDoubleForward.Outputs(network, draw.Inputs<double>(), new(network, 3), fresh);
        Assert.That(outputs, Is.EqualTo(fresh));
        Assert.That(outputs, Is.EqualTo(Enumerable.Range(0, 6).Select(e => used.Output(e / 2, e % 2).ToBall())).And.All.Matches<Ball>(y => y.Midpoint != 0));
        var exact = draw.Exact(network);
        Assert.That(Enumerable.Range(0, 6).All(e => HardNumbers.Holds(outputs[e].Midpoint, outputs[e].Radius, exact.Values[e / 2][^1][e % 2])));
        Assert.That((new DoubleDoubleState(network, 8).Stride, new DoubleDoubleState(network, 9).Stride), Is.EqualTo((8, 16)));
    }

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
    public void Run_EveryArchitecture_HoldsExactArithmeticMoreClosely() => Check.One(PropertyCases.Of(600), Prop.ForAll(ArchitectureDraw.Any, draw =>
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
        Assert.That(Enumerable.Range(0, 36).Select(at => Math.Abs(kernel[at] - plain[at]) - kernelRadii[at] - plainRadii[at]), Is.All.InRange(double.MinValue, 0), "two balls of one number meet");

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
