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
    /// A term a_r ⟨w_r, x⟩ passes through at most 𝔡 roundings of the inner product, 512 + (number of blocks) of the sums and one of the scale, which itself carries two; the error is at most γ of these
    /// times (1/√m) Σ_r Σ_k |w_rk x_k|. A rectifier is 1-Lipschitz, so signs do not matter. The bound, computed in double, is enlarged by 10⁻³ for its own rounding.
    /// </summary>
    [Test]
    public void Forward_OfAnyShape_LiesWithinRoundingOfExactArithmetic() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs) = (draw.Network(), draw.Inputs());
            var state = new ShallowState<double>(network, draw.Samples);
            network.Forward(inputs, state);
            var scale = BigRational.Exactly(1 / Math.Sqrt(draw.Width));
            var γ = 1.001 * Rounding.Gamma(draw.InputDimension + Math.Min(draw.Width, ShallowNetwork<double>.BlockWidth) + network.Blocks + 3);
            return Enumerable.Range(0, draw.Samples).All(i =>
            {
                var (sum, majorant) = (default(BigRational), 0.0);
                for (var r = 0; r < draw.Width; r++)
                {
                    var (g, size) = PreActivation(network, inputs, r, i);
                    sum += g.Sign > 0 ? BigRational.Exactly(Sign(network, r)) * g : default;
                    majorant += size;
                }

                return Math.Abs((BigRational.Exactly(state.Output[i]) - (scale * sum)).ToDouble()) <= γ * majorant / Math.Sqrt(draw.Width);
            });
        }));

    /// <summary>
    /// w − η ∂Φ/∂w from the outputs as they stand. The update of a weight sums n products, each of a signal with five roundings (residual, scale and its two, η), and is added in one more:
    /// |error| ≤ γ_{n+7} (η/√m) Σ_i |v_i x_ik| + u |w|.
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
                        gradient += PreActivation(before, inputs, r, i).Value.Sign >= 0 ? Sign(before, r) * term : 0;
                        majorant += Math.Abs(term);
                    }

                    var (old, moved) = (Weight(before, r, k), Weight(network, r, k));
                    var scale = η / Math.Sqrt(draw.Width);
                    correct &= Math.Abs(moved - (old - (scale * gradient))) <= (2 * Rounding.Gamma(draw.Samples + 7) * scale * majorant) + (2 * Rounding.Unit * (Math.Abs(old) + Math.Abs(moved)));
                }
            }

            var swept = (double[])state.Output.Clone();
            network.Forward(inputs, state);
            return correct && swept.AsSpan().SequenceEqual(state.Output);
        }));

    /// <summary>H is ⟨x_i, x_j⟩ times a count of neurons that is exact; what rounds is the inner product, one product and one quotient.</summary>
    [Test]
    public void Kernel_OfAnyShape_CountsTheNeuronsActiveOnBothSamples() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ShallowDraw.Any, draw =>
        {
            var (network, inputs, n) = (draw.Network(), draw.Inputs(), draw.Samples);
            var kernel = new double[n * n];
            ShallowKernel.Compute(network, inputs, new ShallowState<double>(network, n), kernel, new double[ShallowKernel.WorkspaceLength(n)]);
            var active = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, draw.Width).Select(r => PreActivation(network, inputs, r, i).Value.Sign >= 0).ToArray()).ToArray();
            return Enumerable.Range(0, n).All(i => Enumerable.Range(0, n).All(j =>
            {
                var both = active[i].Zip(active[j], (a, b) => a && b ? 1 : 0).Sum();
                var (product, size) = (0.0, 0.0);
                for (var k = 0; k < draw.InputDimension; k++)
                {
                    var term = inputs[(i * draw.InputDimension) + k] * inputs[(j * draw.InputDimension) + k];
                    (product, size) = (product + term, size + Math.Abs(term));
                }

                return Math.Abs(kernel[(i * n) + j] - (both * product / draw.Width)) <= 2 * Rounding.Gamma(draw.InputDimension + 2) * both * size / draw.Width;
            }));
        }));

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
        AllocatesNothing<double>();
        AllocatesNothing<float>();
    }

    private static void AllocatesNothing<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Samples = 5, Inputs = 4;
        var network = new ShallowNetwork<T>(Inputs, 700);
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
            ShallowDescent.Step<T>(network, y, η, state);
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
