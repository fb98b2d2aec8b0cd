namespace Harness.Core.Tangents;

/// <summary>φ(z) = αz for z &lt; 0 and βz for z ≥ 0: rectifier (0, 1), leaky rectifier, |z| (−1, 1), identity (1, 1).</summary>
/// <remarks>
/// Its dual is that of the rectifier, mixed with the identity. For jointly normal u, v of unit variance and correlation c, E φ(u)φ(v) = N((1 − t)κ₁(c) + tc) and E φ′(u)φ′(v) = N((1 − t)κ₀(c) + t) with
/// N = (α² + β²)/2 and t = 2αβ/(α² + β²) ∈ [−1, 1]. Derivation: docs/derivations.md, "Infinite-width kernels".
/// </remarks>
public readonly record struct PiecewiseLinear
{
    /// <summary>φ from its two slopes.</summary>
    /// <param name="negative">α.</param>
    /// <param name="positive">β.</param>
    /// <exception cref="ArgumentOutOfRangeException">A slope is not finite, or both vanish, or their squares leave the range of double.</exception>
    public PiecewiseLinear(double negative, double positive)
    {
        (Negative, Positive) = (negative, positive);
        SecondMoment = ((negative * negative) + (positive * positive)) / 2;
        if (!double.IsNormal(SecondMoment))
        {
            throw new ArgumentOutOfRangeException(nameof(positive), $"Slopes {negative} and {positive} give E φ(z)² = {SecondMoment}: an activation needs finite slopes, not both zero.");
        }
    }

    /// <summary>max(z, 0).</summary>
    public static PiecewiseLinear Rectifier => new(0, 1);

    /// <summary>|z|.</summary>
    public static PiecewiseLinear AbsoluteValue => new(-1, 1);

    /// <summary>α, the slope below zero.</summary>
    public double Negative { get; }

    /// <summary>β, the slope from zero on.</summary>
    public double Positive { get; }

    /// <summary>N = E φ(z)² = E φ′(z)² of a standard normal z.</summary>
    public double SecondMoment { get; }

    /// <summary>t, what the dual has of the identity.</summary>
    internal double Identity => Negative * Positive / SecondMoment;

    /// <summary>1 − t = (β − α)²/(α² + β²), without cancellation.</summary>
    internal double Rectified => (Positive - Negative) * (Positive - Negative) / (2 * SecondMoment);

    /// <summary>1 + t = (β + α)²/(α² + β²), without cancellation.</summary>
    internal double Even => (Positive + Negative) * (Positive + Negative) / (2 * SecondMoment);
}
