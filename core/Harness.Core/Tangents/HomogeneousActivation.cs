using Harness.Core.Networks;

namespace Harness.Core.Tangents;

/// <summary>φ(z) = αz for z &lt; 0 and βz for z ≥ 0, the piecewise affine activations that are positively homogeneous: rectifier (0, 1), leaky rectifier, |z| (−1, 1), identity (1, 1).</summary>
/// <remarks>
/// Its dual is that of the rectifier, mixed with the identity. For jointly normal u, v of unit variance and correlation c, E φ(u)φ(v) = N((1 − t)κ₁(c) + tc) and E φ′(u)φ′(v) = N((1 − t)κ₀(c) + t) with
/// N = (α² + β²)/2 and t = 2αβ/(α² + β²) ∈ [−1, 1]. Derivation: docs/derivations.md, "Infinite-width kernels".
/// </remarks>
internal readonly record struct HomogeneousActivation
{
    /// <summary>The two slopes of an activation.</summary>
    /// <exception cref="ArgumentException">It has a breakpoint other than zero or does not vanish at zero, or both slopes vanish, or their squares leave the range of double.</exception>
    public HomogeneousActivation(PiecewiseAffine activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (!(activation.Breakpoints is [] or [0] && activation.Intercept == 0))
        {
            throw new ArgumentException("This kernel takes activations with φ(0) = 0 and no breakpoint but zero. PiecewiseAffineKernel takes any.", nameof(activation));
        }

        (Negative, Positive) = (activation.Slopes[0], activation.Slopes[^1]);
        SecondMoment = ((Negative * Negative) + (Positive * Positive)) / 2;
        if (!double.IsNormal(SecondMoment))
        {
            throw new ArgumentException($"Slopes {Negative} and {Positive} give E φ(z)² = {SecondMoment}: a kernel needs an activation that does not vanish, with slopes whose squares are normal numbers.", nameof(activation));
        }
    }

    /// <summary>α, the slope below zero.</summary>
    public double Negative { get; }

    /// <summary>β, the slope from zero on.</summary>
    public double Positive { get; }

    /// <summary>N = E φ(z)² = E φ′(z)² of a standard normal z.</summary>
    public double SecondMoment { get; }

    /// <summary>t, what the dual has of the identity.</summary>
    public double Identity => Negative * Positive / SecondMoment;

    /// <summary>1 − t = (β − α)²/(α² + β²), without cancellation.</summary>
    public double Rectified => (Positive - Negative) * (Positive - Negative) / (2 * SecondMoment);

    /// <summary>1 + t = (β + α)²/(α² + β²), without cancellation.</summary>
    public double Even => (Positive + Negative) * (Positive + Negative) / (2 * SecondMoment);
}
