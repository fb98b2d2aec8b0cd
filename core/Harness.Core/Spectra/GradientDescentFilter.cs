namespace Harness.Core.Spectra;

/// <summary>Gradient descent (Landweber's iteration) for t steps of size η, u ← u − ηK(u − y): r(λ) = (1 − ηλ)ᵗ, g(λ) = η Σ_{k&lt;t} (1 − ηλ)ᵏ. Stable for 0 ≤ ηλ ≤ 2.</summary>
/// <remarks>The sum by doubling, S₂ₖ = S_k(1 + qᵏ) and S_{k+1} = 1 + qS_k, with q = 1 − ηλ: O(log t) operations, no cancellation at ηλ → 0 and no division; relative error about 3(1 + log₂ t)u, and tu from the rounding of q.</remarks>
/// <param name="stepSize">η.</param>
/// <param name="steps">t ≥ 0.</param>
public readonly struct GradientDescentFilter(double stepSize, long steps) : ISpectralFilter
{
    /// <inheritdoc/>
    public double Filter(double eigenvalue)
    {
        var q = 1 - (stepSize * eigenvalue);
        var (sum, power) = (0.0, 1.0);
        for (var bit = 63 - long.LeadingZeroCount(steps | 1); bit >= 0; bit--)
        {
            sum *= 1 + power;
            power *= power;
            if (((steps >> (int)bit) & 1) == 1)
            {
                sum = Math.FusedMultiplyAdd(q, sum, 1);
                power *= q;
            }
        }

        return stepSize * sum;
    }

    /// <inheritdoc/>
    public double Residual(double eigenvalue)
    {
        var (power, square) = (1.0, 1 - (stepSize * eigenvalue));
        for (var rest = steps; rest > 0; rest >>= 1, square *= square)
        {
            power *= (rest & 1) == 1 ? square : 1;
        }

        return power;
    }
}
