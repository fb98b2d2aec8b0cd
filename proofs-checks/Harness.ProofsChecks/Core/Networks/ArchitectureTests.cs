using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>
/// Fully connected, convolutional and residual networks, with the paper's layers trained or with all: everything that is written once for the three of them, against exact rational arithmetic.
/// </summary>
/// <remarks>The certified passes have the plain passes' midpoints, so one comparison with their radii tests both: no tolerance of ours enters.</remarks>
public sealed class ArchitectureTests
{
    private const int Cases = 200;

    /// <summary>Over rationals with 53-bit numerators a case costs a tenth of a second.</summary>
    private const int RationalCases = 40;

    [Test]
    public void CertifiedPasses_OnEveryArchitecture_EncloseExactArithmeticAndHaveThePlainMidpoints() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(RationalCases), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            var (network, inputs, targets) = (draw.Network(), draw.Inputs(), draw.Targets());
            var exact = new RationalNetwork(network);
            var (plain, state) = (new BatchState<double>(network, draw.Samples), new BatchState<double>(network, draw.Samples));
            var radii = new BatchRadii<double>(network, state);

            network.Forward(inputs, plain);
            var plainLoss = SquaredLoss.Evaluate<double>(plain, targets);
            network.Backward(plain);
            CertifiedForward.Run<double>(network, inputs, state, radii);
            var loss = CertifiedLoss.Evaluate<double>(state, radii, targets);
            CertifiedGradient.Backward(network, state, radii);

            var holds = plain.Output.AsSpan().SequenceEqual(state.Output) && Holds(loss, exact.Loss(inputs, targets, draw.Samples)) && Math.Abs(plainLoss - loss.Midpoint) <= loss.Radius;
            for (var i = 0; i < draw.Samples; i++)
            {
                var values = exact.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension));
                for (var l = 0; l <= draw.Depth; l++)
                {
                    for (var k = 0; k < values[l].Length; k++)
                    {
                        var at = (k * state.Stride) + i;
                        holds &= Holds(new(state.PreActivations(l)[at], radii.PreActivations(l)[at]), values[l][k]);
                    }
                }
            }

            BigRational squaredNorm = 0;
            for (var l = network.FirstTrained; l <= network.LastTrained; l++)
            {
                holds &= plain.Signals(l).SequenceEqual(state.Signals(l));
                foreach (var (r, c) in Entries(network.Layer(l)))
                {
                    var derivative = exact.LossDerivative(inputs, targets, draw.Samples, l, r, c);
                    squaredNorm += derivative * derivative;
                }
            }

            var norm = CertifiedGradient.SquaredFrobeniusNorm(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
            return holds && Holds(norm, squaredNorm) && norm.Midpoint.Equals(Gradient.SquaredFrobeniusNorm<double>(plain, new double[Gradient.WorkspaceLength(plain)]));
        }));

    /// <summary>Whole numbers and τ = ½: no operation of the passes rounds, so every entry of every gradient must be the exact one. Ties g = 0 are frequent.</summary>
    [Test]
    public void Gradient_OnWholeNumbers_IsExactInEveryEntry() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            var network = draw.WholeNetwork();
            var (inputs, targets) = (Array.ConvertAll(draw.Inputs(), Math.Round), Array.ConvertAll(draw.Targets(), Math.Round));
            var exact = new RationalNetwork(network);
            var state = new BatchState<double>(network, draw.Samples);
            network.Forward(inputs, state);
            var holds = BigRational.Exactly(SquaredLoss.Evaluate<double>(state, targets)) == exact.Loss(inputs, targets, draw.Samples);
            network.Backward(state);
            for (var l = network.FirstTrained; l <= network.LastTrained; l++)
            {
                var gradient = new Weights<double>(network.Layer(l).Rows, network.Layer(l).Columns);
                Gradient.AddTo(state, l, 1, gradient);
                holds &= Entries(gradient).All(e => BigRational.Exactly(gradient[e.Row, e.Column]) == exact.LossDerivative(inputs, targets, draw.Samples, l, e.Row, e.Column));
            }

            return holds;
        }));

    [Test]
    public void TangentKernel_OnEveryArchitecture_IsTheGramMatrixOfExactGradients() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(RationalCases), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            var (network, inputs) = (draw.Network(), draw.Inputs());
            var exact = new RationalNetwork(network);
            var columns = draw.Samples * draw.Outputs;
            var (plain, state) = (new BatchState<double>(network, columns), new BatchState<double>(network, columns));
            var radii = new BatchRadii<double>(network, state);
            var (kernel, midpoints, bounds) = (new double[columns * columns], new double[columns * columns], new double[columns * columns]);
            TangentKernel.Compute<double>(network, inputs, plain, kernel, new double[TangentKernel.WorkspaceLength(plain)]);
            CertifiedTangentKernel.Compute<double>(network, inputs, state, radii, midpoints, bounds, new double[CertifiedGradient.WorkspaceLength(state)]);
            var jacobian = Jacobian(network, exact, draw, inputs);
            var holds = kernel.AsSpan().SequenceEqual(midpoints);
            for (var a = 0; a < columns; a++)
            {
                for (var b = 0; b < columns; b++)
                {
                    BigRational product = 0;
                    for (var p = 0; p < jacobian[a].Count; p++)
                    {
                        product += jacobian[a][p] * jacobian[b][p];
                    }

                    holds &= Holds(new(midpoints[(a * columns) + b], bounds[(a * columns) + b]), product) && kernel[(a * columns) + b].Equals(kernel[(b * columns) + a]);
                }
            }

            return holds;
        }));

    /// <summary>The fused sweep against the explicit update from the signals of the old weights: equal bits in every trained layer, no bit moved in the others.</summary>
    [Test]
    public void Step_OnEveryArchitecture_EqualsTheExplicitUpdateBitForBit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(ArchitectureDraw.Any, draw =>
        {
            const double η = 0.03;
            var (stepped, explicitly) = (draw.Network(), draw.Network());
            var state = new BatchState<double>(stepped, draw.Samples);
            GradientDescent.Step<double>(stepped, draw.Inputs(), draw.Targets(), η, state);
            explicitly.Forward(draw.Inputs(), state);
            SquaredLoss.Evaluate<double>(state, draw.Targets());
            explicitly.Backward(state);
            for (var l = explicitly.FirstTrained; l <= explicitly.LastTrained; l++)
            {
                Gradient.AddTo(state, l, -η, explicitly.Layer(l));
            }

            return Enumerable.Range(0, draw.Depth + 2).All(l => Rows(stepped.Layer(l)).AsSpan().SequenceEqual(Rows(explicitly.Layer(l))));
        }));

    [Test]
    public void Torus_ForEveryFilter_IsRegular()
    {
        var graph = PositionGraph.Torus(3, 4, 2, 3);
        for (var a = 0; a < graph.Offsets; a++)
        {
            Assert.That(Enumerable.Range(0, 12).Select(j => graph.Read(j, a)), Is.EquivalentTo(Enumerable.Range(0, 12)), $"offset {a}");
        }

        Assert.That(Enumerable.Range(0, 12).Select(j => Enumerable.Range(0, 6).Select(a => graph.Read(j, a)).Distinct().Count()), Is.All.EqualTo(6));
    }

    [Test]
    public void Torus_WithAFilterLargerThanTheGrid_IsRefused() =>
        Assert.That(() => PositionGraph.Torus(2, 2, 3, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>Moving every input by one position moves every feature by one position and leaves what is averaged over positions: the filter is shared.</summary>
    [Test]
    public void Convolution_OfAShiftedInput_IsTheShiftedConvolution()
    {
        var network = new Convolutional<double>(PositionGraph.Ring(5, 3), 2, 7, 2, 1);
        network.Initialise(RandomStream.FromSeed(4));
        var (input, shifted) = (new double[10], new double[10]);
        RandomStream.FromSeed(5).FillGaussian<double>(input, 1);
        for (var k = 0; k < 10; k++)
        {
            shifted[(k / 5 * 5) + ((k + 1) % 5)] = input[k];
        }

        var (before, after) = (new BatchState<double>(network, 1), new BatchState<double>(network, 1));
        network.Forward(input, before);
        network.Forward(shifted, after);
        for (var k = 0; k < 35; k++)
        {
            Assert.That(after.Features(1)[((k / 5 * 5) + ((k + 1) % 5)) * after.Stride], Is.EqualTo(before.Features(1)[k * before.Stride]));
        }
    }

    private static IEnumerable<(int Row, int Column)> Entries(Weights<double> weights) =>
        Enumerable.Range(0, weights.Rows).SelectMany(r => Enumerable.Range(0, weights.Columns).Select(c => (r, c)));

    private static List<BigRational>[] Jacobian(Network<double> network, RationalNetwork exact, ArchitectureDraw draw, double[] inputs)
    {
        var rows = Enumerable.Range(0, draw.Samples * draw.Outputs).Select(_ => new List<BigRational>()).ToArray();
        for (var i = 0; i < draw.Samples; i++)
        {
            for (var l = network.FirstTrained; l <= network.LastTrained; l++)
            {
                foreach (var (r, c) in Entries(network.Layer(l)))
                {
                    var derivative = exact.OutputDerivative(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension), l, r, c);
                    for (var j = 0; j < draw.Outputs; j++)
                    {
                        rows[(i * draw.Outputs) + j].Add(derivative[j]);
                    }
                }
            }
        }

        return rows;
    }

    private static bool Holds(Ball ball, BigRational value) => BigRational.Abs(value - BigRational.Exactly(ball.Midpoint)) <= BigRational.Exactly(ball.Radius);

    private static double[] Rows(Weights<double> weights)
    {
        var rows = new double[weights.Rows * weights.Columns];
        weights.CopyTo(rows);
        return rows;
    }
}
