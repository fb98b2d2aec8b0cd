using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Limit kernels of two-layer networks and the explicit bound of their smallest eigenvalue.</summary>
public sealed class CertifiedShallowLimitTests
{
    /// <summary>At 60°, 90° and 180° the angle is a rational part of π: E σ′σ′ = (α² + β²)(1 − t)/2 + αβ t with t = θ/π, to the few roundings of evaluating this.</summary>
    [TestCase(0, 1, 0.5, 1.0 / 3)]
    [TestCase(0.1, 1, 0.5, 1.0 / 3)]
    [TestCase(-1, 1, 0.5, 1.0 / 3)]
    [TestCase(0.3, -2, 0, 0.5)]
    [TestCase(0.3, -2, -1, 1)]
    [TestCase(0.3, -2, 1, 0)]
    public void SlopeProduct_AtKnownAngles_HoldsItsValue(double α, double β, double cosine, double t)
    {
        var ball = CertifiedShallowLimit.SlopeProduct(PiecewiseAffine.WithSlopes(α, β), CertifiedCosine.Of(Ball.Exactly(cosine)));
        var expected = (((α * α) + (β * β)) * (1 - t) / 2) + (α * β * t);
        Assert.That(Math.Abs(ball.Midpoint - expected), Is.LessThanOrEqualTo(ball.Radius + (4 * Rounding.Unit * ((α * α) + (β * β)))));
        Assert.That(ball.Radius, Is.LessThan(1e-14));
    }

    /// <summary>Bound and eigenvalue meet for one input, and for two of equal norm with α = −β; elsewhere the bound is below.</summary>
    [Test]
    public void LimitEigenvalueBound_WhereItIsAttained_EqualsTheEigenvalue()
    {
        double[] one = [3, -1, 2], two = [3, 4, 4, 3];
        var abs = PiecewiseAffine.WithSlopes(-0.7, 0.7);
        using (Assert.EnterMultipleScope())
        {
            // n = 1: (β − α)²/4 · 14 = 0.49 · 14; λ = (α² + β²)/2 · 14.
            Assert.That(Math.Abs(LimitEigenvalueBound.Evaluate(abs, one, 1).Midpoint - (0.49 * 14)), Is.LessThan(1e-13));

            // n = 2: λ_min = β²·25·(1 − (2/π) arcsin(ρ) ρ), ρ = 24/25.
            var expected = 0.49 * 25 * (1 - (2 / Math.PI * Math.Asin(0.96) * 0.96));
            Assert.That(Math.Abs(LimitEigenvalueBound.Evaluate(abs, two, 2).Midpoint - expected), Is.LessThan(1e-12));
        }
    }

    [Test]
    public void LimitEigenvalueBound_OnRandomInputs_IsBelowTheCertifiedEigenvalue()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var stream = RandomStream.FromSeed(seed);
            var (n, dimension) = (1 + stream.Integer(0, 8), 1 + stream.Integer(1, 5));
            var activation = PiecewiseAffine.WithSlopes((stream.Uniform(2) * 4) - 2, (stream.Uniform(3) * 4) - 2);
            var (x, inputs) = (new double[n * dimension], new double[n * (dimension + 1)]);
            stream.Derive("x").FillGaussian<double>(x, Math.Pow(10, (2 * stream.Uniform(4)) - 1));
            InputBias.Append<double>(x, dimension, inputs);
            var (kernel, radii, values, vectors) = (new double[n * n], new double[n * n], new double[n], new double[n * n]);
            CertifiedShallowLimit.Compute(activation, inputs, n, kernel, radii);
            var workspace = new double[SymmetricEigen.WorkspaceLength(n, vectors: true)];
            SymmetricEigen.Decompose([.. kernel], n, values, vectors, workspace);
            var λ = new Ball(values[0], EigenvalueBounds.Radius(kernel, radii, n, values, vectors, workspace));
            var bound = LimitEigenvalueBound.Evaluate(activation, inputs, n);
            Assert.That(λ.Upper, Is.GreaterThanOrEqualTo(bound.Lower), $"seed {seed}, n {n}");
            Assert.That(bound.Upper, Is.GreaterThanOrEqualTo(0));
        }
    }

    [Test]
    public void Limit_OfAnotherBreakpoint_IsRefused() =>
        Assert.That(() => CertifiedShallowLimit.Compute(new([-1, 1], [0, 1, 0]), [1, 2], 1, new double[1], new double[1]), Throws.InstanceOf<NotSupportedException>());

    [Test]
    public void Append_OfAConstant_KeepsRowsAndRefusesWhatDoesNotFit()
    {
        var augmented = new double[6];
        InputBias.Append<double>([1, 2, 3, 4], 2, augmented);
        Assert.That(augmented, Is.EqualTo(new double[] { 1, 2, 1, 3, 4, 1 }));
        Assert.That(() => InputBias.Append<double>([1, 2, 3], 2, augmented), Throws.ArgumentException);
    }
}
