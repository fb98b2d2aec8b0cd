using Harness.Core.Data;

namespace Harness.Core.Enclosures;

/// <summary>δ-separation (arXiv:1811.03962, assumption 2.1) from both sides, at the cost of <see cref="Separation"/>: its distances come with an error bound that is proven, so the smallest of them does too.</summary>
/// <remarks>
/// A computed sum ŝ of 𝔡 squared differences has |ŝ − s| ≤ γ_k s + 𝔡η with k = ⌊𝔡/8⌋ + 13: the subtraction counts twice, the square once, and a square passes at most ⌊𝔡/8⌋ additions in its lane, three folds and seven at the end.
/// The computed pair is within one rounding of having the smallest ŝ, and the minimum of numbers that are each off by no more than a bound is off by no more than it. Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
public static class CertifiedSeparation
{
    /// <summary>min ‖xᵢ − xⱼ‖₂ over pairs of inputs. Relative radius about (𝔡/16 + 10)u.</summary>
    /// <param name="inputs">n × 𝔡, row-major, exact.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <returns>States nothing for fewer than two inputs, or where the squares of all differences overflow.</returns>
    /// <exception cref="ArgumentException">The inputs are not whole rows.</exception>
    public static Ball Measure(ReadOnlySpan<double> inputs, int inputDimension)
    {
        var distance = Separation.Measure(inputs, inputDimension).Distance;
        if (!double.IsFinite(distance))
        {
            return Ball.Unbounded(distance);
        }

        // d̂ = fl(√ŝ), hence ŝ within (2u + u²)/(1 − u)² of d̂², and a root is never so small that it loses accuracy. s ≤ (ŝ + 𝔡η)/(1 − γ_k).
        var computed = Ball.Square(Ball.Exactly(distance));
        var γ = Rounding.Gamma((inputDimension / 8) + 13L);
        var relative = RoundedUp.Add(RoundedUp.Multiply(4, Rounding.Unit), RoundedUp.Multiply(γ, double.BitIncrement(1 + (4 * γ))));
        var above = RoundedUp.Add(computed.Midpoint, computed.Radius);
        var radius = RoundedUp.Add(RoundedUp.Multiply(relative, above), 2.0 * inputDimension * double.Epsilon);
        return Ball.Sqrt(new(computed.Midpoint, RoundedUp.Add(computed.Radius, radius)));
    }
}
