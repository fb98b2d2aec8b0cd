using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>Spherical harmonics on S^{p−1} ⊂ ℝᵖ with the uniform probability measure: how many there are of a degree, and the constant of the Funk–Hecke formula.</summary>
/// <remarks>
/// A kernel K(⟨x, y⟩) = Σ_k N(p, k) μ_k P_k(⟨x, y⟩), P_k(1) = 1 the Gegenbauer polynomials, has the eigenvalue μ_k with multiplicity N(p, k)
/// (Müller, "Spherical Harmonics", 1966; Bach, JMLR 18 (2017), appendix D).
/// </remarks>
public static class SphericalHarmonics
{
    /// <summary>N(p, k) = (2k + p − 2)/k · C(k + p − 3, k − 1), N(p, 0) = 1; enclosed, and exact below 2⁵³.</summary>
    /// <param name="dimension">p ≥ 2.</param>
    /// <param name="degree">k ≥ 0.</param>
    public static Ball Multiplicity(int dimension, int degree)
    {
        RequireDimension(dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        if (degree < 2)
        {
            return Ball.Exactly(degree == 0 ? 1 : dimension);
        }

        // C(k + p − 3, min(k − 1, p − 2)) as a running product of whole numbers, each of which is a binomial coefficient.
        var (top, least) = (degree + dimension - 3.0, Math.Min(degree - 1, dimension - 2));
        var binomial = Ball.Exactly(1);
        for (var j = 1; j <= least; j++)
        {
            binomial = binomial * Ball.Exactly(top - least + j) / Ball.Exactly(j);
        }

        return binomial * Ball.Exactly((2.0 * degree) + dimension - 2) / Ball.Exactly(degree);
    }

    /// <summary>(Γ(p/2)/Γ((p + 1)/2))², by the ratio (p/(p + 1))² from p to p + 2.</summary>
    internal static Ball SquaredHalfStep(int dimension)
    {
        var ratio = dimension % 2 == 0 ? Ball.Exactly(4) / Ball.Pi : Ball.Pi;
        for (var p = 2 - (dimension % 2); p < dimension; p += 2)
        {
            ratio *= Ball.Square(Ball.Exactly(p) / Ball.Exactly(p + 1.0));
        }

        return ratio;
    }

    /// <summary>Γ(p/2)/(√π Γ((p − 1)/2)): one over ∫ sin^{p−2}.</summary>
    internal static Ball FunkHeckeConstant(int dimension)
    {
        var constant = dimension % 2 == 0 ? Ball.Exactly(1) / Ball.Pi : Ball.Exactly(0.5);
        for (var p = 2 + (dimension % 2); p < dimension; p += 2)
        {
            constant *= Ball.Exactly(p) / Ball.Exactly(p - 1.0);
        }

        return constant;
    }

    internal static void RequireDimension(int dimension) => ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
}
