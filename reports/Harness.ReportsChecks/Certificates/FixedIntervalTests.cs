using System.Globalization;
using System.Numerics;
using Harness.Reports.Certificates;
using NUnit.Framework;

namespace Harness.ReportsChecks.Certificates;

/// <summary>Exponential and logarithm of the check: against digits that are known, against each other, and no wider than their rounding.</summary>
public sealed class FixedIntervalTests
{
    private const int Bits = 512;

    // 130 digits, A001113 and A002162; a unit in the last is about 2⁻⁴³².
    private const string E = "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427427466391932003059921817413596";
    private const string LogarithmOfTwo = "0693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687542001481020570685733685520235";

    [Test]
    public void Exp_OfMinusOne_IsTheReciprocalOfE() => AssertHolds(FixedInterval.One / FixedInterval.Exp(-FixedInterval.One), E, slack: 440);

    [Test]
    public void Log_OfTwo_HasItsDigits() => AssertHolds(FixedInterval.Log(FixedInterval.Whole(2)), LogarithmOfTwo, slack: 440);

    // The error of the argument, half a unit at most, and of 25 squarings at most: less than 2⁴⁰ units.
    [TestCase(0.0)]
    [TestCase(-1e-9)]
    [TestCase(-0.7)]
    [TestCase(-3.25)]
    [TestCase(-40.1)]
    public void Log_OfExp_HoldsTheArgumentAndIsNarrow(double x)
    {
        var argument = FixedInterval.Of(x);
        var back = FixedInterval.Log(FixedInterval.One + FixedInterval.Exp(argument)) - FixedInterval.Log(FixedInterval.One + FixedInterval.Exp(-argument));
        Assert.That(back.Lower, Is.LessThanOrEqualTo(argument.Lower));
        Assert.That(back.Upper, Is.GreaterThanOrEqualTo(argument.Upper));
        Assert.That(back.Upper - back.Lower, Is.LessThan(BigInteger.One << 110));
    }

    [TestCase(-600.0)]
    [TestCase(-1e300)]
    public void Exp_BelowTheUnit_IsBetweenZeroAndOneUnit(double x) => Assert.That(FixedInterval.Exp(FixedInterval.Of(x)), Is.EqualTo(new FixedInterval(0, 1)));

    [TestCase(7, -3)]
    [TestCase(-7, 3)]
    public void Quotient_OfWholeNumbers_IsRoundedOutwardsByOneUnit(int x, int y)
    {
        var quotient = (y < 0 ? -FixedInterval.Whole(x) : FixedInterval.Whole(x)) / FixedInterval.Whole(Math.Abs(y));
        Assert.That(quotient.Upper - quotient.Lower, Is.EqualTo(BigInteger.One));
        Assert.That(quotient.Lower * Math.Abs(y), Is.LessThan(-7 * (BigInteger.One << Bits)));
        Assert.That(quotient.Upper * Math.Abs(y), Is.GreaterThan(-7 * (BigInteger.One << Bits)));
    }

    /// <summary>An interval holds a number of which the first digits are given, and is narrower than 2^−slack.</summary>
    private static void AssertHolds(FixedInterval interval, string digits, int slack)
    {
        var scale = BigInteger.Pow(10, digits.Length - 1);
        var truncated = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        Assert.That(interval.Lower * scale, Is.LessThan((truncated + 1) << Bits));
        Assert.That(interval.Upper * scale, Is.GreaterThan(truncated << Bits));
        Assert.That(interval.Upper - interval.Lower, Is.LessThan(BigInteger.One << (Bits - slack)));
    }
}
