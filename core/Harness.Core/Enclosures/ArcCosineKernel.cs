namespace Harness.Core.Enclosures;

/// <summary>The arc-cosine kernels of order 0 and 1 (Cho and Saul 2009) with proven radii, relatively accurate as the cosine approaches 1 and −1.</summary>
/// <remarks>
/// As printed, κ₁(c) = (sin θ + (π − θ) cos θ)/π cancels at both ends. With v = 1 − c and D = θ − sin θ, for which <see cref="AnglePoint"/> has a series,
/// <para>1 − κ₁ = ((π − θ)v + D)/π near θ = 0, and κ₁ = (θ′v′ − D′)/π near θ = π, where θ′ = π − θ, v′ = 1 + c, D′ = θ′ − sin θ′.</para>
/// All terms of the first are positive and the second loses less than two bits. Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
public static class ArcCosineKernel
{
    /// <summary>κ₀ = (π − θ)/π.</summary>
    public static Ball Order0(CertifiedCosine c) => c.Supplement() / Ball.Pi;

    /// <summary>1 − κ₀ = θ/π.</summary>
    public static Ball Order0Complement(CertifiedCosine c) => c.Angle() / Ball.Pi;

    /// <summary>κ₁: the cosine that a layer of infinite width makes of a cosine.</summary>
    public static CertifiedCosine Order1(CertifiedCosine c)
    {
        // κ₁′ = κ₀, which is largest where the cosine is: what a radius becomes. The value is needed at the midpoint only.
        var κ0 = Order0(c);
        var slope = Math.Min(1, RoundedUp.Add(κ0.Midpoint, κ0.Radius));
        if (c.Versine.Midpoint <= 1)
        {
            var v = Math.Max(c.Versine.Midpoint, 0);
            var versine = (((Ball.Pi - AnglePoint.Evaluate(v)) * Ball.Exactly(v)) + AnglePoint.LessSine(v)) / Ball.Pi;
            return CertifiedCosine.OfVersine(Widened(versine, RoundedUp.Multiply(slope, Radius(c.Versine, v))));
        }
        else
        {
            var v = Math.Clamp(c.Vercosine.Midpoint, 0, 1);
            var cosine = ((AnglePoint.Evaluate(v) * Ball.Exactly(v)) - AnglePoint.LessSine(v)) / Ball.Pi;
            return CertifiedCosine.Of(Widened(cosine, RoundedUp.Multiply(slope, Radius(c.Vercosine, v))));
        }
    }

    /// <summary>The radius about a point near the midpoint.</summary>
    private static double Radius(Ball x, double point) => RoundedUp.Add(x.Radius, Math.Max(RoundedUp.Add(x.Midpoint, -point), RoundedUp.Add(point, -x.Midpoint)));

    private static Ball Widened(Ball x, double by) => new(x.Midpoint, RoundedUp.Add(x.Radius, by));
}
