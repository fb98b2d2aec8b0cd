using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>Activations with several kinks: against the closed form of one kink, and against quadrature of the defining expectations done elsewhere.</summary>
public sealed class PiecewiseAffineKernelTests
{
    private static readonly PiecewiseAffine HardTanh = new([-1, 1], [0, 1, 0], intercept: -1), Uneven = new([-0.5, 0.25, 2], [-1, 0.5, 2, 0], intercept: -0.45);

    /// <summary>
    /// One kink at zero has a closed form; the quadrature has to agree to its own radius and the 10⁻¹³ of the closed form. At equal norms it keeps its digits down to small angles; from antipodes on, covariances are known to some u absolutely and a
    /// root turns that into 10⁻⁷.
    /// </summary>
    [TestCase(1e-6, 1.0, 1e-12)]
    [TestCase(1e-3, 1.0, 1e-12)]
    [TestCase(0.3, 1.0, 1e-12)]
    [TestCase(0.3, 2.5, 1e-12)]
    [TestCase(1.5, 0.5, 1e-12)]
    [TestCase(2.5, 1.0, 1e-12)]
    [TestCase(3.1, 0.5, 1e-11)]
    public void OneKinkAtZero_IsTheClosedForm(double angle, double norm, double width)
    {
        double[] x = [1, 0], y = [norm * Math.Cos(angle), norm * Math.Sin(angle)];
        KernelLayer[] layers = [new(1), new(1.8, 0.1), new(1.5, 0, IsTrained: false), new(1)];
        foreach (var kind in Enum.GetValues<LimitingKernel>())
        {
            var closed = new double[1];
            var kernel = InfiniteWidthKernel.FullyConnected(layers, PiecewiseAffine.WithSlopes(-0.2, 1), kind);
            kernel.Block(x, 1, y, 1, closed, new double[kernel.WorkspaceLength(1, 1, 2)]);
            var ball = Enclose(new PiecewiseAffineKernel(layers, new([0], [-0.2, 1]), kind), x, y);
            Assert.That(Math.Abs(ball.Midpoint - closed[0]), Is.LessThanOrEqualTo(ball.Radius + (1e-13 * Math.Abs(closed[0]))));
            Assert.That(ball.Radius, Is.LessThan(width));
        }
    }

    /// <summary>References: E φ(u)E[φ(v) | u] by adaptive quadrature in 25 digits, all layers of σ_w² = 1.5 and σ_b² = 0.25; 16 digits are printed.</summary>
    [TestCase(true, 1, 0, 0.5, 1.0, 1, 0.6831426683311918, 1.147813422622306)]
    [TestCase(true, 1, 0, 0.5, 1.0, 2, 0.6809474480690344, 1.455097938982874)]
    [TestCase(true, 1, 0, -1, 0.25, 1, -0.341876347229524, -1.019557659441474)]
    [TestCase(true, 1, 0, -1, 0.25, 2, 0.03727259589820569, -0.6073101407808805)]
    [TestCase(true, 1, 0, 1, 0.0009765625, 1, 1.179317493239359, 2.623308576506597)]
    [TestCase(true, 1, 0, 1, 0.0009765625, 2, 1.072331600299386, 3.601166935241445)]
    [TestCase(true, 3, 0.5, 0.25, 0.5, 1, 0.6832396580509436, 1.145781922453202)]
    [TestCase(true, 3, 0.5, 0.25, 0.5, 2, 0.6808547691473934, 1.452778051684192)]
    [TestCase(false, 1, 0, 0.5, 1.0, 1, 3.709809422977357, 4.728091423936822)]
    [TestCase(false, 1, 0, 0.5, 1.0, 2, 7.708397626594713, 11.32862175483168)]
    [TestCase(false, 1, 0, -1, 0.25, 1, 3.020256306638046, 3.765196170625079)]
    [TestCase(false, 1, 0, -1, 0.25, 2, 7.13745393057817, 9.438945138840133)]
    [TestCase(false, 1, 0, 1, 0.0009765625, 1, 4.900826458862776, 9.748029014169966)]
    [TestCase(false, 1, 0, 1, 0.0009765625, 2, 9.259285105588951, 31.642659255099)]
    [TestCase(false, 3, 0.5, 0.25, 0.5, 1, 4.202409338413306, 4.944736944722625)]
    [TestCase(false, 3, 0.5, 0.25, 0.5, 2, 7.897350390547436, 10.24245499717152)]
    public void SeveralKinks_HasItsReferenceValues(bool tanh, double x0, double x1, double y0, double y1, int depth, double process, double tangent)
    {
        KernelLayer[] layers = [.. Enumerable.Repeat(new KernelLayer(1.5, 0.25), depth + 1)];
        foreach (var (kind, expected) in new[] { (LimitingKernel.GaussianProcess, process), (LimitingKernel.Tangent, tangent) })
        {
            var kernel = new PiecewiseAffineKernel(layers, tanh ? HardTanh : Uneven, kind);
            var (ball, plain) = (Enclose(kernel, [x0, x1], [y0, y1]), new double[1]);
            kernel.Block([x0, x1], 1, [y0, y1], 1, plain, new double[kernel.WorkspaceLength(1, 1, 2)]);
            Assert.That(Math.Abs(ball.Midpoint - expected), Is.LessThanOrEqualTo(ball.Radius + (1e-15 * Math.Abs(expected))));

            // At an angle of 10⁻³ between unequal norms, moments of up to 9 known to some ten u leave θ² = 10⁻⁶ a relative 10⁻⁸, hence θ an absolute 10⁻¹¹, times slopes and deviations of two layers.
            Assert.That(ball.Radius, Is.LessThan(1e-9));
            Assert.That(plain[0], Is.EqualTo(ball.Midpoint));
        }
    }

    private static Ball Enclose(ICertifiedKernel kernel, double[] x, double[] y)
    {
        var (midpoint, radius) = (new double[1], new double[1]);
        kernel.Enclose(x, 1, y, 1, new(midpoint, radius), new Ball[kernel.EnclosureLength(1, 1, x.Length)]);
        return new(midpoint[0], radius[0]);
    }
}
