using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Training;

/// <summary>The losses of appendix A: values and gradients against exact arithmetic where they are rational, against each other where they are not, and the constants that theorems use.</summary>
public sealed class LossTests
{
    private static IEnumerable<Loss> Losses => Loss.All;

    private static IEnumerable<Loss> Rational => [Loss.Squared, Loss.GradientDominant, Loss.Bounded];

    /// <summary>Outputs and admissible targets of up to four coordinates: a distribution for cross-entropy, signs for the logistic loss, any numbers otherwise.</summary>
    private static Arbitrary<(double[] Z, double[] Y)> Samples(Loss loss) => Arb.From(
        from d in Gen.Choose(loss == Loss.CrossEntropy ? 2 : 1, 4)
        from scale in Gen.Elements(1e-3, 1.0, 30.0, 800.0)
        from z in Gen.Choose(-1_000_000, 1_000_000).Select(k => k * 1e-6 * scale).ArrayOf(d)
        from y in Gen.Choose(-1_000_000, 1_000_000).Select(k => k * 1e-6).ArrayOf(d)
        from label in Gen.Choose(0, d - 1)
        select (z, Targets(loss, y, label)));

    private static double[] Targets(Loss loss, double[] y, int label) =>
        loss == Loss.CrossEntropy ? [.. y.Select((_, j) => j == label ? 1.0 : 0)]
        : loss == Loss.Logistic ? Array.ConvertAll(y, v => v >= 0 ? 1.0 : -1)
        : y;

    [TestCaseSource(nameof(Losses))]
    public void Enclosure_OfAnExactOutput_HoldsThePlainValueNarrowly(Loss loss) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Samples(loss), sample =>
        {
            var (gradient, balls) = (new double[sample.Z.Length], new Ball[sample.Z.Length]);
            var value = loss.Value(sample.Z, sample.Y, gradient);
            var ball = loss.Enclose(Array.ConvertAll(sample.Z, Ball.Exactly), sample.Y, balls);

            // Two computations of one number, each within the enclosure's own radius of it, up to a reordered last rounding or two.
            var holds = Math.Abs(value - ball.Midpoint) <= (4 * ball.Radius) + (4 * Rounding.Unit * Math.Abs(value));
            for (var j = 0; j < gradient.Length; j++)
            {
                holds &= Math.Abs(gradient[j] - balls[j].Midpoint) <= (4 * balls[j].Radius) + (4 * Rounding.Unit * (1 + Math.Abs(gradient[j])));
            }

            return holds && ball.Radius <= 1e-12 * (1 + Math.Abs(value) + sample.Z.Max(Math.Abs));
        }));

    [TestCaseSource(nameof(Rational))]
    public void Enclosure_OfARationalLoss_HoldsTheExactValueAndGradient(Loss loss) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Samples(loss), sample =>
        {
            var balls = new Ball[sample.Z.Length];
            var ball = loss.Enclose(Array.ConvertAll(sample.Z, Ball.Exactly), sample.Y, balls);
            var (value, gradient) = Exactly(loss, sample.Z, sample.Y);
            return Holds(ball, value) && balls.Zip(gradient).All(pair => Holds(pair.First, pair.Second));
        }));

    /// <summary>
    /// ∇f integrated along a segment is the difference of f. Simpson's rule would need a fourth derivative; the mean value theorem needs none: with ∇f Lipschitz (constant S), f(z + h) − f(z) − ⟨∇f(z), h⟩ lies within ½S‖h‖².
    /// A wrong sign, factor or term of the gradient breaks it on a short segment; a wrong constant S on a long one.
    /// </summary>
    [TestCaseSource(nameof(Losses))]
    public void Value_AlongASegment_StaysWithinHalfTheSmoothnessOfItsTangent(Loss loss) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Samples(loss), Arb.From(Gen.Elements(1e-4, 1e-2, 1.0, 5.0)), (sample, length) =>
        {
            var d = sample.Z.Length;
            var (gradient, balls) = (new Ball[d], new Ball[d]);
            var moved = new Ball[d];
            var (linear, squared) = (Ball.Exactly(0), Ball.Exactly(0));
            var before = loss.Enclose(Array.ConvertAll(sample.Z, Ball.Exactly), sample.Y, gradient);
            for (var j = 0; j < d; j++)
            {
                var step = Ball.Exactly(length * (((j * 7) % 3) - 0.7));
                moved[j] = Ball.Exactly(sample.Z[j]) + step;
                linear += gradient[j] * step;
                squared += Ball.Square(step);
            }

            var remainder = loss.Enclose(moved, sample.Y, balls) - before - linear;
            var allowed = squared * Ball.Exactly(loss.Smoothness / 2);
            var isConvex = !loss.IsConvex || remainder.Upper >= 0;
            return isConvex && remainder.Lower <= allowed.Upper && remainder.Upper >= -allowed.Upper;
        }));

    /// <summary>The constant is the smallest: half of it is refuted where each loss is most curved, at r = 0.</summary>
    [TestCaseSource(nameof(Losses))]
    public void Smoothness_OfEveryLoss_IsAttained(Loss loss)
    {
        double[] y = loss == Loss.CrossEntropy ? [1, 0] : loss == Loss.Logistic ? [1] : [0.25];
        double[] at = loss == Loss.CrossEntropy ? [0.3, 0.3] : loss == Loss.Logistic ? [0] : [0.25];
        double[] direction = loss == Loss.CrossEntropy ? [Math.Sqrt(0.5), -Math.Sqrt(0.5)] : [1];
        const double Step = 1e-3;
        var (before, after) = (new double[y.Length], new double[y.Length]);
        loss.Value([.. at.Zip(direction, (z, u) => z - (Step * u))], y, before);
        loss.Value([.. at.Zip(direction, (z, u) => z + (Step * u))], y, after);
        var curvature = after.Zip(before, (a, b) => a - b).Zip(direction, (g, u) => g * u).Sum() / (2 * Step);

        // A central difference is off by ρ''''·step²/6, and |ρ''''| ≤ 36 for all of these.
        Assert.That(curvature, Is.EqualTo(loss.Smoothness).Within(6 * Step * Step));
    }

    [Test]
    public void GradientDominance_OfTheLossesThatHaveIt_HoldsOnAFineGrid()
    {
        foreach (var loss in Losses.Where(l => l.GradientDominance is not null))
        {
            for (var k = -4000; k <= 4000; k++)
            {
                var gradient = new double[1];
                var value = loss.Value([k * 0.01], [0.0], gradient);
                Assert.That(gradient[0] * gradient[0], Is.AtLeast(loss.GradientDominance!.Value * value * (1 - 1e-14)), $"{loss.Name} at r = {k * 0.01}");
            }
        }
    }

    [Test]
    public void GradientDominance_OfTheNonConvexLoss_IsNotMuchLargerThanItsConstant()
    {
        // The minimum of the ratio, at s = (√22 − 2)/18: r = √(1/s − 1).
        var s = (Math.Sqrt(22) - 2) / 18;
        var gradient = new double[1];
        var value = Loss.GradientDominant.Value([Math.Sqrt((1 / s) - 1)], [0.0], gradient);
        Assert.That(gradient[0] * gradient[0] / value, Is.InRange(0.19, 0.194));
    }

    [Test]
    public void Convexity_IsWhatEachLossSays()
    {
        foreach (var loss in Losses.Where(l => !l.IsConvex))
        {
            var gradient = new double[1];
            var (left, middle, right) = (loss.Value([0.8], [0.0], gradient), loss.Value([1.0], [0.0], gradient), loss.Value([1.2], [0.0], gradient));
            Assert.That(left + right, Is.LessThan(2 * middle), loss.Name);
        }
    }

    [Test]
    public void CrossEntropy_OfHugeOutputs_DoesNotOverflow()
    {
        var gradient = new double[2];
        Assert.That(Loss.CrossEntropy.Value([5000, -5000], [0, 1], gradient), Is.EqualTo(10000));
        Assert.That(gradient, Is.EqualTo(new[] { 1.0, -1.0 }));
    }

    private static (BigRational Value, BigRational[] Gradient) Exactly(Loss loss, double[] z, double[] y)
    {
        BigRational sum = 0;
        var gradient = new BigRational[z.Length];
        for (var j = 0; j < z.Length; j++)
        {
            var r = BigRational.Exactly(z[j]) - BigRational.Exactly(y[j]);
            var (square, s) = (r * r, 1 / (1 + (r * r)));
            (var value, gradient[j]) = loss == Loss.Squared ? (square / 2, r)
                : loss == Loss.Bounded ? (square * s / 2, r * s * s)
                : (((square / 2) + (3 * square * s)) / 7, r * (1 + (6 * s * s)) / 7);
            sum += value;
        }

        return (sum, gradient);
    }

    private static bool Holds(Ball ball, BigRational value) => BigRational.Abs(value - BigRational.Exactly(ball.Midpoint)) <= BigRational.Exactly(ball.Radius);
}
