using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Threads;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>Kernels of infinite width: closed values, laws that hold for all inputs, and hostile data.</summary>
public sealed class InfiniteWidthKernelTests
{
    /// <summary>Slopes, hidden layers, and n inputs in 𝔡 dimensions of norms from 10⁻³ to 10³, some of them copies, nearly copies, multiples or negatives of others.</summary>
    private static readonly Arbitrary<Draw> Any = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from samples in Gen.Choose(1, 12)
        from dimension in Gen.Choose(1, 9)
        from layers in Gen.Choose(1, 6)
        from negative in Gen.Elements(0.0, 0.1, -0.3, -1, 1)
        from bias in Gen.Elements(0.0, 0.0, 1e-6, 1)
        select new Draw(seed, samples, dimension, layers, negative, bias));

    private static readonly double[] Unit = [1, 0], Perpendicular = [0, 1];

    /// <summary>k_L(u) as independently tabulated to 7 digits; |x̃||x̃′|k_L + 1 at x = 0 and x′ with |x̃′| = 2, where u = ½.</summary>
    [TestCase(1, 0.942331)]
    [TestCase(2, 1.351480)]
    [TestCase(3, 1.737845)]
    public void WithInputAndOutputBias_AtSixtyDegrees_HasItsTabulatedValue(int layers, double expected) =>
        Assert.That((Value(InfiniteWidthKernel.WithInputAndOutputBias(layers), [0, 0, 0], [1, 1, 1]) - 1) / 2, Is.EqualTo(expected).Within(5e-7));

    /// <summary>Both are recursions of some ten roundings a layer that do not amplify: 10⁻¹³ relative.</summary>
    [Test]
    public void FrozenEnds_AnyAngle_IsTheLimitKernel([Values(1, 3, 12)] int depth, [Values(0.1, 1, 2, 3)] double angle)
    {
        double[] x = [1, 0], y = [Math.Cos(angle), Math.Sin(angle)];
        Assert.That(Value(InfiniteWidthKernel.FrozenEnds(depth), x, y), Is.EqualTo(LimitKernel.Value(Math.Cos(angle), depth)).Within(1e-13 * depth));
    }

    /// <summary>Perpendicular inputs, |z|: E|u||v| = 2/π of E u² = 1, and no derivative in common: the last layer alone.</summary>
    [Test]
    public void AbsoluteValue_PerpendicularInputs_HasItsClosedValue() =>
        Assert.That(Value(InfiniteWidthKernel.FullyConnected(1, PiecewiseAffine.AbsoluteValue, LimitingKernel.Tangent), Unit, Perpendicular), Is.EqualTo(2 / Math.PI).Within(1e-15));

    /// <summary>
    /// The recursion as printed in 70 digits, all σ_w² = 1/E φ². 1 − c after l layers is known to l/2 roundings of a layer, and each deviation to one more in each: some 2000u for L = 1000, so 10⁻¹² (measured: 2·10⁻¹³). The enclosures grow
    /// with the sum of all roundings instead, a few times L²u = 10⁻¹⁰.
    /// </summary>
    [TestCase(0.0, 0.0, 1, 0, 1, 7.450580596923828e-09, 2.0, 2001.9976260380694)]
    [TestCase(0.0, 0.0, 1, 0, 1, 0.125, 2.0154876704519807, 543.82389146045642)]
    [TestCase(0.0, 0.0, 2, 1, -1, 1.0, 6.324282257043795, 1602.708651839245)]
    [TestCase(0.0, 0.0, 1, 0, -1, 9.5367431640625e-07, 1.999913570023238, 506.58684291868318)]
    [TestCase(0.0, 1.0, 1, 0, 1, 7.450580596923828e-09, 1003.0, 503502.97862013355)]
    [TestCase(0.0, 1.0, 1, 0, 1, 0.125, 1003.0121821943929, 363876.81793011755)]
    [TestCase(0.0, 1.0, 2, 1, -1, 1.0, 1007.9780821979155, 261470.5914303195)]
    [TestCase(0.0, 1.0, 1, 0, -1, 9.5367431640625e-07, 1002.989365781718, 290566.77749793651)]
    [TestCase(-1.0, 0.0, 1, 0, 1, 7.450580596923828e-09, 1.0, 1000.9976260411941)]
    [TestCase(-1.0, 0.0, 1, 0, 1, 0.125, 1.0077719310855135, 262.62941989284666)]
    [TestCase(-1.0, 0.0, 2, 1, -1, 1.0, 3.1622434342489795, 800.31973615019945)]
    [TestCase(-1.0, 0.0, 1, 0, -1, 9.5367431640625e-07, 1.0000000000000002, 1000.6962348318923)]
    [TestCase(-1.0, 1.0, 1, 0, 1, 7.450580596923828e-09, 1002.0, 502501.96983902308)]
    [TestCase(-1.0, 1.0, 1, 0, 1, 0.125, 1002.006672959939, 346696.35289570777)]
    [TestCase(-1.0, 1.0, 2, 1, -1, 1.0, 1004.4945366547268, 260328.07095376564)]
    [TestCase(-1.0, 1.0, 1, 0, -1, 9.5367431640625e-07, 1001.9973675191763, 290769.43418669893)]
    public void FullyConnected_ThousandLayers_HasItsReferenceValues(double negative, double bias, double x0, double x1, double y0, double y1, double process, double tangent)
    {
        var φ = PiecewiseAffine.WithSlopes(negative, 1);
        KernelLayer[] layers = [.. Enumerable.Repeat(new KernelLayer(2 / ((negative * negative) + 1), bias), 1001)];
        foreach (var (kind, expected) in new[] { (LimitingKernel.GaussianProcess, process), (LimitingKernel.Tangent, tangent) })
        {
            var kernel = InfiniteWidthKernel.FullyConnected(layers, φ, kind);
            Assert.That(Value(kernel, [x0, x1], [y0, y1]), Is.EqualTo(expected).Within(1e-12 * expected));
            var (midpoint, radius) = (new double[1], new double[1]);
            kernel.Enclose([x0, x1], 1, [y0, y1], 1, new(midpoint, radius), new Ball[kernel.EnclosureLength(1, 1, 2)]);
            Assert.That(Math.Abs(midpoint[0] - expected), Is.LessThanOrEqualTo(radius[0] + Math.BitIncrement(expected) - expected), "17 digits of the reference");
            Assert.That(radius[0], Is.LessThan(1e-9 * expected));
        }
    }

    /// <summary>φ(z) = z: Σ = ⟨x, x′⟩ through every layer, and Θ adds one of them for every layer.</summary>
    [Test]
    public void Identity_AnyInputs_CountsItsLayers() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Any, draw =>
    {
        var (x, n, d) = (draw.Inputs(), draw.Samples, draw.Dimension);
        var gram = Gram(InfiniteWidthKernel.FullyConnected(draw.Layers, PiecewiseAffine.WithSlopes(1, 1), LimitingKernel.Tangent), x, n);
        return Enumerable.Range(0, n * n).All(at =>
        {
            var inner = FixedOrder.Dot<double>(x.AsSpan(at / n * d, d), x.AsSpan(at % n * d, d));
            return Math.Abs(gram[at] - ((draw.Layers + 1) * inner)) <= 1e-13 * draw.Layers * Math.Sqrt(gram[at / n * (n + 1)] * gram[at % n * (n + 1)]);
        });
    }));

    /// <summary>Without biases k(sx, tx′) = st k(x, x′): to the bit where s and t are powers of two, because nothing is rounded then.</summary>
    [Test]
    public void WithoutBiases_InputsScaledByPowersOfTwo_IsHomogeneousToTheBit() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Any, Arb.From(Gen.Choose(-60, 60)), (draw, exponent) =>
    {
        var kernel = (draw with { Bias = 0 }).Kernel(LimitingKernel.Tangent);
        var x = draw.Inputs();
        var scaled = Array.ConvertAll(x, value => Math.ScaleB(value, exponent));
        return Gram(kernel, scaled, draw.Samples).AsSpan().SequenceEqual(Array.ConvertAll(Gram(kernel, x, draw.Samples), value => Math.ScaleB(value, 2 * exponent)));
    }));

    /// <summary>
    /// A kernel's matrix is positive semidefinite, so no eigenvalue of the enclosed one lies below zero by more than its radii and Weyl's bound: copies included, of which the smallest eigenvalue is zero. The enclosure holds the plain value, but for 10⁻¹² of
    /// the product of deviations.
    /// </summary>
    [Test]
    public void Gram_AnyInputs_IsSymmetricPositiveAndWhereTheEnclosureSays() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Any, Arb.From(Gen.Elements(LimitingKernel.Tangent, LimitingKernel.GaussianProcess)), (draw, kind) =>
    {
        var (kernel, x, n) = (draw.Kernel(kind), draw.Inputs(), draw.Samples);
        var gram = Gram(kernel, x, n);
        var (midpoints, radii) = (new double[n * n], new double[n * n]);
        kernel.Enclose(x, n, x, n, new(midpoints, radii), new Ball[kernel.EnclosureLength(n, n, draw.Dimension)]);
        var (values, workspace) = (new double[n], new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        SymmetricEigen.Values((double[])gram.Clone(), n, values, workspace);
        var largest = values[^1];
        return values[0] >= -1e-13 * n * largest && Enumerable.Range(0, n * n).All(at =>
        {
            var scale = Math.Sqrt(gram[at / n * (n + 1)] * gram[at % n * (n + 1)]);
            return gram[at].Equals(gram[(at % n * n) + (at / n)]) && double.IsFinite(gram[at]) && Math.Abs(gram[at]) <= scale * (1 + 1e-12)
                && Math.Abs(gram[at] - midpoints[at]) <= radii[at] + (1e-12 * scale) && radii[at] <= 1e-10 * scale;
        });
    }));

    /// <summary>Norms from 10⁻³⁰⁰ to 10³⁰⁰, zeros, a thousand layers that grow or shrink: entries may leave the range of double, but never the order.</summary>
    [Test]
    public void Block_HostileScales_NeverYieldsNaN([Values(1, 50, 1000)] int depth, [Values(0.01, 2, 1e6)] double weight, [Values(0.0, 1e-30, 1)] double bias, [Values(0.0, -1)] double negative)
    {
        double[] scales = [0, double.Epsilon, 1e-300, 1e-160, 1e-8, 1, 1e8, 1e160, 1e300];
        double[] x = [.. scales.SelectMany(scale => new[] { scale, -scale / 3, scale, scale * (1 - 1e-15), 0, scale })];
        var layers = Enumerable.Repeat(new KernelLayer(weight, bias), depth + 1).ToArray();
        foreach (var kind in Enum.GetValues<LimitingKernel>())
        {
            Assert.That(Gram(InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(negative, 1), kind), x, x.Length / 2), Has.None.NaN);
        }
    }

    /// <summary>The same bits whatever the tiles and the team: 300 samples are five strips.</summary>
    [Test]
    public void Gram_OfManyTiles_HasTheBitsOfSinglePairsAndOfATeam()
    {
        var (n, d) = (300, 5);
        var x = new double[n * d];
        RandomStream.FromSeed(3).FillGaussian<double>(x, 1);
        var kernel = InfiniteWidthKernel.WithInputAndOutputBias(3);
        var gram = Gram(kernel, x, n);
        using var team = new ThreadTeam(3);
        var shared = new double[n * n];
        KernelMatrix.Gram(kernel, x, n, shared, new double[KernelMatrix.WorkspaceLength(kernel, n, d, 3)], team);
        Assert.That(shared, Is.EqualTo(gram));
        foreach (var (i, j) in new[] { (299, 0), (64, 63), (17, 4), (255, 254) })
        {
            Assert.That(gram[(i * n) + j], Is.EqualTo(Value(kernel, x[(i * d)..((i + 1) * d)], x[(j * d)..((j + 1) * d)])));
        }
    }

    [Test]
    public void Block_AShapeThatDoesNotFit_IsRefused()
    {
        var kernel = InfiniteWidthKernel.Convolutional(PositionGraph.Ring(4, 3), [new(1), new(2)], PiecewiseAffine.Rectifier, KernelReadout.Flatten, LimitingKernel.Tangent);
        Assert.That(() => kernel.Block(new double[6], 1, new double[6], 1, new double[1], new double[9999]), Throws.ArgumentException.With.Message.Contains("channels"));
        Assert.That(() => kernel.Block(new double[8], 1, new double[8], 2, new double[2], new double[9999]), Throws.ArgumentException);
        Assert.That(() => InfiniteWidthKernel.FullyConnected([new(1)], PiecewiseAffine.Rectifier, LimitingKernel.Tangent), Throws.ArgumentException);
    }

    [Test]
    public void Activation_ThatIsNotHomogeneous_IsRefused()
    {
        Assert.That(() => Kernel(PiecewiseAffine.WithSlopes(0, 0)), Throws.ArgumentException.With.Message.Contains("does not vanish"));
        Assert.That(() => Kernel(new([1], [0, 1])), Throws.ArgumentException.With.Message.Contains("PiecewiseAffineKernel"));
        Assert.That(() => Kernel(new([0], [0, 1], intercept: 1)), Throws.ArgumentException.With.Message.Contains("PiecewiseAffineKernel"));
        Assert.That(() => new ResidualKernel(1, 1, new([1], [0, 1]), LimitingKernel.Tangent), Throws.ArgumentException.With.Message.Contains("PiecewiseAffineKernel"));

        static InfiniteWidthKernel Kernel(PiecewiseAffine φ) => InfiniteWidthKernel.FullyConnected(1, φ, LimitingKernel.Tangent);
    }

    private static double[] Gram(IKernel kernel, double[] x, int n)
    {
        var gram = new double[n * n];
        KernelMatrix.Gram(kernel, x, n, gram, new double[KernelMatrix.WorkspaceLength(kernel, n, x.Length / n)]);
        return gram;
    }

    private static double Value(IKernel kernel, double[] x, double[] y)
    {
        var value = new double[1];
        kernel.Block(x, 1, y, 1, value, new double[kernel.WorkspaceLength(1, 1, x.Length)]);
        return value[0];
    }

    public sealed record Draw(int Seed, int Samples, int Dimension, int Layers, double Negative, double Bias)
    {
        public InfiniteWidthKernel Kernel(LimitingKernel kind)
        {
            var φ = PiecewiseAffine.WithSlopes(Negative, 1);
            return InfiniteWidthKernel.FullyConnected([.. Enumerable.Repeat(new KernelLayer(2 / ((Negative * Negative) + 1), Bias), Layers + 1)], φ, kind);
        }

        public double[] Inputs()
        {
            var random = new Random(Seed);
            var x = new double[Samples * Dimension];
            for (var i = 0; i < Samples; i++)
            {
                var (model, factor, near) = (random.Next(i + 1), random.Next(4) switch { 0 => 1, 1 => -1, 2 => 3, _ => 0 }, random.Next(3) * Math.Pow(10, -random.Next(16)));
                var scale = Math.Pow(10, random.Next(-3, 4));
                for (var k = 0; k < Dimension; k++)
                {
                    x[(i * Dimension) + k] = (factor * x[(model * Dimension) + k]) + ((factor == 0 ? 1 : near) * scale * (random.NextDouble() - 0.5));
                }
            }

            return x;
        }
    }
}
