using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>How fast the eigenvalues of a rectified network's tangent kernel fall, exponent and constant: on a general domain of ℝᵈ, λ_i ~ C i^{−(d+1)/d}, and on the sphere, μ_k ~ C± k^{−p}.</summary>
/// <remarks>
/// The exponent: Li, Yu, Chen, Lin, arXiv:2305.02657. The constants follow from the kernel's singularity on the diagonal and Weyl's law for the homogenised inputs; their derivation is heuristic, so they are checked, not
/// proven: docs/derivations.md, "Eigenvalue decay".
/// </remarks>
public static class EigenvalueDecay
{
    /// <summary>(d + 1)/d.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    public static double Exponent(int dimension) => (dimension + 1.0) / dimension;

    /// <summary>The limit of λ_i i^{(d+1)/d}: C_L (2/d!)^{(d+1)/d} |S^d|^{−1/d} I^{(d+1)/d}.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="layers">L, the hidden layers.</param>
    /// <param name="integral">I = ∫(1 + |x|²)^{(d−1)/(2(d+1))} p(x)^{d/(d+1)} dx; in one dimension <see cref="Density.RootIntegral"/>.</param>
    public static double OnDomain(int dimension, int layers, double integral)
    {
        if (double.IsPositiveInfinity(integral))
        {
            return integral;
        }

        var factorial = 1.0;
        for (var j = 2; j <= dimension; j++)
        {
            factorial *= j;
        }

        var exponent = Ball.Exactly(dimension + 1) / Ball.Exactly(dimension);
        var volume = Ball.Pow(Ball.Exactly(2 * integral / factorial), exponent) / Ball.Pow(SphereArea(dimension), Ball.Exactly(1) / Ball.Exactly(dimension));
        return (Singularity(dimension + 1) * Ball.Exactly(layers * (layers + 1) / 2.0) * volume).Midpoint;
    }

    /// <summary>The limit of μ_k kᵖ over even or odd degrees on S^{p−1}, no bias: (2^{p−2} Γ(p/2)²/π²)(L(L + 1)/2 ± q_L), q_L = Π_{s=1}^{L−1} κ₀(κ₁^{(s)}(−1)).</summary>
    /// <param name="dimension">p ≥ 2.</param>
    /// <param name="layers">L ≥ 1.</param>
    /// <param name="even">Whether the degrees are even.</param>
    public static double OnSphere(int dimension, int layers, bool even)
    {
        var (product, versine) = (1.0, 2.0);
        for (var l = 0; l < layers; l++)
        {
            var (order0, next) = DeepTangent.Layer(versine);
            product *= l == 0 ? 1 : order0;
            versine = next;
        }

        return Singularity(dimension).Midpoint * ((layers * (layers + 1) / 2.0) + (even ? product : -product));
    }

    /// <summary>|S^d| = 2π^{(d+1)/2}/Γ((d + 1)/2).</summary>
    private static Ball SphereArea(int d)
    {
        var area = Ball.Exactly(d % 2 == 0 ? 4 : 2) * Ball.Pi;
        for (var n = 2 - (d % 2); n < d; n += 2)
        {
            // |S^{n+2}| = 2π/(n + 1) · |S^n|.
            area *= Ball.Exactly(2) * Ball.Pi / Ball.Exactly(n + 1.0);
        }

        return area;
    }

    /// <summary>2^{p−2} Γ(p/2)²/π².</summary>
    private static Ball Singularity(int p)
    {
        var gamma = p % 2 == 0 ? Ball.Exactly(1) : Ball.Sqrt(Ball.Pi);
        for (var n = 2 - (p % 2); n < p; n += 2)
        {
            gamma *= Ball.Exactly(n) / Ball.Exactly(2);
        }

        return Ball.Pow(Ball.Exactly(2), p - 2) * Ball.Square(gamma / Ball.Pi);
    }
}
