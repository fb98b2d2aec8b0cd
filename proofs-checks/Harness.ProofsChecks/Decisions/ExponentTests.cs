using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class ExponentTests
{
    private static readonly Exponent Half = Exponent.EqualTo(-0.5, within: 0.15, ladder: "x");

    [Test]
    public void Decide_NoObservations_IsUndecided() => Assert.That(Half.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [TestCase(1)]
    [TestCase(2)]
    public void Decide_TooFewRungs_IsUndecidedForGood(int rungs)
    {
        var decision = Half.Decide(SyntheticEvidence.Ladder(rungs, 4, (x, _) => 1 / Math.Sqrt(x)), 1e-8);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)null)));
    }

    /// <summary>Rungs off by (0, a, −a, 0) in units of the trials' scatter: of the whole ladder F = 0.9a²t on 2 and 4(t − 1), of its tail F = 1.5a²t on 1 and 3(t − 1) degrees of freedom, t trials a rung.</summary>
    [TestCase(24, 0.51, 24)] // F = 5.6, which chance exceeds in 0.5 % of ladders, and 9.4, in 0.3 %
    [TestCase(96, 0.51, null)] // F = 22 and 37
    public void Decide_LackOfFit_AsksForMoreTrialsIfItMayBeChance(int trials, double a, int? more)
    {
        double[] off = [0, a, -a, 0];
        var decision = Half.Decide(SyntheticEvidence.Ladder(4, trials, (x, i) => Math.Exp((-0.5 * Math.Log(x)) + (i % 2 == 0 ? 1 : -1) + off[(int)Math.Round(Math.Log2(x))])), 1e-8);
        Assert.That(decision.Because, Does.StartWith("No single exponent"));
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, more)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Decide_ValueWithoutLogarithm_IsUndecided(double odd) =>
        Assert.That(Half.Decide(SyntheticEvidence.Ladder(5, 4, (x, i) => i == 3 ? odd : x), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_ConstantVariable_IsUndecided() =>
        Assert.That(Half.Decide(SyntheticEvidence.Cells(5, 4, (_, _) => (1, 1)) with { HeldOut = [.. Enumerable.Range(0, 12).Select(i => SyntheticEvidence.Observe(i / 3, i % 3, Variables.None.With("x", 2), 1, 1))] }, 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_MissingVariable_IsUndecided() =>
        Assert.That(Exponent.EqualTo(1, within: 0.1, ladder: "y").Decide(SyntheticEvidence.Ladder(5, 4, (x, _) => x), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [TestCase(-0.5, Verdict.Holds)]
    [TestCase(-0.3, Verdict.Violated)]
    [TestCase(-0.7, Verdict.Violated)]
    [TestCase(-0.4, Verdict.Holds)]
    public void EqualTo_ExactPowerLaw_IsDecidedByItsMargin(double exponent, Verdict expected)
    {
        var decision = Half.Decide(SyntheticEvidence.Ladder(5, 1, (x, _) => 3 * Math.Pow(x, exponent)), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(expected), decision.Because);
        Assert.That(decision.Estimates[0].Value, Is.EqualTo(exponent).Within(1e-9));
    }

    [TestCase(1.0, Verdict.Holds, Verdict.Holds)]
    [TestCase(1.2, Verdict.Violated, Verdict.Holds)]
    [TestCase(0.8, Verdict.Holds, Verdict.Violated)]
    public void OneSided_ExactPowerLaw_LeavesTheOtherSideOpen(double exponent, Verdict atMost, Verdict atLeast)
    {
        var evidence = SyntheticEvidence.Ladder(5, 3, (x, _) => Math.Pow(x, exponent));
        Assert.That(Exponent.AtMost(1, within: 0.1, ladder: "x").Decide(evidence, 1e-8).Verdict, Is.EqualTo(atMost));
        Assert.That(Exponent.AtLeast(1, within: 0.1, ladder: "x").Decide(evidence, 1e-8).Verdict, Is.EqualTo(atLeast));
    }

    [Test]
    public void WithOffset_ExactOffset_FindsTheExponentBehindIt()
    {
        // The valley's floor is found to 1e-9 in p and the curve's own accuracy is set to 1e-7, which over this ladder moves p by less than 1e-5.
        var decision = Exponent.EqualTo(1.5, within: 0.1, ladder: "x").WithOffset.Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => 40 + Math.Pow(x, 1.5)), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
        Assert.That(decision.Estimates[0].Value, Is.EqualTo(1.5).Within(1e-5));
    }

    [Test]
    public void EqualTo_LadderThatFallsTowardsZero_TakesTheTailAtItsSmallEnd()
    {
        // ω from 1 down to 2⁻⁷ with a kink at 2⁻³: exponent 1 above and 2/3 below; cells are numbered from the mild end, ω = 1.
        var evidence = new Evidence([], [.. Enumerable.Range(0, 24).Select(i =>
        {
            var ω = Math.Pow(2, -(i / 3));
            return SyntheticEvidence.Observe(i / 3, i % 3, Variables.None.With("ω", ω), ω >= 0.125 ? ω : 0.125 * Math.Pow(ω / 0.125, 2.0 / 3), 1);
        })], [new("ω", TowardsZero: true)]);
        var decision = Exponent.EqualTo(2.0 / 3, within: 0.1, ladder: "ω").Decide(evidence, 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
        Assert.That(decision.Because, Does.Contain("tail"));
    }

    [Test]
    public void EqualTo_SlopeThatNeverSettles_IsUndecided()
    {
        // y = exp(√x): the local slope doubles every other rung.
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(50), 24);
        var decision = Half.Decide(SyntheticEvidence.Ladder(6, 4, (x, i) => Math.Exp(Math.Sqrt(x) + (0.01 * z[i]))), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided), decision.Because);
    }
}
