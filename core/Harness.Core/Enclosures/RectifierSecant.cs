namespace Harness.Core.Enclosures;

/// <summary>The slope s of the rectifier between two points, φ(a) − φ(b) = s(a − b): the diagonal D + D″ of arXiv:1811.03962, Proposition 11.3, one entry at a time.</summary>
/// <remarks>
/// s = (φ(a) − φ(b))/(a − b) lies in [0, 1] and is 1{b ≥ 0} where a = b. With certain signs it is exactly 1 or 0 where they agree and, where they differ, max(a, b)/|a − b|, in which nothing cancels; where a sign is
/// open the whole of [0, 1] remains, and the identity holds for some s in it.
/// </remarks>
public static class RectifierSecant
{
    private static readonly Ball Undecided = new(0.5, 0.5);

    /// <summary>s. Radius: zero for equal certain signs, a few ulp and what a and b bring for different ones, ½ where a sign is open.</summary>
    /// <param name="a">One pre-activation.</param>
    /// <param name="b">The other; its gate is D.</param>
    public static Ball Slope(Ball a, Ball b)
    {
        if (!a.IsRigorous || !b.IsRigorous)
        {
            return Undecided;
        }

        var (signA, signB) = (CertainSign(a), CertainSign(b));
        if (signA == signB)
        {
            return signA == 0 ? Undecided : Ball.Exactly(signA > 0 ? 1 : 0);
        }

        if (signA == 0 || signB == 0)
        {
            return Undecided;
        }

        var (positive, negative) = signA > 0 ? (a, b) : (b, a);
        var quotient = positive / (positive - negative);
        return quotient.IsRigorous ? quotient : Undecided;
    }

    /// <summary>Whether D″ is certainly zero here: a and b certainly have one sign.</summary>
    /// <param name="a">One pre-activation.</param>
    /// <param name="b">The other.</param>
    public static bool IsGate(Ball a, Ball b) => CertainSign(a) * CertainSign(b) > 0;

    /// <summary>1 for a ball of numbers ≥ 0, −1 for one of numbers &lt; 0, 0 where the sign is open. A rounded sum has the sign of the exact one.</summary>
    private static int CertainSign(Ball x) => x.Midpoint - x.Radius >= 0 ? 1 : x.Midpoint + x.Radius < 0 ? -1 : 0;
}
