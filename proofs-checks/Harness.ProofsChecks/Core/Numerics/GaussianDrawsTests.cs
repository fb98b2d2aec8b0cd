using Harness.Core.Numerics;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The Gaussian draws as a sample of the normal distribution. Every assertion is at false-alarm level 10⁻⁹ on a fixed seed.</summary>
public sealed class GaussianDrawsTests
{
    private const int Count = 1 << 21;

    /// <summary>|z| of a standard normal number exceeds this with probability 10⁻⁹.</summary>
    private const double Quantile = 6.11;

    private static readonly double[] Draws = Draw();

    [Test]
    public void Pair_OfTwoWords_IsTheirBoxMullerTransform()
    {
        var stream = RandomStream.FromSeed(7);
        for (var k = 0; k < 10_000; k++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(stream.Uniform((ulong)(2 * k))));
            var angle = 2 * Math.PI * stream.Uniform((ulong)((2 * k) + 1));

            // The reference's angle is rounded by up to 2 · 2⁻⁵³ · 2π = 1.4·10⁻¹⁵, all else by a few ulp of at most 8.6: together below 8.6 · 2.3·10⁻¹⁵.
            Assert.That(Draws[2 * k], Is.EqualTo(radius * Math.Cos(angle)).Within(2e-14));
            Assert.That(Draws[(2 * k) + 1], Is.EqualTo(radius * Math.Sin(angle)).Within(2e-14));
        }
    }

    [TestCase(1, 0, 1)] // E z = 0, Var z = 1
    [TestCase(2, 1, 2)] // E z² = 1, Var z² = 3 − 1
    [TestCase(3, 0, 15)] // E z³ = 0, Var z³ = 15
    [TestCase(4, 3, 96)] // E z⁴ = 3, Var z⁴ = 105 − 9
    public void Moment_TwoMillionDraws_WithinCentralLimitBound(int order, double expectation, double variance) =>
        Assert.That(Draws.Average(z => Math.Pow(z, order)), Is.EqualTo(expectation).Within(Quantile * Math.Sqrt(variance / Count)));

    [Test]
    public void PairOfOneTransform_SquaresIncluded_Uncorrelated()
    {
        var pairs = Enumerable.Range(0, Count / 2).Select(k => (X: Draws[2 * k], Y: Draws[(2 * k) + 1])).ToArray();
        Assert.That(pairs.Average(p => p.X * p.Y), Is.EqualTo(0).Within(Quantile * Math.Sqrt(2.0 / Count)));

        // (x² − 1)(y² − 1) has mean 0 and variance 2 · 2 under independence.
        Assert.That(pairs.Average(p => ((p.X * p.X) - 1) * ((p.Y * p.Y) - 1)), Is.EqualTo(0).Within(Quantile * Math.Sqrt(8.0 / Count)));
    }

    [Test]
    public void EmpiricalDistribution_AgainstNormal_WithinKolmogorovSmirnovBound()
    {
        var sorted = (double[])Draws.Clone();
        Array.Sort(sorted);
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var p = Normal.CDF(0, 1, sorted[i]);
            distance = Math.Max(distance, Math.Max(p - ((double)i / Count), ((i + 1.0) / Count) - p));
        }

        // Dvoretzky–Kiefer–Wolfowitz–Massart: P(distance > ε) ≤ 2 exp(−2nε²) for every n.
        Assert.That(distance, Is.LessThan(Math.Sqrt(Math.Log(2 / 1e-9) / (2.0 * Count))));
    }

    [TestCase(2.0)]
    [TestCase(3.0)]
    [TestCase(4.0)]
    public void Tail_BeyondThreshold_RightFrequencyOnEachSide(double threshold)
    {
        var probability = Normal.CDF(0, 1, -threshold);

        // Bernstein: P(|X − np| ≥ t) ≤ 2 exp(−t²/(2(np + t/3))) solved for t at level 10⁻⁹.
        var (mean, c) = (Count * probability, Math.Log(2 / 1e-9));
        var t = (c / 3) + Math.Sqrt((c * c / 9) + (2 * c * mean));
        Assert.That(Draws.Count(z => z > threshold), Is.EqualTo(mean).Within(t), "right tail");
        Assert.That(Draws.Count(z => z < -threshold), Is.EqualTo(mean).Within(t), "left tail");
    }

    private static double[] Draw()
    {
        var draws = new double[Count];
        RandomStream.FromSeed(7).FillGaussian(draws, 1.0);
        return draws;
    }
}
