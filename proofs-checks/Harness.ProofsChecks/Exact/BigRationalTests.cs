using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using NUnit.Framework;

namespace Harness.ProofsChecks.Exact;

/// <summary>The oracle's arithmetic: exact, so every law is an equality.</summary>
public sealed class BigRationalTests
{
    /// <summary>Finite doubles over all exponents, subnormals and both zeros included: random bits with the exponent "infinite or NaN" left out.</summary>
    private static readonly Arbitrary<double> Finite = Arb.From(
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        let value = BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low)
        select double.IsFinite(value) ? value : low / 3.0);

    private static Config Config => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500);

    [Test]
    public void ToDouble_OfAnExactDouble_GivesItBack() =>
        Check.One(Config, Prop.ForAll(Finite, x => BigRational.Exactly(x).ToDouble() == x));

    [Test]
    public void Arithmetic_OnDoubles_ObeysTheFieldLaws() =>
        Check.One(Config, Prop.ForAll(Finite, Finite, (x, y) =>
        {
            var (a, b) = (BigRational.Exactly(x), BigRational.Exactly(y));
            return a + b == b + a && (a + b) - b == a && a * (b + 1) == (a * b) + a && (b.Sign == 0 || a / b * b == a) && a + -a == 0;
        }));

    [Test]
    public void Order_OfDoubles_IsThatOfTheirValues() =>
        Check.One(Config, Prop.ForAll(Finite, Finite, (x, y) => BigRational.Exactly(x) < BigRational.Exactly(y) == x < y));

    [Test]
    public void Fraction_IsKeptInLowestTerms()
    {
        var sixth = new BigRational(-4, -24);
        Assert.That((sixth.Numerator, sixth.Denominator, sixth.ToString()), Is.EqualTo(((System.Numerics.BigInteger)1, (System.Numerics.BigInteger)6, "1/6")));
    }

    [Test]
    public void Default_IsZero() => Assert.That(default(BigRational) + 1 == 1 && default(BigRational).Denominator.IsOne, Is.True);

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Exactly_OfWhatIsNotANumber_IsRefused(double value) => Assert.That(() => BigRational.Exactly(value), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Denominator_OfZero_IsRefused() => Assert.That(() => new BigRational(1, 0), Throws.InstanceOf<DivideByZeroException>());
}
