using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Ball Gram matrices by themselves. In a network their operands always have radii, beside which the rounding of the inner products does not show; here it is alone.</summary>
public sealed class CertifiedGramTests
{
    private const int Stride = 16;

    private static Config Cases => PropertyCases.Of(1000);

    [Test]
    public void Gram_ExactHardNumbers_HoldsExactInnerProducts() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw => Holds(draw, withRadii: false)));

    [Test]
    public void Gram_HardBalls_HoldsInnerProductsOfTheirPoints() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw => Holds(draw, withRadii: true)));

    [Test]
    public void Gram_OrdinaryBalls_NormsAreThoseOfTheRemarks()
    {
        // σ = ‖|x| + r/2‖ and ρ = ‖r + ½γ|x|‖, each rounded up in a few roundings a feature.
        const int Features = 12, n = 3;
        var draw = new HardNumbers(Harness.Claims.Fuzzing.NumberKind.Ordinary, Features, n, 5);
        var (x, r) = (new double[Features * Stride], new double[Features * Stride]);
        for (var e = 0; e < Features * n; e++)
        {
            x[(e / n * Stride) + (e % n)] = draw.Draw<double>("x", Features * n)[e];
            r[(e / n * Stride) + (e % n)] = e % n == 0 ? 0 : 1e-3 * (1 + (e % 5));
        }

        var (k, σ, ρ) = (new double[n * n], new double[Stride], new double[Stride]);
        CertifiedGram.Compute(new BallSpan<double>(x, r), Features, n, Stride, k, σ, ρ);
        for (var i = 0; i < n; i++)
        {
            double Norm(Func<double, double, double> of) => Math.Sqrt(Enumerable.Range(0, Features).Sum(f => Math.Pow(of(Math.Abs(x[(f * Stride) + i]), r[(f * Stride) + i]), 2)));
            Assert.That(σ[i], Is.EqualTo(Norm((a, b) => a + (b / 2))).Within(1e-12).Percent);
            Assert.That(ρ[i], Is.EqualTo(Norm((a, b) => b + (Rounding.Gamma(Features) / 2 * a))).Within(1e-11).Percent);
        }
    }

    /// <summary>Squares just below half of the smallest number η are rounded to nothing; by 4η for each, and one more for rounding, their roots are counted all the same.</summary>
    [TestCase(1)]
    [TestCase(9)]
    [TestCase(1000)]
    public void Gram_SquaresThatUnderflow_NormsAreAbove(int features)
    {
        const double Lost = 1.57e-162;
        var (x, σ) = (Enumerable.Repeat(Lost, features * Stride).ToArray(), new double[Stride]);
        CertifiedGram.Compute(new BallSpan<double>(x, new double[x.Length]), features, 1, Stride, new double[1], σ, new double[Stride]);
        Assert.That(Lost * Lost, Is.Zero);
        Assert.That(σ[0], Is.InRange(Lost * Math.Sqrt(features), 4.98e-162 * Math.Sqrt(features)));
        Assert.That(CertifiedGram.Underflow<double>(features), Is.EqualTo(features * Math.ScaleB(1, -900)));
        Assert.That(CertifiedGram.Underflow<float>(features), Is.EqualTo(features * Math.ScaleB(1, -100)));
    }

    private static bool Holds(HardNumbers draw, bool withRadii)
    {
        // Rows are features, columns vectors; a batch is padded to whole vectors of zeros.
        var (features, n) = (draw.Rows, draw.Columns);
        var numbers = draw.Draw<double>("x", features * n);
        var radii = withRadii ? draw.DrawRadii<double>("r", features * n) : new double[features * n];
        var points = draw.PointsWithin<double>("points", numbers, radii);
        var (x, r) = (new double[features * Stride], new double[features * Stride]);
        for (var e = 0; e < numbers.Length; e++)
        {
            (x[(e / n * Stride) + (e % n)], r[(e / n * Stride) + (e % n)]) = (numbers[e], radii[e]);
        }

        var (k, σ, ρ) = (new double[n * n], new double[Stride], new double[Stride]);
        CertifiedGram.Compute(new BallSpan<double>(x, r), features, n, Stride, k, σ, ρ);
        var underflow = BigRational.Exactly(CertifiedGram.Underflow<double>(features));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (!double.IsFinite(k[(i * n) + j]) || !double.IsFinite(σ[i]) || !double.IsFinite(σ[j]) || !double.IsFinite(ρ[i]) || !double.IsFinite(ρ[j]))
                {
                    continue; // an overflow states nothing
                }

                BigRational product = 0;
                for (var f = 0; f < features; f++)
                {
                    product += points[(f * n) + i] * points[(f * n) + j];
                }

                var radius = (BigRational.Exactly(ρ[i]) * BigRational.Exactly(σ[j])) + (BigRational.Exactly(σ[i]) * BigRational.Exactly(ρ[j])) + underflow;
                if (BigRational.Abs(BigRational.Exactly(k[(i * n) + j]) - product) > radius)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
