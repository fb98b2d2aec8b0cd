using System.Numerics;
using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.ProofsChecks.Core.Data;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Angles, arc-cosine kernels, the limit kernel and δ-separation against rational enclosures of their printed definitions.</summary>
public sealed class CertifiedLimitKernelTests
{
    /// <summary>2⁻¹²⁰: outweighs what the printed formulas lose of 2⁻³⁵⁰ at cosines as near ±1 as here (2⁻¹⁰⁶ away), where a root halves the digits once a layer.</summary>
    private static readonly BigRational Slack = new(1, BigInteger.One << 120);

    /// <summary>Cosines in [−1, 1], crowded towards both ends and zero.</summary>
    private static readonly Arbitrary<double> Cosine = Arb.From(
        from sign in Gen.Elements(-1.0, 1.0)
        from exponent in Gen.Choose(0, 60)
        from fraction in Gen.Choose(0, 1 << 30)
        from nearEnd in Gen.Elements(true, false)
        let distance = Math.ScaleB(fraction, -30 - exponent)
        select sign * (nearEnd ? 1 - distance : distance));

    /// <summary>As tight as a layer's twenty ball operations of at most 2u each; relatively, but for k near −1, where it comes from a cosine of which double knows 2⁻⁵³ absolutely.</summary>
    [Test]
    public void Value_AnyAngleAndDepth_HoldsThePrintedSum() => Check.One(
        PropertyCases.Of(300),
        Prop.ForAll(Cosine, Arb.From(Gen.Choose(1, 6)), (cosine, depth) =>
        {
            var c = CertifiedCosine.Of(Ball.Exactly(cosine));
            var (value, deficit) = (CertifiedLimitKernel.Value(c, depth), CertifiedLimitKernel.Deficit(c, depth));
            var exact = Printed(BigRational.Exactly(cosine), depth);

            // Below 0.02 the bound is absolute. κ₁ = (√(1 − c²) − |c|(π − arccos c))/π cancels down to c ≈ −0.86, where its series takes over: terms of at most 0.17, known to 4u and 5u, and κ₀ ≤ 0.51 on top make 0.8u.
            return value.IsRigorous && Holds(value, exact) && Holds(deficit, depth - exact)
                && value.Radius <= 40 * depth * Rounding.Unit * Math.Max(value.Midpoint, 0.02) && deficit.Radius <= 40 * depth * Rounding.Unit * Math.Max(deficit.Midpoint, 1e-300);
        }));

    /// <summary>1 − c_l is known to about l/2 times the roundings of one layer, a dozen u, and k and L − k inherit that: 6000u = 7·10⁻¹³ (docs/derivations.md, "Elementary functions").</summary>
    [TestCase(0.3)]
    [TestCase(-0.999999)]
    [TestCase(0.999999999)]
    public void Value_ThousandLayers_KeepsItsDigits(double cosine)
    {
        var c = CertifiedCosine.Of(Ball.Exactly(cosine));
        var (value, deficit) = (CertifiedLimitKernel.Value(c, 1000), CertifiedLimitKernel.Deficit(c, 1000));
        Assert.That(value.Radius / value.Midpoint, Is.LessThan(1e-12));
        Assert.That(deficit.Radius / deficit.Midpoint, Is.LessThan(1e-12));
    }

    [Test]
    public void Deficit_NearDuplicates_SeparatesWhereTheValueNoLongerDoes()
    {
        // Two unit vectors at distance 2⁻⁴⁰ have the versine 2⁻⁸¹, which no cosine in double shows.
        var deficit = CertifiedLimitKernel.Deficit(CertifiedCosine.OfVersine(Ball.Exactly(Math.ScaleB(1, -81))), 3);
        Assert.That(deficit.Radius / deficit.Midpoint, Is.LessThan(1e-14));
        Assert.That(deficit.Midpoint / Math.ScaleB(1, -40), Is.EqualTo(12 / (2 * Math.PI)).Within(1e-10), "δL(L + 1)/2π, up to a relative O(δ)");
    }

    [Test]
    public void Compute_AnyInputs_HoldsTheKernelOfTheirAngles() => Check.One(PropertyCases.Of(100), Prop.ForAll(RawInputs.Arbitrary, Arb.From(Gen.Choose(1, 3)), (raw, depth) =>
    {
        var n = raw.Count;
        var (kernel, radii) = (new double[n * n], new double[n * n]);
        CertifiedLimitKernel.Compute(raw.Values, n, depth, kernel, radii);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (inner, product) = (Inner(raw.Row(i), raw.Row(j)), Inner(raw.Row(i), raw.Row(i)) * Inner(raw.Row(j), raw.Row(j)));
                var ball = new Ball(kernel[(i * n) + j], radii[(i * n) + j]);
                if (product.Sign == 0 || !ball.IsRigorous)
                {
                    continue;
                }

                // In units of ‖x‖‖x′‖, because the oracle's root has an absolute error.
                var norms = Scaled(product);
                if (BigRational.Abs(BigRational.Exactly(ball.Midpoint) - (norms * Printed(inner / norms, depth))) > BigRational.Exactly(ball.Radius) + (norms * Slack))
                {
                    return false;
                }
            }
        }

        return true;
    }));

    [Test]
    public void Compute_UnitInputs_LiesAtTheLimitKernel()
    {
        var (n, dimension, depth) = (12, 7, 3);
        var inputs = new double[n * dimension];
        RandomStream.FromSeed(5).FillGaussian<double>(inputs, 1);
        for (var i = 0; i < n; i++)
        {
            var row = inputs.AsSpan(i * dimension, dimension);
            TensorPrimitives.Divide(row, TensorPrimitives.Norm(row), row);
        }

        var (plain, kernel, radii) = (new double[n * n], new double[n * n], new double[n * n]);
        LimitKernel.Compute(inputs, n, depth, plain);
        CertifiedLimitKernel.Compute(inputs, n, depth, kernel, radii);
        Assert.That(radii, Is.All.InRange(0, 3e-14), "a hundred roundings of numbers up to 3");
        for (var at = 0; at < plain.Length; at++)
        {
            // Norms are one within 4u; the plain cosine has 2⁻⁵³ more, which the kernel's slope of at most L(L + 1)/2π · 1/sin θ enlarges.
            Assert.That(kernel[at], Is.EqualTo(plain[at]).Within(radii[at] + 1e-13));
        }
    }

    [Test]
    public void Separation_AnyInputs_HoldsTheExactMinimum() => Check.One(PropertyCases.Of(500), Prop.ForAll(RawInputs.Arbitrary, raw =>
    {
        var δ = CertifiedSeparation.Measure(raw.Values, raw.Dimension);
        if (raw.Count < 2 || !δ.IsRigorous)
        {
            return !δ.IsRigorous && (raw.Count < 2 || raw.Values.Max(Math.Abs) > 1e150);
        }

        BigRational? smallest = null;
        for (var i = 0; i < raw.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var squared = SquaredDistance(raw.Row(i), raw.Row(j));
                smallest = smallest is { } s && s < squared ? s : squared;
            }
        }

        var (lower, upper) = (BigRational.Exactly(δ.Midpoint) - BigRational.Exactly(δ.Radius), BigRational.Exactly(δ.Midpoint) + BigRational.Exactly(δ.Radius));
        return (lower.Sign <= 0 || lower * lower <= smallest!.Value) && upper * upper >= smallest!.Value
            && (δ.Midpoint < 1e-140 || δ.Radius <= ((raw.Dimension / 16.0) + 14) * Rounding.Unit * δ.Midpoint);
    }));

    /// <summary>Squares of differences that are rounded to nothing: their root is counted all the same.</summary>
    [TestCase(1)]
    [TestCase(9)]
    [TestCase(400)]
    public void Separation_SquaresThatUnderflow_HoldsTheDistance(int dimension)
    {
        const double Lost = 1.57e-162;
        var δ = CertifiedSeparation.Measure([.. new double[dimension], .. Enumerable.Repeat(Lost, dimension)], dimension);
        Assert.That(Lost * Lost, Is.Zero);
        Assert.That(δ.Upper, Is.InRange(Lost * Math.Sqrt(dimension), 1e-161 * Math.Sqrt(dimension)));
    }

    /// <summary>Σ c_l Π κ₀(c_k) as printed, every factor from the oracle.</summary>
    private static BigRational Printed(BigRational c, int depth)
    {
        var (pi, cosine, sum) = (FixedPointSeries.Pi, c, (BigRational)0);
        for (var l = 1; l <= depth; l++)
        {
            var obtuse = pi - FixedPointSeries.Acos(Clamped(cosine));
            cosine = Rounded(((Clamped(cosine) * obtuse) + FixedPointSeries.Sqrt(1 - (Clamped(cosine) * Clamped(cosine)))) / pi);
            sum = Rounded((pi - FixedPointSeries.Acos(Clamped(cosine))) / pi * (cosine + sum));
        }

        return sum;
    }

    private static BigRational Clamped(BigRational c) => c > 1 ? 1 : c < -1 ? -1 : c;

    /// <summary>To units of 2⁻³⁸⁴, so that numbers do not grow from layer to layer.</summary>
    private static BigRational Rounded(BigRational x) => new((x.Numerator << 384) / x.Denominator, BigInteger.One << 384);

    /// <summary>√x with a relative error: x is brought near one by an even power of two.</summary>
    private static BigRational Scaled(BigRational x)
    {
        var half = (int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength()) / 2;
        var power = half >= 0 ? new BigRational(BigInteger.One << half, 1) : new BigRational(1, BigInteger.One << -half);
        return FixedPointSeries.Sqrt(x / (power * power)) * power;
    }

    private static BigRational Inner(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        BigRational sum = 0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += BigRational.Exactly(x[k]) * BigRational.Exactly(y[k]);
        }

        return sum;
    }

    private static BigRational SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        BigRational sum = 0;
        for (var k = 0; k < x.Length; k++)
        {
            var difference = BigRational.Exactly(x[k]) - BigRational.Exactly(y[k]);
            sum += difference * difference;
        }

        return sum;
    }

    private static bool Holds(Ball ball, BigRational value) => BigRational.Abs(BigRational.Exactly(ball.Midpoint) - value) <= BigRational.Exactly(ball.Radius) + Slack;
}
