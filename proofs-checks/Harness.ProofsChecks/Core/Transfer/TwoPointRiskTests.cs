using Harness.Core.Transfer;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>B(u) against its definition by Simpson's rule, and its supremum.</summary>
public sealed class TwoPointRiskTests
{
    [Test]
    public void At_AnyDistance_IsItsDefinition([Values(0.1, 0.5, 1, 2.456, 4, 8, 12)] double u)
    {
        // u² E[p(1 − p)], X from either normal with probability ½: u²/2 ∫ φ(x)φ(x − u)/(φ(x) + φ(x − u)) dx. Simpson's rule with h = u/4096 or less: the fourth derivative is below (1 + u)⁴ ≤ 3·10⁴, the range 20 + u,
        // so the error is below u²/2 · 32 · 3·10⁴ h⁴/180 < 10⁻⁸ u²; the integrand is far smaller where u is large.
        const int Count = 20000;
        var (from, h) = (-10.0, (20 + u) / Count);
        double sum = 0;
        for (var j = 0; j <= Count; j++)
        {
            var (p, q) = (φ(from + (j * h)), φ(from + (j * h) - u));
            sum += (j == 0 || j == Count ? 1 : j % 2 == 1 ? 4 : 2) * (p + q == 0 ? 0 : p * q / (p + q));
        }

        var ball = TwoPointRisk.At(u);
        Assert.That(ball.Midpoint, Is.EqualTo(u * u / 2 * sum * h / 3).Within(1e-8 * u * u));
        Assert.That(ball.RelativeRadius, Is.LessThan(1e-12));

        static double φ(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    [Test]
    public void UpperBound_OfAnInterval_IsNotBelowAnyPointOfIt([Range(0.1, 8, 0.7)] double from)
    {
        foreach (var width in new[] { 1e-4, 0.1, 1.5 })
        {
            var bound = TwoPointRisk.UpperBound(from, from + width);
            Assert.That(Enumerable.Range(0, 11).Select(j => TwoPointRisk.At(from + (width * j / 10)).Lower), Has.All.InRange(0, bound));
        }
    }

    [TestCase(0)]
    [TestCase(13)]
    public void At_DistanceOutOfRange_Throws(double u) => Assert.That(() => TwoPointRisk.At(u), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
