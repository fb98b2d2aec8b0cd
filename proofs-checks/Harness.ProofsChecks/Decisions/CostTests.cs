using Harness.Claims;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class CostTests
{
    private static readonly Cost One = Cost.AtMost(1, ladder: "x");

    [Test]
    public void Decide_NoObservations_IsUndecided() => Assert.That(One.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [TestCase(1)]
    [TestCase(5)]
    public void Decide_FewerThanSixValues_IsUndecidedForGood(int rungs)
    {
        var decision = One.Decide(SyntheticEvidence.Ladder(rungs, 4, (x, _) => x), 1e-8);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)null)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Decide_ValueThatIsNoCost_IsUndecided(double odd) =>
        Assert.That(One.Decide(SyntheticEvidence.Ladder(7, 4, (x, i) => i == 3 ? odd : x), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_MissingVariable_IsUndecided() =>
        Assert.That(Cost.AtMost(1, ladder: "y").Decide(SyntheticEvidence.Ladder(7, 4, (x, _) => x), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_LadderTooShortToTellDegreesApart_SaysSo()
    {
        // Seven values, but they end at 1 + 6/4: no tail beyond four times the first.
        var evidence = SyntheticEvidence.Ladder(7, 4, (_, _) => 1);
        var narrow = evidence with { HeldOut = [.. evidence.HeldOut.Select(o => SyntheticEvidence.Observe(o.Cell, o.Trial, Variables.None.With("x", 1 + (o.Cell / 4.0)), 1 + o.Cell, 1))] };
        var decision = One.Decide(narrow, 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.Because, Does.Contain("too short"));
    }

    [TestCase(1, 1, Verdict.Holds)]
    [TestCase(1, 2, Verdict.Violated)]
    [TestCase(2, 1, Verdict.Holds)]
    [TestCase(2, 2, Verdict.Holds)]
    [TestCase(2, 3, Verdict.Violated)]
    [TestCase(3, 3, Verdict.Holds)]
    public void Decide_ExactPower_IsDecidedByItsDegree(int claimed, int power, Verdict expected)
    {
        var decision = Cost.AtMost(claimed, ladder: "x").Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => 2 + Math.Pow(x, power)), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(expected), decision.Because);
    }

    [Test]
    public void Decide_OrderOfObservations_DoesNotMatter()
    {
        var evidence = SyntheticEvidence.Ladder(7, 4, (x, i) => x * (1 + (0.01 * (i % 3))));
        var reversed = evidence with { HeldOut = [.. evidence.HeldOut.Reverse()] };
        Assert.That(One.Decide(reversed, 1e-8).Because, Is.EqualTo(One.Decide(evidence, 1e-8).Because));
    }

    [Test]
    public void Fit_FixedPartAndPower_IsRecoveredAndPredicted()
    {
        // The exponent is found to 1e-5 (see ExponentTests); over the four octaves from the ladder's centre to its end that moves a prediction by less than 1e-4.
        var fit = CostFit.Of(SyntheticEvidence.Ladder(7, 3, (x, _) => 5 + (3 * x * x)).HeldOut, "x")!;
        Assert.That(fit.FittedExponent, Is.EqualTo(2).Within(1e-5));
        Assert.That(fit.PolynomialAt(64), Is.EqualTo(5 + (3 * 64.0 * 64)).Within(0.01).Percent);
        Assert.That(fit.HeldOutFrom, Is.EqualTo(32).Within(1e-12));
        Assert.That(fit.PolynomialError, Is.LessThan(1e-4).And.LessThan(fit.ExponentialError));
    }

    [Test]
    public void Fit_Exponential_IsRecoveredAndPredicted()
    {
        // Exact up to the rounding of logarithms, of magnitude 13, amplified by the extrapolation to four times the range: 1e-12 leaves a thousand roundings.
        var fit = CostFit.Of(SyntheticEvidence.Ladder(7, 3, (x, _) => 3 * Math.Exp(0.2 * x)).HeldOut, "x")!;
        Assert.That(fit.ExponentialError, Is.LessThan(1e-12));
        Assert.That(fit.PolynomialError, Is.GreaterThan(1));
    }

    [Test]
    public void LocalSlopes_OfAPower_AreItsExponent()
    {
        var fit = CostFit.Of(SyntheticEvidence.Ladder(6, 1, (x, _) => 7 * Math.Pow(x, 1.5)).HeldOut, "x")!;
        Assert.That(fit.LocalSlopes.Select(s => s.Slope), Is.All.EqualTo(1.5).Within(1e-12));
        Assert.That(fit.LocalSlopes[0].X, Is.EqualTo(Math.Sqrt(2)).Within(1e-12));
    }
}
