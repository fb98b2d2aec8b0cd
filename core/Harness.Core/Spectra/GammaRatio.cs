using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>Γ(a + ν)/Γ(a), enclosed, without either of the two, which overflow.</summary>
/// <remarks>
/// Upwards by Γ(z + 1) = zΓ(z) until a ≥ 32 + 8|ν|; there Stirling's series for both logarithms, whose leading parts are subtracted in closed form:
/// ln Γ(a + ν) − ln Γ(a) = (a − ½) ln(1 + ν/a) + ν ln(a + ν) − ν + S(a + ν) − S(a), S(z) = Σ B₂ⱼ/(2j(2j − 1)z^{2j−1}),
/// of which the error is below the first term left out (DLMF 5.11(ii)): 691/(360360·z¹¹) at z ≥ 28, below 3·10⁻¹⁹. ln(1 + ν/a) = 2 artanh(ν/(2a + ν)) keeps its relative accuracy.
/// </remarks>
internal static class GammaRatio
{
    /// <summary>Γ(a + ν)/Γ(a) for a &gt; 0 and a + ν &gt; 0.</summary>
    public static Ball Evaluate(double a, double ν)
    {
        if (!(a > 0) || !(a + ν > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ν), ν, $"Γ(a + ν)/Γ(a) is evaluated at positive arguments; a = {a}.");
        }

        var factor = Ball.Exactly(1);
        var (z, shift) = (Ball.Exactly(a), Ball.Exactly(ν));
        while (z.Midpoint < 32 + (8 * Math.Abs(ν)))
        {
            factor *= z / (z + shift);
            z += Ball.Exactly(1);
        }

        var end = z + shift;
        var logarithm = ((z - Ball.Exactly(0.5)) * LogOfOnePlus(shift, z)) + (shift * Ball.Log(end)) - shift + (Tail(end) - Tail(z));
        return factor * Ball.Exp(logarithm);
    }

    /// <summary>ln(1 + ν/z) = 2(s + s³/3 + s⁵/5 + …), s = ν/(2z + ν), |s| ≤ 1/15: what is left out after s¹⁹ is below s²¹/20.</summary>
    private static Ball LogOfOnePlus(Ball ν, Ball z)
    {
        var s = ν / ((Ball.Exactly(2) * z) + ν);
        var square = Ball.Square(s);
        var sum = Ball.Exactly(1) / Ball.Exactly(19);
        for (var k = 17; k >= 1; k -= 2)
        {
            sum = (sum * square) + (Ball.Exactly(1) / Ball.Exactly(k));
        }

        // |s|²⁰/20 ≤ 15⁻²⁰/20 < 2·10⁻²⁵.
        return Ball.Exactly(2) * s * (sum + new Ball(0, 2e-25));
    }

    /// <summary>Five terms of S(z).</summary>
    private static Ball Tail(Ball z)
    {
        var inverse = Ball.Exactly(1) / z;
        var square = Ball.Square(inverse);
        var sum = Fraction(1, 1188);
        sum = (sum * square) - Fraction(1, 1680);
        sum = (sum * square) + Fraction(1, 1260);
        sum = (sum * square) - Fraction(1, 360);
        sum = (sum * square) + Fraction(1, 12);
        return (sum * inverse) + new Ball(0, 3e-19);
    }

    private static Ball Fraction(double numerator, double denominator) => Ball.Exactly(numerator) / Ball.Exactly(denominator);
}
