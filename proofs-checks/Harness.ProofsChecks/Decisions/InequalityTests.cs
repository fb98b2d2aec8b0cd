using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class InequalityTests
{
    private const double Untracked = double.NaN;

    [Test]
    public void Decide_NoObservations_IsUndecided() =>
        Assert.That(Inequality.AtMost.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    // Value ± radius against bound ± radius, for Q ≤ B; the lower bound is its mirror image.
    [TestCase(1, 0, 1, 0, Verdict.Holds, true)]
    [TestCase(1, 0.1, 2, 0.1, Verdict.Holds, true)]
    [TestCase(1, 0.5, 2, 0.5, Verdict.Undecided, false)]
    [TestCase(2, 0.1, 1, 0.1, Verdict.Violated, true)]
    [TestCase(1.0000000000000002, 0, 1, 0, Verdict.Violated, true)]
    [TestCase(1, double.PositiveInfinity, 2, 0, Verdict.Undecided, false)]
    [TestCase(1, Untracked, 1, 0, Verdict.Holds, false)]
    [TestCase(1, Untracked, 2, Untracked, Verdict.Holds, false)]
    [TestCase(2, Untracked, 1, Untracked, Verdict.Violated, false)]
    [TestCase(double.NaN, 0, 1, 0, Verdict.Undecided, false)]
    [TestCase(1, 0, double.NaN, 0, Verdict.Undecided, false)]
    [TestCase(double.PositiveInfinity, 0, 1, 0, Verdict.Violated, false)]
    public void Decide_TwoEnclosures_ComparesWholeWithWhole(double value, double radius, double bound, double boundRadius, Verdict verdict, bool certified)
    {
        var upper = Inequality.AtMost.Decide(One(new(value, radius), new(bound, boundRadius)), 1e-8);
        var lower = Inequality.AtLeast.Decide(One(new(-value, radius), new(-bound, boundRadius)), 1e-8);
        Assert.That((upper.Verdict, upper.IsCertified), Is.EqualTo((verdict, certified)));
        Assert.That((lower.Verdict, lower.IsCertified), Is.EqualTo((verdict, certified)));
    }

    [Test]
    public void Decide_UntrackedAndCertifiedViolation_ReportsTheCertifiedOne()
    {
        var evidence = new Evidence([], [.. One(Ball.Unbounded(3), Ball.Exactly(1)).HeldOut, .. One(Ball.Exactly(2), Ball.Exactly(1)).HeldOut], []);
        var decision = Inequality.AtMost.Decide(evidence, 1e-8);
        Assert.That((decision.Verdict, decision.IsCertified), Is.EqualTo((Verdict.Violated, true)));
    }

    [Test]
    public void Decide_PositiveSides_LoosenessIsTheirFactor()
    {
        Assert.That(Inequality.AtMost.Decide(One(Ball.Exactly(2), Ball.Exactly(6)), 1e-8).Looseness, Is.EqualTo(3));
        Assert.That(Inequality.AtLeast.Decide(One(Ball.Exactly(6), Ball.Exactly(2)), 1e-8).Looseness, Is.EqualTo(3));
        Assert.That(Inequality.AtMost.Decide(One(Ball.Exactly(-1), Ball.Exactly(6)), 1e-8).Looseness, Is.Null);
    }

    [Test]
    public void Decide_Overlaps_AreCountedWithTheSmallestRadius()
    {
        var evidence = new Evidence([], [.. One(new(1, 0.5), Ball.Exactly(1)).HeldOut, .. One(new(1, 0.25), Ball.Exactly(1)).HeldOut, .. One(new(1, 0.25), Ball.Exactly(3)).HeldOut], []);
        Assert.That(Inequality.AtMost.Decide(evidence, 1e-8).Because, Does.StartWith("2 of 3 overlap, smallest radius 0.25:"));
    }

    private static Evidence One(Ball value, Ball bound) => new([], [new(0, 0, false, Variables.None, value, bound, [])], []);
}
