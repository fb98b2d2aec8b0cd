using System.Numerics;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Logarithm, cosine and sine against series in 256-bit fixed-point arithmetic; the promised bounds are 1 and 2 ulp.</summary>
public sealed class ElementaryFunctionsTests
{
    private const int FractionBits = 256;
    private static readonly BigInteger One = BigInteger.One << FractionBits;
    private static readonly BigInteger Ln2 = TwiceArtanh(One / 3);
    private static readonly BigInteger TwoPi = 8 * ((4 * Arctan(5)) - Arctan(239)); // Machin: π/4 = 4 arctan 1/5 − arctan 1/239

    [Test]
    public void Log_UnitInterval_WithinOneUlp()
    {
        var edges = new[] { 1 - Cell, 1 - (3 * Cell), Cell, 0.5, 0.25, Math.Sqrt(0.5), Math.BitDecrement(Math.Sqrt(0.5)), Math.BitIncrement(Math.Sqrt(0.5)), 0.75 };
        Assert.That(Arguments(edges).Max(x => Error(ElementaryFunctions.Log(Vector512.Create(x))[0], Log(x))), Is.LessThan(1.0));
    }

    [Test]
    public void CosSin_WholeTurn_WithinTwoUlp()
    {
        var edges = Enumerable.Range(0, 9).Select(i => i / 8.0).SelectMany(t => new[] { t, Math.Min(t + Cell, 1), Math.Max(t - Cell, 0) });
        foreach (var t in Arguments(edges))
        {
            var (cos, sin) = ElementaryFunctions.CosSinOfTurn(Vector512.Create(t));
            var angle = (TwoPi * Fixed(t)) >> FractionBits;
            Assert.That(Error(cos[0], Taylor(angle, 0)), Is.LessThan(2.0), $"cos of {t:R} turns");
            Assert.That(Error(sin[0], Taylor(angle, 1)), Is.LessThan(2.0), $"sin of {t:R} turns");
        }
    }

    private const double Cell = 1.1102230246251565e-16;

    private static IEnumerable<double> Arguments(IEnumerable<double> edges) =>
        edges.Concat(Enumerable.Range(0, 4000).Select(i => RandomStream.FromSeed(3).Uniform((ulong)i)));

    /// <summary>|computed − exact| in units of the last place of the exact value; the reference is good to about 2⁻²⁴⁰.</summary>
    private static double Error(double computed, BigInteger exact)
    {
        if (BigInteger.Abs(exact) < One >> 200)
        {
            return computed == 0 ? 0 : double.PositiveInfinity;
        }

        var ulp = Fixed(Math.BitIncrement(Math.Abs((double)exact / Math.Pow(2, FractionBits))) - Math.Abs((double)exact / Math.Pow(2, FractionBits)));
        return (double)BigInteger.Abs(Fixed(computed) - exact) / (double)ulp;
    }

    private static BigInteger Fixed(double x)
    {
        var exponent = Math.ILogB(x == 0 ? 1 : x) - 52;
        var mantissa = (BigInteger)Math.ScaleB(x, -exponent);
        var shift = exponent + FractionBits;
        return shift >= 0 ? mantissa << shift : mantissa >> -shift;
    }

    private static BigInteger Log(double x)
    {
        var exponent = Math.ILogB(x) + 1;
        var mantissa = Fixed(Math.ScaleB(x, -exponent)); // [½, 1)
        return (exponent * Ln2) + TwiceArtanh(((mantissa - One) << FractionBits) / (mantissa + One));
    }

    /// <summary>2 artanh s = ln((1 + s)/(1 − s)), |s| ≤ 1/3.</summary>
    private static BigInteger TwiceArtanh(BigInteger s)
    {
        var (sum, power, square) = (BigInteger.Zero, s, (s * s) >> FractionBits);
        for (var k = 1; !power.IsZero && k < 200; k += 2)
        {
            sum += power / k;
            power = (power * square) >> FractionBits;
        }

        return 2 * sum;
    }

    /// <summary>arctan(1/n).</summary>
    private static BigInteger Arctan(int n)
    {
        var (sum, power) = (BigInteger.Zero, One / n);
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += k % 4 == 1 ? power / k : -(power / k);
            power /= n * n;
        }

        return sum;
    }

    /// <summary>Σ (−1)ʲ xⁱ/i!, i = first + 2j: the cosine from 0, the sine from 1.</summary>
    private static BigInteger Taylor(BigInteger x, int first)
    {
        var (sum, term) = (BigInteger.Zero, first == 0 ? One : x);
        for (var i = first; !term.IsZero && i < 200; i += 2)
        {
            sum += term;
            term = -((((term * x) >> FractionBits) * x) >> FractionBits) / ((i + 1) * (i + 2));
        }

        return sum;
    }
}
