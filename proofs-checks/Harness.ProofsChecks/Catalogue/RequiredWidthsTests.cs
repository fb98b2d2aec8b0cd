using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Claims.Exact;
using Harness.ProofsChecks.Oracles;
using NUnit.Framework;

namespace Harness.ProofsChecks.Catalogue;

/// <summary>Widths that theorems ask for, against powers of ten worked out by hand and rational enclosures of arccosine and logarithm, at n = 10, L = 3, d = 2, δ = 0.1, p = ε = 0.1.</summary>
public sealed class RequiredWidthsTests
{
    // A dozen powers and products, each a few u, and u/δ² of the angle, four times in λ⁻⁴.
    private const double Tolerance = 1e-12;

    private static readonly Variables At = Variables.None.With("n", 10).With("L", 3).With("d", 2).With("δ", 0.1);

    // 3¹² = 531441 and 3¹⁶ = 43046721.
    [TestCase("arXiv:1906.04688", 1e8 * 531441 * 2 * 1e4)]
    [TestCase("arXiv:1811.08888", 1e12 * 43046721 * 110)]
    public void Width_OfPowersAlone_HasItsValue(string identifier, double expected) => Assert.That(Width(identifier), Is.EqualTo(expected).Within(Tolerance * expected));

    /// <summary>λ₀ = ½ − ρ(π − arccos ρ)/(2π), ρ = 1 − δ²/2 = 0.995: the width times λ₀⁴ is n⁶/p³, n⁸/(p⁶ε⁴) and n(n/2)³.</summary>
    [TestCase("arXiv:1810.02054", 1e9)]
    [TestCase("arXiv:1901.08584", 1e18)]
    [TestCase("arXiv:1902.04674", 1250)]
    public void Width_InTheSmallestEigenvalue_HasItsValue(string identifier, double numerator) => Assert.That(Width(identifier), Is.EqualTo(numerator / EigenvalueToTheFourth).Within(Tolerance * numerator / EigenvalueToTheFourth));

    [Test]
    public void Width_OfSongAndYang_HasItsLogarithm()
    {
        // n⁴ log³(n/p)/λ₀⁴.
        var logarithm = FixedPointSeries.Log(100);
        var expected = 1e4 * (logarithm * logarithm * logarithm).ToDouble() / EigenvalueToTheFourth;
        Assert.That(Width("arXiv:1906.03593"), Is.EqualTo(expected).Within(Tolerance * expected));
    }

    /// <summary>m = a log⁵ m with a = n²⁴L¹²d/δ⁸, and the larger of its two solutions: beyond e⁵, where m/log⁵ m is least.</summary>
    [Test]
    public void GradientDescent_Width_SolvesItsEquation()
    {
        var m = RequiredWidths.GradientDescent.Width!(At);
        var logarithm = FixedPointSeries.Log(BigRational.Exactly(m)).ToDouble();
        Assert.That(1e24 * 531441 * 2 * 1e8 * Math.Pow(logarithm, 5), Is.EqualTo(m).Within(Tolerance * m));
        Assert.That(logarithm, Is.GreaterThan(5));
    }

    [Test]
    public void All_ButTheOneInAnotherEigenvalue_HaveAWidth() =>
        Assert.That(RequiredWidths.All.Where(required => required.Width is null).Select(required => required.Paper.Identifier), Is.EqualTo(new[] { "arXiv:1811.03804" }));

    private static double EigenvalueToTheFourth
    {
        get
        {
            var ρ = new BigRational(995, 1000);
            var λ = new BigRational(1, 2) - (ρ * (FixedPointSeries.Pi - FixedPointSeries.Acos(ρ)) / (2 * FixedPointSeries.Pi));
            return (λ * λ * λ * λ).ToDouble();
        }
    }

    private static double Width(string identifier) => RequiredWidths.All.Single(required => required.Paper.Identifier == identifier).Width!(At);
}
