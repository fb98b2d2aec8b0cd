using Harness.Claims.Decisions;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class StudentTailTests
{
    // Computed with 40 digits from the incomplete beta function; ν = 1 and 2 also have closed forms.
    [TestCase(1, 1e-9, 318309886.183791)]
    [TestCase(2, 1e-12, 707106.781185487)]
    [TestCase(3, 1e-3, 10.2145318524074)]
    [TestCase(3, 1e-9, 1033.10967450381)]
    [TestCase(3.7, 1e-12, 2162.00355094028)]
    [TestCase(5, 1e-9, 98.93722464837)]
    [TestCase(19, 1e-9, 10.6135213125064)]
    [TestCase(72, 1e-12, 8.47375577265069)]
    [TestCase(91, 1e-9, 6.6638080553657)]
    [TestCase(500, 1e-9, 6.11046995080849)]
    [TestCase(10000, 1e-12, 7.04337160205578)]
    public void Quantile_FarTail_MatchesFortyDigitReference(double ν, double tail, double expected)
    {
        // The root is bracketed to 1e-9 of the bracket's end, at most twice the quantile.
        Assert.That(StudentTail.Quantile(tail, ν), Is.EqualTo(expected).Within(2e-9 * expected));
    }

    [Test]
    public void Quantile_AnyFreedom_InvertsProbability([Values(1, 2.5, 7, 40, 1e4, 1e9)] double ν, [Values(0.3, 0.05, 1e-6, 1e-14)] double tail)
    {
        // d log P/dt is at most about t, and t·2e-9·t < 2e-7 for every t that is not of a heavy tail, where it is at most ν/t.
        Assert.That(StudentTail.Probability(StudentTail.Quantile(tail, ν), ν), Is.EqualTo(tail).Within(2e-7 * tail));
    }

    [Test]
    public void Quantile_NoFreedom_IsInfinite() => Assert.That(StudentTail.Quantile(1e-3, 0), Is.EqualTo(double.PositiveInfinity));

    // The library's normal quantile is used for Stouffer's sum: its far tail against 40-digit references, to 1e-9.
    [TestCase(1e-3, 3.09023230616781)]
    [TestCase(1e-9, 5.99780701500769)]
    [TestCase(1e-12, 7.03448382530113)]
    [TestCase(1e-200, 30.2055941795796)]
    public void NormalQuantile_FarTail_IsAccurate(double tail, double expected) =>
        Assert.That(-Normal.InvCDF(0, 1, tail), Is.EqualTo(expected).Within(1e-9 * expected));
}
