using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Duals of piecewise linear activations beside the arc-cosine kernels that they are made of, and their digits at both ends. What they are worth in a network is compared with Arb.</summary>
public sealed class CertifiedDualTests
{
    /// <summary>E φφ/E φ² = ic + rκ₁(c) and E φ′φ′/E φ² = i + rκ₀(c), i = 2αβ/(α² + β²), r = (β − α)²/(α² + β²).</summary>
    [Test]
    public void Dual_AnySlopes_IsTheCombinationOfArcCosineKernels([Values(0, 0.1, -1, -0.3, 1)] double α, [Values(-1, -0.999, -0.5, -1e-9, 0, 0.3, 0.9999, 1)] double cosine)
    {
        var (dual, c, squares) = (Dual(α), CertifiedCosine.Of(Ball.Exactly(cosine)), Ball.Square(Ball.Exactly(α)) + Ball.Exactly(1));
        var (i, r) = (Ball.Exactly(2 * α) / squares, Ball.Square(Ball.Exactly(1) - Ball.Exactly(α)) / squares);
        var derivative = dual.Derivative(c);
        var next = dual.Apply(c, derivative);
        AssertNear(dual.SecondMoment, squares / Ball.Exactly(2));
        AssertNear(derivative, i + (r * ArcCosineKernel.Order0(c)));
        AssertNear(next.Value, (i * c.Value) + (r * ArcCosineKernel.Order1(c).Value));
        AssertNear(next.Versine, Ball.Exactly(1) - next.Value);
        AssertNear(next.Vercosine, Ball.Exactly(1) + next.Value);
    }

    /// <summary>As few roundings beside a small quantity as beside a large one: 1 − c after the activation at small angles, and the rectifier's κ₀ and κ₁ next to π, though κ₁ is a third power of the angle there.</summary>
    [TestCase(-20)]
    [TestCase(-60)]
    [TestCase(-200)]
    public void Dual_NextToBothEnds_KeepsItsDigits(int exponent)
    {
        var (dual, small) = (Dual(0), Ball.Exactly(Math.ScaleB(1, exponent)));
        var near = CertifiedCosine.OfVersine(small);
        var opposite = new CertifiedCosine(Ball.Exactly(2) - small, small - Ball.Exactly(1), small);
        var (slope, oppositeSlope) = (dual.Derivative(near), dual.Derivative(opposite));
        Ball[] relative = [slope, oppositeSlope, dual.Apply(near, slope).Versine, dual.Apply(opposite, oppositeSlope).Value];
        Assert.That(relative.Select(b => b.RelativeRadius), Is.All.InRange(0, 60 * Rounding.Unit));
        Assert.That(relative[3].Midpoint / (Math.Pow(2 * small.Midpoint, 1.5) / (3 * Math.PI)), Is.EqualTo(1).Within(1e-5), "κ₁ ≈ θ′³/3π, θ′² ≈ 2(1 + c)");
    }

    private static CertifiedDual Dual(double negative) => new(new HomogeneousActivation(PiecewiseAffine.WithSlopes(negative, 1)));

    /// <summary>Two balls of one number meet, and neither is wide.</summary>
    private static void AssertNear(Ball actual, Ball expected)
    {
        Assert.That(Math.Abs(actual.Midpoint - expected.Midpoint), Is.LessThanOrEqualTo(actual.Radius + expected.Radius));
        Assert.That(actual.Radius, Is.LessThan(60 * Rounding.Unit));
    }
}
