using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>
/// An explicit lower bound of λ_min(H^∞) for slopes α, β and n inputs whose cosines are at most ρ in magnitude: ((β − α)²/2π) min_i ‖x_i‖² Σ_k c_k max(0, 1 − (n − 1) ρ^{2k+2}), arcsin ρ = Σ_k c_k ρ^{2k+1}.
/// </summary>
/// <remarks>
/// From the arcsine series, Schur's product theorem and Gershgorin's discs; attained by one input, and by two of equal norm if α = −β. Derivation: docs/derivations.md, "Piecewise affine networks".
/// From the first k with (n − 1)ρ^{2k+2} &lt; 1 on, the sum is known in closed form, since Σ c_k = π/2: nothing is truncated.
/// </remarks>
public static class LimitEigenvalueBound
{
    /// <summary>Terms that are subtracted one by one; cosines closer to one than the reciprocal of this have a bound of no use, zero.</summary>
    private const int MostTerms = 100_000;

    /// <summary>The bound, enclosed.</summary>
    /// <param name="activation">One breakpoint, at zero.</param>
    /// <param name="inputs">n × 𝔡, exact; a row of zeros makes the bound zero.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <exception cref="ArgumentException">The inputs do not fit n.</exception>
    /// <exception cref="NotSupportedException">The activation has another breakpoint.</exception>
    public static Ball Evaluate(PiecewiseAffine activation, ReadOnlySpan<double> inputs, int samples)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var dimension = inputs.Length / samples;
        if (inputs.Length != samples * dimension)
        {
            throw new ArgumentException($"{inputs.Length} numbers are not {samples} inputs of one dimension.", nameof(inputs));
        }

        if (activation.Breakpoints is not [0])
        {
            throw new NotSupportedException("The bound is for activations whose one breakpoint is zero.");
        }

        var (least, versine, vercosine) = (CertifiedCosine.SquaredNorm(inputs[..dimension]), Ball.Exactly(1), Ball.Exactly(1));
        for (var i = 1; i < samples; i++)
        {
            var x = inputs.Slice(i * dimension, dimension);
            least = Ball.Min(least, CertifiedCosine.SquaredNorm(x));
            for (var j = 0; j < i; j++)
            {
                var angle = CertifiedCosine.Between(x, inputs.Slice(j * dimension, dimension));
                (versine, vercosine) = (Ball.Min(versine, angle.Versine), Ball.Min(vercosine, angle.Vercosine));
            }
        }

        if (least == Ball.Exactly(0))
        {
            return least;
        }

        var jump = Ball.Exactly(activation.Slopes[1]) - Ball.Exactly(activation.Slopes[0]);
        return Ball.Square(jump) * least * Series(samples, CertifiedCosine.OfVersine(Ball.Min(versine, vercosine))) / (Ball.Exactly(2) * Ball.Pi);
    }

    /// <summary>Σ_k c_k max(0, 1 − (n − 1) ρ^{2k+2}) with c_k = C(2k, k)/(4^k (2k + 1)): at most this, whatever k the closed form begins at, because terms are dropped below it.</summary>
    private static Ball Series(int samples, CertifiedCosine ρ)
    {
        var half = Ball.Pi / Ball.Exactly(2);
        if (samples == 1)
        {
            return half;
        }

        // coefficient = C(2k, k)/4^k, rest = Σ_{j ≥ k} c_j, weighted = Σ_{j ≥ k} c_j ρ^{2j+1}.
        var (coefficient, power, rest, weighted) = (Ball.Exactly(1), ρ.Value, half, half - ρ.Angle());
        var (others, square) = (Ball.Exactly(samples - 1), Ball.Square(ρ.Value));
        for (var k = 0; !((others * power * ρ.Value).Midpoint < 1); k++)
        {
            if (k == MostTerms || !(ρ.Versine.Lower > 0))
            {
                return Ball.Exactly(0);
            }

            var c = coefficient / Ball.Exactly((2 * k) + 1);
            (rest, weighted, power) = (rest - c, weighted - (c * power), power * square);
            coefficient = coefficient * Ball.Exactly((2 * k) + 1) / Ball.Exactly((2 * k) + 2);
        }

        return rest - (others * ρ.Value * weighted);
    }
}
