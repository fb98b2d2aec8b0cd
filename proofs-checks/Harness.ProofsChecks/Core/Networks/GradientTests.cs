using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>Loss and gradient of the core against exact rational arithmetic at the very same weights, within a derived rounding bound.</summary>
public sealed class GradientTests
{
    /// <summary>
    /// With the signs fixed, loss and gradient are polynomials in weights, inputs and targets, and every monomial is formed and summed with at most N roundings:
    /// N = 𝔡 + (2L + 2)(m + 1) + d + n + 6. The error is at most γ_N times the same polynomial at absolute values, which is the network |A|, |W|, |B|, |x| with
    /// targets −|y*|: all of its gates are open and all of its terms positive.
    /// </summary>
    [Test]
    public void LossAndGradient_OnGaussianWeights_LieWithinRoundingOfExactArithmetic() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var (network, inputs, targets) = (draw.Network(), draw.Inputs(), draw.Targets());
            var exact = new RationalNetwork(network);
            var state = new BatchState<double>(network, draw.Samples);
            network.Forward(inputs, state);
            if (!SignsAgree(exact, draw, inputs, state))
            {
                return true; // an exact pre-activation within rounding of zero: the bound says nothing then (never seen at these seeds)
            }

            var loss = SquaredLoss.Evaluate<double>(state, targets);
            network.Backward(state);

            var majorant = AbsoluteValues(network);
            var majorantState = new BatchState<double>(majorant, draw.Samples);
            majorant.Forward(Array.ConvertAll(inputs, Math.Abs), majorantState);
            var lossMajorant = SquaredLoss.Evaluate<double>(majorantState, Array.ConvertAll(targets, y => -Math.Abs(y)));
            majorant.Backward(majorantState);

            var roundings = draw.InputDimension + (((2 * draw.Depth) + 2) * (draw.Width + 1)) + draw.Outputs + draw.Samples + 6;
            var γ = 1.01 * Rounding.Gamma(2 * roundings); // the loss squares a residual; 1.01 covers the rounding of the majorant itself
            var within = Math.Abs((BigRational.Exactly(loss) - exact.Loss(inputs, targets, draw.Samples)).ToDouble()) <= γ * lossMajorant;
            for (var l = 1; l <= draw.Depth; l++)
            {
                var (gradient, bound) = (new Weights<double>(draw.Width, draw.Width), new Weights<double>(draw.Width, draw.Width));
                Gradient.AddTo(state, l, 1, gradient);
                Gradient.AddTo(majorantState, l, 1, bound);
                for (var r = 0; r < draw.Width; r++)
                {
                    for (var c = 0; c < draw.Width; c++)
                    {
                        var error = BigRational.Exactly(gradient[r, c]) - exact.LossDerivative(inputs, targets, draw.Samples, l, r, c);
                        within &= Math.Abs(error.ToDouble()) <= γ * bound[r, c];
                    }
                }
            }

            return within;
        }));

    [Test]
    public void SquaredNorm_OfFactoredGradient_EqualsThatOfTheFormedMatrix() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var network = draw.Network();
            var state = new BatchState<double>(network, draw.Samples);
            network.Forward(draw.Inputs(), state);
            SquaredLoss.Evaluate<double>(state, draw.Targets());
            network.Backward(state);
            var gradient = new Weights<double>(draw.Width, draw.Width);
            Gradient.AddTo(state, 1, 1, gradient);
            var factored = Gradient.SquaredFrobeniusNorm<double>(state, 1, new double[Gradient.WorkspaceLength(draw.Samples)]);

            // Both sums run over the same products; their absolute values are at most ‖|u| |h|ᵀ‖²_F ≤ (Σᵢ ‖uᵢ‖‖hᵢ‖)².
            double scale = 0;
            for (var i = 0; i < draw.Samples; i++)
            {
                double u = 0, h = 0;
                for (var k = 0; k < draw.Width; k++)
                {
                    u += Square(state.Signals(1)[(k * state.Stride) + i]);
                    h += Square(state.Features(0)[(k * state.Stride) + i]);
                }

                scale += Math.Sqrt(u * h);
            }

            var roundings = (2 * draw.Width) + (draw.Width * draw.Width) + (draw.Samples * draw.Samples) + draw.Samples + 8;
            return Math.Abs(factored - gradient.SquaredFrobeniusNorm()) <= 2 * Rounding.Gamma(roundings) * scale * scale;
        }));

    [Test]
    public void Step_OfGradientDescent_EqualsTheExplicitUpdateBitForBit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            const double η = 0.03;
            var (stepped, explicitly) = (draw.Network(), draw.Network());
            var state = new BatchState<double>(stepped, draw.Samples);
            var loss = GradientDescent.Step<double>(stepped, draw.Inputs(), draw.Targets(), η, state);

            explicitly.Forward(draw.Inputs(), state);
            var same = loss.Equals(SquaredLoss.Evaluate<double>(state, draw.Targets()));
            explicitly.Backward(state); // all signals first, at the old weights
            for (var l = 1; l <= draw.Depth; l++)
            {
                Gradient.AddTo(state, l, -η, explicitly.Hidden(l));
                for (var r = 0; r < draw.Width; r++)
                {
                    for (var c = 0; c < draw.Width; c++)
                    {
                        same &= stepped.Hidden(l)[r, c].Equals(explicitly.Hidden(l)[r, c]);
                    }
                }
            }

            return same;
        }));

    private static double Square(double x) => x * x;

    private static bool SignsAgree(RationalNetwork exact, NetworkDraw draw, double[] inputs, BatchState<double> state)
    {
        for (var i = 0; i < draw.Samples; i++)
        {
            var values = exact.Evaluate(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension));
            for (var l = 0; l <= draw.Depth; l++)
            {
                for (var k = 0; k < draw.Width; k++)
                {
                    if ((state.PreActivations(l)[(k * state.Stride) + i] >= 0) != (values[l][k].Sign >= 0))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static FullyConnected<double> AbsoluteValues(FullyConnected<double> network)
    {
        var absolute = new FullyConnected<double>(network.InputDimension, network.Width, network.Depth, network.OutputDimension);
        Copy(network.Input, absolute.Input);
        Copy(network.Output, absolute.Output);
        for (var l = 1; l <= network.Depth; l++)
        {
            Copy(network.Hidden(l), absolute.Hidden(l));
        }

        return absolute;

        static void Copy(Weights<double> source, Weights<double> destination)
        {
            for (var r = 0; r < source.Rows; r++)
            {
                for (var c = 0; c < source.Columns; c++)
                {
                    destination[r, c] = Math.Abs(source[r, c]);
                }
            }
        }
    }
}
