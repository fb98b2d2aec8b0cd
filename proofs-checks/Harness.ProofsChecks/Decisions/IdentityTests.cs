using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class IdentityTests
{
    [Test]
    public void Decide_NoObservations_IsUndecided() => Assert.That(Decide().Verdict, Is.EqualTo(Verdict.Undecided));

    [TestCase(0, 0)]
    [TestCase(1e-16, 1e-16)]
    [TestCase(-1e-16, 1e-16)]
    public void Decide_ResidualWithinOrAtItsRadius_HoldsCertified(double residual, double radius)
    {
        var decision = Decide(new Ball(residual, radius));
        Assert.That((decision.Verdict, decision.IsCertified), Is.EqualTo((Verdict.Holds, true)));
    }

    [TestCase(double.Epsilon, 0)]
    [TestCase(-1.0000000000000002e-16, 1e-16)]
    public void Decide_ResidualBeyondItsRadius_IsViolatedCertified(double residual, double radius)
    {
        var decision = Decide(new Ball(0, 0), new Ball(residual, radius));
        Assert.That((decision.Verdict, decision.IsCertified), Is.EqualTo((Verdict.Violated, true)));
    }

    [TestCase(0, double.NaN)]
    [TestCase(1, double.NaN)]
    [TestCase(0, double.PositiveInfinity)]
    [TestCase(double.NaN, 0)]
    public void Decide_RadiusThatStatesNothing_IsUndecidedForGood(double residual, double radius)
    {
        var decision = Decide(new Ball(0, 0), new Ball(residual, radius));
        Assert.That((decision.Verdict, decision.IsCertified, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, false, (int?)null)));
    }

    [Test]
    public void Decide_BrokenResidualBesideAnUntrackedOne_IsViolated() =>
        Assert.That(Decide(Ball.Unbounded(0), Ball.Exactly(1)).Verdict, Is.EqualTo(Verdict.Violated));

    [Test]
    public void Decide_SeveralResiduals_LoosenessIsTheMedianFactor() =>
        Assert.That(Decide(new Ball(1, 2), new Ball(-1, 4), new Ball(1, 64), new Ball(0, 1)).Looseness, Is.EqualTo(4));

    private static Decision Decide(params Ball[] residuals) =>
        Identity.Residual.Decide(new([], [.. residuals.Select((r, trial) => new Observation(0, trial, false, Variables.None, r, Ball.Exactly(0), []))], []), 1e-8);
}
