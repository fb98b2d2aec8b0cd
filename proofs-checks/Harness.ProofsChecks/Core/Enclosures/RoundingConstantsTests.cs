using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>The constants of error bounds against the rational numbers that they bound.</summary>
[TestFixture(typeof(double), 53)]
[TestFixture(typeof(float), 24)]
public sealed class RoundingConstantsTests<T>(int precision)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BigRational Unit => new(1, BigInteger.One << precision);

    [Test]
    public void Unit_IsHalfTheDistanceFromOneToTheNextNumber() => Assert.That(BigRational.Exactly(Precision<T>.Unit), Is.EqualTo(Unit));

    [Test]
    public void Tiny_IsAPowerOfTwoFarAboveTheSmallestNumber()
    {
        Assert.That(T.ILogB(Precision<T>.Tiny), Is.EqualTo(precision == 53 ? -900 : -100));
        Assert.That(T.IsPow2(Precision<T>.Tiny));
    }

    [Test]
    public void Gamma_AnyCount_IsAboveTheBoundByTwoRoundings([Values(0, 1, 7, 1000, 1 << 20)] long k)
    {
        var exact = new BigRational(k, 1) * Unit / (1 - (new BigRational(k, 1) * Unit));
        Assert.That(BigRational.Exactly(Precision<T>.Gamma(k)) >= exact);
        Assert.That(BigRational.Exactly(Precision<T>.Gamma(k)) <= (exact * (1 + new BigRational(1, BigInteger.One << 51))) + BigRational.Exactly(double.Epsilon));
    }

    [Test]
    public void Gamma_UpToAQuarterOfTheUnit_AndNoFurther()
    {
        var most = 1L << (precision - 2);
        Assert.That(Precision<T>.Gamma(most), Is.EqualTo(1 / 3.0).Within(1e-15));
        Assert.That(() => Precision<T>.Gamma(most + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Precision<T>.Gamma(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void AtLeast_HardNumbers_IsTheNextOneOrItself() => Check.One(PropertyCases.Of(1000), Prop.ForAll(HardNumbers.Any, draw =>
        draw.Draw<double>("x", draw.Rows * draw.Columns).All(x =>
        {
            var above = Precision<T>.AtLeast(x);
            return double.CreateChecked(above) >= x && (double.CreateChecked(T.BitDecrement(above)) < x || double.IsNegativeInfinity(double.CreateChecked(T.BitDecrement(above))));
        })));

    [Test]
    public void AtLeast_NotANumber_StaysNone() => Assert.That(T.IsNaN(Precision<T>.AtLeast(double.NaN)));

    [Test]
    public void GammaOfDouble_AnyCount_IsAboveTheBoundByTwoRoundings([Values(0, 1, 12345, 1L << 51)] long n)
    {
        var (u, exact) = (new BigRational(1, BigInteger.One << 53), new BigRational(n, (BigInteger.One << 53) - n));
        Assert.That(BigRational.Exactly(Rounding.Unit), Is.EqualTo(u));
        Assert.That(BigRational.Exactly(Rounding.Gamma(n)) >= exact);
        Assert.That(BigRational.Exactly(Rounding.Gamma(n)) <= (exact * (1 + (4 * u))) + BigRational.Exactly(double.Epsilon));
    }

    [Test]
    public void GammaOfDouble_OutOfRange_Throws()
    {
        Assert.That(Rounding.Gamma(1L << 52), Is.EqualTo(1).Within(1e-15));
        Assert.That(() => Rounding.Gamma((1L << 52) + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Rounding.Gamma(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Multiply_LengthsDiffer_SaysWhich() =>
        Assert.That(() => RoundedUp.Multiply<T>(new T[2], new T[2], new T[3]), Throws.ArgumentException.With.Message.Contains("one length; got 2, 2 and 3"));
}
