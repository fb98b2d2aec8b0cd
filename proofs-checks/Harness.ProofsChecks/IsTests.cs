using NUnit.Framework;

namespace Harness.ProofsChecks;

/// <summary>A comparison with what is not a number is no success.</summary>
public sealed class IsTests
{
    [Test]
    public void LessThan_NaN_Fails()
    {
        Assert.That(Is.LessThan(1.0).ApplyTo(double.NaN).IsSuccess, Is.False);
        Assert.That(Is.LessThan(1f).ApplyTo(float.NaN).IsSuccess, Is.False);
        Assert.That(Is.LessThanOrEqualTo(double.NaN).ApplyTo(double.NaN).IsSuccess, Is.False);
        Assert.That(Is.Negative.ApplyTo(double.NaN).IsSuccess, Is.False);
        Assert.That(Is.InRange(0, 1.0).ApplyTo(double.NaN).IsSuccess, Is.False);
    }

    [Test]
    public void LessThan_Numbers_AsEver()
    {
        Assert.That(Is.LessThan(1.0).ApplyTo(0.5).IsSuccess, Is.True);
        Assert.That(Is.LessThan(1.0).ApplyTo(1.0).IsSuccess, Is.False);
        Assert.That(Is.LessThanOrEqualTo(1.0).ApplyTo(1.0).IsSuccess, Is.True);
        Assert.That(Is.Negative.ApplyTo(-1).IsSuccess, Is.True);
    }
}
