using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// Natural logarithm, cosine and sine in a fixed sequence of correctly rounded operations, so that every machine and every vector width
/// gives the same bits; the system's own library differs between systems in the last place.
/// </summary>
/// <remarks>
/// The polynomials are Taylor polynomials on reduced arguments, long enough for the truncation to stay below 2⁻⁵⁸ relative: no table of
/// fitted constants has to be trusted. Errors, measured against exact values in the tests: below 1 ulp (logarithm), below 2 ulp (cosine, sine).
/// </remarks>
internal static class ElementaryFunctions
{
    private const double Ln2High = 0.6931471805599453; // the double nearest ln 2
    private const double Ln2Low = 2.3190468138462996e-17; // ln 2 − Ln2High, rounded
    private const long BitsOfSqrtHalf = 0x3FE6A09E667F3BCD;

    /// <summary>ln x of positive normal numbers.</summary>
    /// <remarks>
    /// x = 2ᵉ(1 + f) with 1 + f in [√½, √2); with s = f/(2 + f) and z = s² ≤ 0.0295, ln(1 + f) = 2 artanh s = f − s(f − R),
    /// R = Σ_{j≥1} 2zʲ/(2j + 1), cut after j = 10. Writing it around the exact f keeps the rounding of s out of the leading term.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var offset = x.AsInt64() - Vector512.Create(BitsOfSqrtHalf);
        var exponent = Vector512.ConvertToDouble(offset >> 52);
        var f = ((offset & Vector512.Create(0xFFFFFFFFFFFFFL)) + Vector512.Create(BitsOfSqrtHalf)).AsDouble() - Vector512<double>.One;
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var r = Horner(Vector512.Create(2.0 / 21), z, 2.0 / 19);
        r = Horner(r, z, 2.0 / 17);
        r = Horner(r, z, 2.0 / 15);
        r = Horner(r, z, 2.0 / 13);
        r = Horner(r, z, 2.0 / 11);
        r = Horner(r, z, 2.0 / 9);
        r = Horner(r, z, 2.0 / 7);
        r = Horner(r, z, 2.0 / 5);
        r = Horner(r, z, 2.0 / 3) * z;
        var correction = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(-Ln2Low), s * (f - r));
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2High), f - correction);
    }

    /// <summary>cos 2πt and sin 2πt for t in [0, 1].</summary>
    /// <remarks>
    /// 4t = q + x with q the nearest integer and x exact, |x| ≤ ½: the angle a = πx/2 lies within π/4 of the q-th axis. Taylor polynomials of
    /// degree 16 (cosine) and 17 (sine) in a; the quadrant q exchanges them and sets the signs.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Cos, Vector512<double> Sin) CosSinOfTurn(Vector512<double> t)
    {
        var quarters = t * Vector512.Create(4.0);
        var q = Vector512.Floor(quarters + Vector512.Create(0.5));
        var a = (quarters - q) * Vector512.Create(Math.PI / 2);
        var z = a * a;

        var sin = Horner(Vector512.Create(1.0 / 355687428096000), z, -1.0 / 1307674368000); // 1/17!, −1/15!
        sin = Horner(sin, z, 1.0 / 6227020800);
        sin = Horner(sin, z, -1.0 / 39916800);
        sin = Horner(sin, z, 1.0 / 362880);
        sin = Horner(sin, z, -1.0 / 5040);
        sin = Horner(sin, z, 1.0 / 120);
        sin = Horner(sin, z, -1.0 / 6);
        sin = Vector512.FusedMultiplyAdd(sin * z, a, a);

        var cos = Horner(Vector512.Create(1.0 / 20922789888000), z, -1.0 / 87178291200); // 1/16!, −1/14!
        cos = Horner(cos, z, 1.0 / 479001600);
        cos = Horner(cos, z, -1.0 / 3628800);
        cos = Horner(cos, z, 1.0 / 40320);
        cos = Horner(cos, z, -1.0 / 720);
        cos = Horner(cos, z, 1.0 / 24);
        cos = Horner(cos, z, -1.0 / 2);
        cos = Horner(cos, z, 1.0);

        var first = Vector512.Equals(q, Vector512<double>.One);
        var second = Vector512.Equals(q, Vector512.Create(2.0));
        var third = Vector512.Equals(q, Vector512.Create(3.0));
        var odd = first | third;
        var minus = Vector512.Create(-0.0);
        return (
            Vector512.ConditionalSelect(odd, sin, cos) ^ ((first | second) & minus),
            Vector512.ConditionalSelect(odd, cos, sin) ^ ((second | third) & minus));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Horner(Vector512<double> accumulated, Vector512<double> z, double coefficient) =>
        Vector512.FusedMultiplyAdd(accumulated, z, Vector512.Create(coefficient));
}
