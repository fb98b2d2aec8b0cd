using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Spectra on the sphere: values computed elsewhere from Γ functions to 30 digits, quadrature, and the trace.</summary>
public sealed class SphereSpectrumTests
{
    [TestCase(3, 2, 0.078125, 0.390625)]
    [TestCase(24, 40, 1.8098834346580069e-20, 0.001021748010284827)]
    [TestCase(1000, 6, 1.9776706484513667e-17, 0.027881174568723791)]
    [TestCase(2, 1000, 2.0264338049833575e-7, 4.052867609966715e-7)]
    public void TwoLayerTangent_EigenvalueAndShare_AreEnclosed(int dimension, int degree, double eigenvalue, double share)
    {
        var (eigenvalues, shares) = (new Ball[degree + 1], new Ball[degree + 1]);
        ArcCosineSpectrum.TwoLayerTangent(dimension, SpectralQuantity.Eigenvalue, eigenvalues);
        ArcCosineSpectrum.TwoLayerTangent(dimension, SpectralQuantity.Share, shares);
        AssertEnclosed(eigenvalues[degree], eigenvalue);
        AssertEnclosed(shares[degree], share);
    }

    [TestCase(0.5, 3, 9, -0.00041698763449007668)]
    [TestCase(1.25, 7, 30, 4.3523199748975e-11)]
    [TestCase(0.5, 500, 3, -2.9902807489969033e-9)]
    public void PowerSpectrum_Eigenvalue_IsEnclosed(double exponent, int dimension, int degree, double expected)
    {
        var spectrum = new Ball[degree + 1];
        PowerSpectrum.Compute(dimension, exponent, SpectralQuantity.Eigenvalue, spectrum);
        AssertEnclosed(spectrum[degree], expected);
    }

    [TestCase(5, 7)]
    [TestCase(3, 3)]
    public void TwoLayerTangent_OddDegreesFromThree_AreExactlyZero(int dimension, int degree)
    {
        var spectrum = new Ball[degree + 1];
        ArcCosineSpectrum.TwoLayerTangent(dimension, SpectralQuantity.Eigenvalue, spectrum);
        Assert.That(spectrum[degree], Is.EqualTo(Ball.Exactly(0)));
    }

    [Test]
    public void Order0AndOrder1_Shares_AddUpToTheValueAtOne([Values(2, 3, 8)] int dimension)
    {
        // κ₀(1) = κ₁(1) = 1. The remainder is of order p/m for κ₀, and smaller for κ₁.
        const int Degrees = 20_000;
        var shares = new Ball[Degrees];
        ArcCosineSpectrum.Order0(dimension, SpectralQuantity.Share, shares);
        Assert.That(shares.Sum(s => s.Midpoint), Is.InRange(1 - (2.0 * dimension / Degrees), 1));
        ArcCosineSpectrum.Order1(dimension, SpectralQuantity.Share, shares);
        Assert.That(shares.Sum(s => s.Midpoint), Is.EqualTo(1).Within(1e-8));
    }

    [Test]
    public void Spectrum_DegreesAndDimensionsThatOverflowGamma_StaysFinite()
    {
        var shares = new Ball[200_000];
        ArcCosineSpectrum.TwoLayerTangent(100_000, SpectralQuantity.Share, shares);
        Assert.That(shares.All(s => s.IsRigorous && s.Midpoint >= 0));
        Assert.That(shares.Sum(s => s.Midpoint), Is.InRange(1.5, 2));
        ArcCosineSpectrum.TwoLayerTangent(100_000, SpectralQuantity.Eigenvalue, shares);
        Assert.That(shares.All(s => s.IsRigorous && s.Midpoint >= 0));
    }

    [Test]
    public void FunkHecke_TwoLayerTangent_AgreesWithTheClosedForm([Values(2, 3, 5, 10)] int dimension)
    {
        var (nodes, weights, integrated, closed) = (new double[120], new double[120], new double[41], new Ball[41]);
        GaussLegendre.Compute(nodes, weights);
        FunkHecke.Compute(new DeepTangent(1), dimension, nodes, weights, integrated);
        ArcCosineSpectrum.TwoLayerTangent(dimension, SpectralQuantity.Eigenvalue, closed);
        Assert.That(integrated, Is.EqualTo(closed.Select(c => c.Midpoint)).Within(1e-13));
    }

    [TestCase(3, 0, 1)]
    [TestCase(3, 7, 15)]
    [TestCase(2, 5, 2)]
    [TestCase(4, 6, 49)]
    [TestCase(10, 4, 660)]
    public void Multiplicity_SmallCases_AreExact(int dimension, int degree, double expected) =>
        Assert.That(SphericalHarmonics.Multiplicity(dimension, degree), Is.EqualTo(Ball.Exactly(expected)));

    [TestCase(1, 0.5, 0.94233111437756)]
    [TestCase(2, 0, 0.68570863628294)]
    [TestCase(2, -1, 0.31830988618379)]
    [TestCase(3, 0.5, 1.73784467921531)]
    [TestCase(3, 1, 4)]
    public void DeepTangent_Value_IsThatOfTheFormula(int layers, double cosine, double expected) =>
        Assert.That(new DeepTangent(layers).At(1 - cosine), Is.EqualTo(expected).Within(1e-13));

    private static void AssertEnclosed(Ball ball, double expected)
    {
        // The expected value is itself rounded to double.
        Assert.That(Math.Abs(ball.Midpoint - expected), Is.LessThanOrEqualTo(ball.Radius + (Math.Abs(expected) * 2.3e-16)));
        Assert.That(ball.Radius, Is.LessThan(1e-10 * Math.Abs(expected)));
    }
}
