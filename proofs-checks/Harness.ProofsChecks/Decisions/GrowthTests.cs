using Harness.Claims;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>The growth procedure on ladders without noise, where its formulas can be checked by hand.</summary>
public sealed class GrowthTests
{
    private static readonly Growth Polynomial = Growth.Polynomial("x");

    [TestCase(0.5)]
    [TestCase(3)]
    public void Position_OfAPower_IsMinusHalfItsExponent(double exponent)
    {
        var decision = Decide(x => Math.Pow(x, exponent));
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds));
        // Least squares on six logarithms of at most log 32: 1e-12 leaves their rounding a factor of 1000.
        Assert.That(Position(decision), Is.EqualTo(-exponent / 2).Within(1e-12 * exponent));
        Assert.That(Estimate(decision, "exponent of x, mild half"), Is.EqualTo(exponent).Within(1e-12 * exponent));
        Assert.That(Estimate(decision, "prediction error of the power law, factor"), Is.EqualTo(1).Within(1e-12 * exponent));
    }

    [Test]
    public void Position_ChangeOfUnits_IsTheSame() =>
        Assert.That(Position(Decide(x => 1e6 * (x + (x * x)))), Is.EqualTo(Position(Decide(x => x + (x * x)))).Within(1e-12));

    [Test]
    public void Exponential_WithoutNoise_IsViolated()
    {
        var decision = Decide(x => Math.Exp(0.1 * x));
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Violated));
        Assert.That(Estimate(decision, "prediction error of the exponential, factor"), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void InfiniteValue_IsViolated() => Assert.That(Decide(x => x < 32 ? x : double.PositiveInfinity).Verdict, Is.EqualTo(Verdict.Violated));

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    public void ValueWithoutALogarithm_IsUndecided(double value) => Assert.That(Decide(x => x < 32 ? x : value).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void FourRungs_AreTooFew() => Assert.That(Decide(x => x, rungs: 4).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void OneTrialARung_IsUndecided() => Assert.That(Polynomial.Decide(SyntheticEvidence.Ladder(6, 1, (x, _) => x), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void NoObservation_IsUndecided() => Assert.That(Polynomial.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    private static Decision Decide(Func<double, double> law, int rungs = 6) => Polynomial.Decide(SyntheticEvidence.Ladder(rungs, 4, (x, _) => law(x)), 1e-8);

    private static double Position(Decision decision) => Estimate(decision, "position between the laws");

    private static double Estimate(Decision decision, string name) => decision.Estimates.Single(e => e.Name == name).Value;
}
