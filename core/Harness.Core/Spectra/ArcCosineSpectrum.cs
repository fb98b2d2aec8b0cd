using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>The eigenvalues of the arc-cosine kernels on S^{p−1}, exactly: κ₀(u) = 1 − arccos(u)/π, κ₁(u) = (√(1 − u²) + u(π − arccos u))/π and the two-layer tangent kernel κ₁ + uκ₀.</summary>
/// <remarks>
/// Source: Bach, JMLR 18 (2017), appendix D, for the coefficients ℓ_k of u₊ᵃ; then μ_k(κ₀) = 2ℓ_k(0)², μ_k(κ₁) = 2p ℓ_k(1)². Instead of Γ functions, which overflow, their ratios:
/// <para>ℓ_{k+2}(a) = −(k − a)/(k + p + a) ℓ_k(a),  ℓ₀(0) = ½, ℓ₁(0) = ℓ₀(1) = g/(2√π), ℓ₁(1) = 1/(2p), ℓ₂(1) = g/(2√π(p + 1)),  g = Γ(p/2)/Γ((p + 1)/2),</para>
/// and zero for k &gt; a with k − a even; μ_k(uκ₀) = (k μ_{k−1}(κ₀) + (k + p − 2) μ_{k+1}(κ₀))/(2k + p − 2). So all degrees up to K take O(K + p) operations, and the radius grows by a few u a step: relatively about
/// 5(k + p)u. Without a bias every odd degree of the tangent kernel from 3 on vanishes, exactly. Derivation: docs/derivations.md, "Spectra on the sphere".
/// </remarks>
public static class ArcCosineSpectrum
{
    /// <summary>κ₀.</summary>
    /// <param name="dimension">p ≥ 2.</param>
    /// <param name="quantity">What is wanted of a degree.</param>
    /// <param name="spectrum">Receives the degrees 0, 1, 2, … .</param>
    public static void Order0(int dimension, SpectralQuantity quantity, Span<Ball> spectrum) => Fill(0, dimension, quantity, spectrum);

    /// <summary>κ₁.</summary>
    /// <inheritdoc cref="Order0"/>
    public static void Order1(int dimension, SpectralQuantity quantity, Span<Ball> spectrum) => Fill(1, dimension, quantity, spectrum);

    /// <summary>uκ₀.</summary>
    /// <inheritdoc cref="Order0"/>
    public static void Order0TimesCosine(int dimension, SpectralQuantity quantity, Span<Ball> spectrum)
    {
        Fill(0, dimension, quantity, spectrum);
        TimesCosine(dimension, quantity, spectrum);
    }

    /// <summary>κ₁ + uκ₀: the tangent kernel of a two-layer network without biases.</summary>
    /// <inheritdoc cref="Order0"/>
    public static void TwoLayerTangent(int dimension, SpectralQuantity quantity, Span<Ball> spectrum)
    {
        Order0TimesCosine(dimension, quantity, spectrum);
        var (current, following) = (First(1, 0, dimension, quantity), First(1, 1, dimension, quantity));
        for (var k = 0; k < spectrum.Length; k++)
        {
            spectrum[k] += current;
            (current, following) = (following, k == 0 ? First(1, 2, dimension, quantity) : Next(1, k, dimension, quantity, current));
        }
    }

    private static void Fill(int order, int dimension, SpectralQuantity quantity, Span<Ball> spectrum)
    {
        SphericalHarmonics.RequireDimension(dimension);
        for (var k = 0; k < spectrum.Length; k++)
        {
            spectrum[k] = k < order + 2 ? First(order, k, dimension, quantity) : Next(order, k - 2, dimension, quantity, spectrum[k - 2]);
        }
    }

    /// <summary>Degrees 0 … order + 1 as they are.</summary>
    private static Ball First(int order, int k, int p, SpectralQuantity quantity)
    {
        var half = SphericalHarmonics.SquaredHalfStep(p) / (Ball.Exactly(4) * Ball.Pi);
        var eigenvalue = (order, k) switch
        {
            (0, 0) => Ball.Exactly(0.5),
            (0, 1) => Ball.Exactly(2) * half,
            (1, 0) => Ball.Exactly(2.0 * p) * half,
            (1, 1) => Ball.Exactly(0.5) / Ball.Exactly(p),
            _ => Ball.Exactly(2.0 * p) * half / Ball.Square(Ball.Exactly(p + 1.0)),
        };
        return quantity == SpectralQuantity.Share ? eigenvalue * SphericalHarmonics.Multiplicity(p, k) : eigenvalue;
    }

    /// <summary>From degree k to degree k + 2.</summary>
    private static Ball Next(int order, int k, int p, SpectralQuantity quantity, Ball current)
    {
        if (k <= order && (k - order) % 2 == 0)
        {
            // Degree a is the last of its parity.
            return Ball.Exactly(0);
        }

        var next = current * Ball.Square(Ball.Exactly(k - order) / Ball.Exactly((double)k + p + order));
        return quantity == SpectralQuantity.Share
            ? next * (Ball.Exactly((2.0 * k) + p + 2) / Ball.Exactly((2.0 * k) + p - 2)) * (Ball.Exactly((double)k + p - 2) * Ball.Exactly((double)k + p - 1) / (Ball.Exactly(k + 1.0) * Ball.Exactly(k + 2.0)))
            : next;
    }

    /// <summary>The spectrum of uK from that of K = κ₀, in place: u P_k = (k P_{k−1} + (k + p − 2) P_{k+1})/(2k + p − 2).</summary>
    private static void TimesCosine(int p, SpectralQuantity quantity, Span<Ball> spectrum)
    {
        var share = quantity == SpectralQuantity.Share;
        var below = Ball.Exactly(0);
        for (var k = 0; k < spectrum.Length; k++)
        {
            var above = k + 1 < spectrum.Length ? spectrum[k + 1] : k == 0 ? First(0, 1, p, quantity) : Next(0, k - 1, p, quantity, below);
            var value = k == 0 ? (share ? above / Ball.Exactly(p) : above)
                : share ? ((k == 1 ? Ball.Exactly(1) : Quotient(k + p - 3.0, (2.0 * k) + p - 4)) * below) + (Quotient(k + 1, (2.0 * k) + p) * above)
                : (Quotient(k, (2.0 * k) + p - 2) * below) + (Quotient((double)k + p - 2, (2.0 * k) + p - 2) * above);
            (below, spectrum[k]) = (spectrum[k], value);
        }
    }

    private static Ball Quotient(double numerator, double denominator) => Ball.Exactly(numerator) / Ball.Exactly(denominator);
}
