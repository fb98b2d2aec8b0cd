using System.Numerics;
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

/// <summary>The two-layer network against its definition in exact rational arithmetic at the very same weights.</summary>
public sealed class ShallowNetworkTests
{
    /// <summary>
    /// A term a_r ⟨w_r, x⟩ passes through at most 𝔡 roundings of the inner product, one of the activation, two of whose intercept, 512 + (number of blocks) of the sums and one of the scale, which itself carries two; the error is at most γ of
    /// these times (1/√m) Σ_r (c Σ_k |w_rk x_k| + b), c the largest slope and b the largest intercept, below 2 here. σ is continuous with slopes up to c, so a piece that rounding confuses does not matter. The bound, computed in double, is
    /// enlarged by 10⁻³ for its own rounding.
    /// </summary>
    [Test]
    public void Forward_OfAnyShape_LiesWithinRoundingOfExactArithmetic() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs) = (draw.Network(), draw.Inputs());
            var state = new ShallowState<double>(network, draw.Samples);
            network.Forward(inputs, state);
            var scale = BigRational.Exactly(1 / Math.Sqrt(draw.Width));
            var γ = 1.001 * Rounding.Gamma(draw.InputDimension + Math.Min(draw.Width, ShallowNetwork<double>.BlockWidth) + network.Blocks + 6);
            return Enumerable.Range(0, draw.Samples).All(i =>
            {
                var (sum, majorant) = (default(BigRational), 0.0);
                for (var r = 0; r < draw.Width; r++)
                {
                    var (g, size) = PreActivation(network, inputs, r, i);
                    sum += BigRational.Exactly(Sign(network, r)) * ExactActivation.Value(draw.Activation, g);
                    majorant += (draw.Activation.LargestSlope * size) + (draw.Activation.Breakpoints is [0] ? 0 : 2);
                }

                return Math.Abs((BigRational.Exactly(state.Output[i]) - (scale * sum)).ToDouble()) <= γ * majorant / Math.Sqrt(draw.Width);
            });
        }));

    /// <summary>
    /// w − η ∂Φ/∂w from the outputs as they stand. The update of a weight sums n products, each of a signal with six roundings (residual, scale and its two, slope, η), and is added in one more:
    /// |error| ≤ γ_{n+8} (c η/√m) Σ_i |v_i x_ik| + u |w|.
    /// </summary>
    [Test]
    public void Step_OfGradientDescent_MovesEveryNeuronByItsGradient() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            const double η = 0.3;
            var (network, before, inputs, targets) = (draw.Network(), draw.Network(), draw.Inputs(), draw.Targets());
            var state = new ShallowState<double>(network, draw.Samples);
            network.Forward(inputs, state);
            double[] residuals = [.. targets.Zip(state.Output, (y, u) => u - y)];
            var loss = ShallowDescent.Step<double>(network, targets, η, state);
            var correct = Math.Abs(loss - (residuals.Sum(v => v * v) / 2)) <= 2 * Rounding.Gamma(draw.Samples + 2) * loss;
            for (var r = 0; r < draw.Width; r++)
            {
                for (var k = 0; k < draw.InputDimension; k++)
                {
                    var (gradient, majorant) = (0.0, 0.0);
                    for (var i = 0; i < draw.Samples; i++)
                    {
                        var term = residuals[i] * inputs[(i * draw.InputDimension) + k];
                        gradient += ExactActivation.Slope(draw.Activation, PreActivation(before, inputs, r, i).Value) * Sign(before, r) * term;
                        majorant += draw.Activation.LargestSlope * Math.Abs(term);
                    }

                    var (old, moved) = (Weight(before, r, k), Weight(network, r, k));
                    var scale = η / Math.Sqrt(draw.Width);
                    correct &= Math.Abs(moved - (old - (scale * gradient))) <= (2 * Rounding.Gamma(draw.Samples + 8) * scale * majorant) + (2 * Rounding.Unit * (Math.Abs(old) + Math.Abs(moved)));
                }
            }

            var swept = (double[])state.Output.Clone();
            network.Forward(inputs, state);
            return correct && swept.AsSpan().SequenceEqual(state.Output);
        }));

    /// <summary>H is ⟨x_i, x_j⟩ times a sum of products of slopes, which passes through 512 + (number of blocks) roundings; the inner product adds 𝔡, one product and one quotient two more.</summary>
    [Test]
    public void Kernel_OfAnyShape_IsTheGramMatrixOfTheGradients() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs, n) = (draw.Network(), draw.Inputs(), draw.Samples);
            var kernel = new double[n * n];
            ShallowKernel.Compute(network, inputs, new ShallowState<double>(network, n), kernel, new double[ShallowKernel.WorkspaceLength(n)]);
            var slopes = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, draw.Width).Select(r => ExactActivation.Slope(draw.Activation, PreActivation(network, inputs, r, i).Value)).ToArray()).ToArray();
            var γ = Rounding.Gamma(draw.InputDimension + 4 + (draw.Activation.IsRectifier ? 0 : ShallowNetwork<double>.BlockWidth + network.Blocks));
            return Enumerable.Range(0, n).All(i => Enumerable.Range(0, n).All(j =>
            {
                double[] products = [.. slopes[i].Zip(slopes[j], (a, b) => a * b)];
                var (product, size) = (0.0, 0.0);
                for (var k = 0; k < draw.InputDimension; k++)
                {
                    var term = inputs[(i * draw.InputDimension) + k] * inputs[(j * draw.InputDimension) + k];
                    (product, size) = (product + term, size + Math.Abs(term));
                }

                return Math.Abs(kernel[(i * n) + j] - (products.Sum() * product / draw.Width)) <= 4 * γ * products.Sum(Math.Abs) * size / draw.Width;
            }));
        }));

    /// <summary>What a step counts is what exact arithmetic finds before and after it; and to count changes no bit of the step.</summary>
    [Test]
    public void Step_ThatCounts_CountsTheNeuronsThatChangePiece() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            const double η = 0.9;
            var (network, before, plain, inputs, targets) = (draw.Network(), draw.Network(), draw.Network(), draw.Inputs(), draw.Targets());
            var (state, other, counts) = (new ShallowState<double>(network, draw.Samples), new ShallowState<double>(plain, draw.Samples), new int[draw.Samples]);
            network.Forward(inputs, state);
            plain.Forward(inputs, other);
            ShallowDescent.Step<double>(network, targets, η, state, counts);
            ShallowDescent.Step<double>(plain, targets, η, other);
            var expected = Enumerable.Range(0, draw.Samples).Select(i => Enumerable.Range(0, draw.Width).Count(r =>
                ExactActivation.Piece(draw.Activation, PreActivation(before, inputs, r, i).Value) != ExactActivation.Piece(draw.Activation, PreActivation(network, inputs, r, i).Value)));
            return counts.SequenceEqual(expected) && state.Output.AsSpan().SequenceEqual(other.Output);
        }));

    /// <summary>max(z, 0) written with an idle breakpoint goes another way through the code and must arrive at the same bits.</summary>
    [Test]
    public void Rectifier_WithAnIdleBreakpoint_HasTheSameBits()
    {
        var (inputs, targets) = (new double[5 * 4], new double[5]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, 1);
        RandomStream.FromSeed(3).FillGaussian<double>(targets, 1);
        Assert.That(Trained(new PiecewiseAffine([0, 1], [0, 1, 1])), Is.EqualTo(Trained(PiecewiseAffine.Rectifier)));

        double[] Trained(PiecewiseAffine activation)
        {
            var network = new ShallowNetwork<double>(4, 700, activation);
            network.Initialise(RandomStream.FromSeed(1));
            var (state, kernel) = (new ShallowState<double>(network, 5), new double[25]);
            network.Forward(inputs, state);
            for (var step = 0; step < 5; step++)
            {
                ShallowDescent.Step<double>(network, targets, 0.1, state);
            }

            ShallowKernel.Compute<double>(network, inputs, state, kernel, new double[25]);
            return [.. state.Output, .. kernel];
        }
    }

    [Test]
    public void InitialiseMirrored_AnyActivation_HasOutputsOfZero()
    {
        var activation = new PiecewiseAffine([-0.7, 0.3, 1.1], [0.2, -1.3, 0.9, 0.1]);
        var (network, inputs) = (new ShallowNetwork<double>(3, 1500, activation), new double[21]);
        network.InitialiseMirrored(RandomStream.FromSeed(4));
        RandomStream.FromSeed(5).FillGaussian<double>(inputs, 1);
        var state = new ShallowState<double>(network, 7);
        network.Forward(inputs, state);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.Output, Is.All.Zero);
            Assert.That(Enumerable.Range(0, 750).Select(p => Weight(network, 2 * p, 0)), Is.Unique);
            Assert.That(() => new ShallowNetwork<double>(3, 7).InitialiseMirrored(RandomStream.FromSeed(4)), Throws.InvalidOperationException.With.Message.Contains("7 is odd"));
        }
    }

    /// <summary>An input and its rotations by 60°, 90° and 180°: H^∞ = c(π − θ)/2π in closed form.</summary>
    [TestCase(1, 0.5)]
    [TestCase(0.5, 1.0 / 6)]
    [TestCase(0, 0)]
    [TestCase(-1, 0)]
    public void LimitKernel_AtKnownAngles_HasItsClosedValue(double cosine, double expected) => Assert.That(ShallowKernel.Limit(cosine), Is.EqualTo(expected).Within(1e-15));

    [Test]
    public void Initialise_DrawsNormalRowsAndSignsOfBothKinds()
    {
        var network = new ShallowNetwork<double>(2, 2000);
        network.Initialise(RandomStream.FromSeed(3));
        double[] signs = [.. Enumerable.Range(0, 2000).Select(r => Sign(network, r))];
        using (Assert.EnterMultipleScope())
        {
            // Six standard deviations of a sum of 2000 signs and of 4000 squared normals.
            Assert.That(signs, Has.All.EqualTo(1).Or.EqualTo(-1));
            Assert.That(Math.Abs(signs.Sum()), Is.LessThan(6 * Math.Sqrt(2000)));
            Assert.That(Enumerable.Range(0, 2000).Sum(r => Math.Pow(Weight(network, r, 0), 2) + Math.Pow(Weight(network, r, 1), 2)), Is.EqualTo(4000).Within(6 * Math.Sqrt(2 * 4000)));
            Assert.That(Weight(network, 0, 0), Is.Not.EqualTo(Weight(network, ShallowNetwork<double>.BlockWidth, 0)), "blocks are drawn independently");
        }
    }

    [Test]
    public void Forward_WithAStateOfAnotherShape_SaysWhatDoesNotFit()
    {
        var network = new ShallowNetwork<double>(3, 8);
        var state = new ShallowState<double>(new ShallowNetwork<double>(3, 9), 2);
        Assert.That(() => network.Forward(new double[6], state), Throws.ArgumentException.With.Message.Contains("width 9"));
    }

    [Test, NonParallelizable]
    public void StepAndKernel_AfterWarmUp_AllocateNothing()
    {
        AllocatesNothing<double>(PiecewiseAffine.Rectifier);
        AllocatesNothing<float>(PiecewiseAffine.WithSlopes(0.1, 1));
    }

    private static void AllocatesNothing<T>(PiecewiseAffine activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Samples = 5, Inputs = 4;
        var (network, counts) = (new ShallowNetwork<T>(Inputs, 700, activation), new int[Samples]);
        network.Initialise(RandomStream.FromSeed(1));
        var state = new ShallowState<T>(network, Samples);
        var (x, y, kernel, workspace) = (new T[Samples * Inputs], new T[Samples], new T[Samples * Samples], new T[ShallowKernel.WorkspaceLength(Samples)]);
        RandomStream.FromSeed(2).FillGaussian<T>(x, T.One);
        var η = T.CreateChecked(1e-3);
        Work();
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < 200; k++)
        {
            Work();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, typeof(T).Name);

        void Work()
        {
            network.Forward(x, state);
            ShallowDescent.Step<T>(network, y, η, state, counts);
            ShallowKernel.Compute<T>(network, x, state, kernel, workspace);
        }
    }

    private static double Weight(ShallowNetwork<double> network, int neuron, int coordinate) =>
        network.Hidden(neuron / ShallowNetwork<double>.BlockWidth)[neuron % ShallowNetwork<double>.BlockWidth, coordinate];

    private static double Sign(ShallowNetwork<double> network, int neuron) =>
        network.Output(neuron / ShallowNetwork<double>.BlockWidth)[neuron % ShallowNetwork<double>.BlockWidth, 0];

    /// <summary>⟨w_r, x_i⟩ exactly, and Σ|w_rk x_ik|.</summary>
    private static (BigRational Value, double Size) PreActivation(ShallowNetwork<double> network, double[] inputs, int neuron, int sample)
    {
        var (value, size) = (default(BigRational), 0.0);
        for (var k = 0; k < network.InputDimension; k++)
        {
            var (w, x) = (Weight(network, neuron, k), inputs[(sample * network.InputDimension) + k]);
            (value, size) = (value + (BigRational.Exactly(w) * BigRational.Exactly(x)), size + Math.Abs(w * x));
        }

        return (value, size);
    }
}
