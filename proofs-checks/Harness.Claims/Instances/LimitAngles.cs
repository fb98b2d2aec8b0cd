namespace Harness.Claims.Instances;

/// <summary>The angle between two feature vectors from layer to layer in the limit of infinite width, for angles so small that their cosine has no digits left.</summary>
public static class LimitAngles
{
    /// <summary>1 − κ₁(cos θ) from v = 1 − cos θ.</summary>
    /// <remarks>
    /// 1 − κ₁(cos θ) = v − (sin θ − θ cos θ)/π. The bracket is Σ_{k≥1} (−1)^{k+1} 2k θ^{2k+1}/(2k + 1)!, alternating with falling terms for θ ≤ ½; cut after k = 8 it is right to 10⁻¹⁸ of itself there, while the
    /// difference of its two terms would lose θ² of their digits.
    /// </remarks>
    /// <param name="versine">v ∈ [0, 2].</param>
    public static double NextVersine(double versine)
    {
        var θ = 2 * Math.Asin(Math.Sqrt(versine / 2));
        if (θ > 0.5)
        {
            return versine - ((Math.Sin(θ) - (θ * Math.Cos(θ))) / Math.PI);
        }

        var (term, sum) = (θ * θ * θ / 3, 0.0);
        for (var k = 1; k <= 8; k++)
        {
            sum += term;
            term *= -θ * θ / (2.0 * k * ((2 * k) + 3));
        }

        return versine - (sum / Math.PI);
    }
}
