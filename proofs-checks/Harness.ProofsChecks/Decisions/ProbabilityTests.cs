using Harness.Claims;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class ProbabilityTests
{
    [Test]
    public void Decide_NoObservations_IsUndecided() =>
        Assert.That(Probability.AtMost.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void Decide_OneObservation_IsUndecidedAndSaysHowManyMore()
    {
        var decision = Probability.AtMost.Decide(SyntheticEvidence.Cells(1, 1, (_, _) => (0, 0.05)), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));

        // Without a failure (1 − p)^−t must reach 1000 by the best tilt: t ≥ ln 1000/−ln 0.95 = 134.7; the mixture costs at most ln 17 = 2.8 more, 55 trials, and the projection steps by a tenth.
        Assert.That(decision.TrialsNeeded, Is.InRange(134, 210));
    }

    [TestCase(double.NaN, 0.1, Verdict.Undecided)]
    [TestCase(0.5, 0.1, Verdict.Undecided)]
    [TestCase(0, double.NaN, Verdict.Undecided)]
    [TestCase(0, -0.1, Verdict.Undecided)]
    [TestCase(1, 0, Verdict.Violated)]
    [TestCase(1, 1, Verdict.Holds)]
    [TestCase(1, 3, Verdict.Holds)]
    public void Decide_OddValueOrPermission_IsDecidedSensibly(double value, double permitted, Verdict expected) =>
        Assert.That(Probability.AtMost.Decide(SyntheticEvidence.Cells(1, 1, (_, _) => (value, permitted)), 1e-8).Verdict, Is.EqualTo(expected));

    [Test]
    public void Decide_ProbabilityZeroWithoutFailure_IsUndecidedForGood()
    {
        var decision = Probability.AtMost.Decide(SyntheticEvidence.Cells(1, 1000, (_, _) => (0, 0)), 1e-8);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)null)));
    }

    [Test]
    public void Decide_ManySuccessesOfALargePermission_DoNotPayForASmallOne()
    {
        // 400 trials never fail where half may; 40 always fail where a twentieth may.
        var evidence = SyntheticEvidence.Cells(11, 40, (cell, _) => cell < 10 ? (0, 0.5) : (1, 0.05));
        Assert.That(Probability.AtMost.Decide(evidence, 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
    }

    [Test]
    public void Decide_SmallPermissionTriedTooLittle_IsUndecidedWhateverTheOthersShow()
    {
        var decision = Probability.AtMost.Decide(SyntheticEvidence.Cells(11, 40, (cell, _) => (0, cell < 10 ? 0.5 : 0.05)), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.Because, Does.Contain("0.05"));
    }

    [Test]
    public void Decide_PermissionsThatDifferWithinACell_AreComparedOnAverage()
    {
        var evidence = SyntheticEvidence.Cells(2, 400, (_, trial) => (trial % 10 == 0 ? 1 : 0, 0.15 + (0.1 * (trial % 2))));
        Assert.That(Probability.AtMost.Decide(evidence, 1e-8).Verdict, Is.EqualTo(Verdict.Holds));
    }

    [Test]
    public void Limits_AnyCounts_EncloseTheFrequency([Values(0, 1, 7, 50, 100)] int failures)
    {
        var sequence = new BernoulliConfidenceSequence(failures, 100);
        Assert.That(sequence.LowerLimit(1e-3), Is.LessThanOrEqualTo(failures / 100.0));
        Assert.That(sequence.UpperLimit(1e-3), Is.GreaterThanOrEqualTo(failures / 100.0));
        Assert.That(sequence.UpperLimit(1e-9), Is.GreaterThanOrEqualTo(sequence.UpperLimit(1e-3)));
    }

    [Test]
    public void Evidence_ExactExpectation_IsAtMostOneUnderTheNull([Values(0.01, 0.3, 0.9)] double q)
    {
        // E[M] over all outcomes of 20 trials with unequal probabilities of mean q, by the exact Poisson-binomial distribution: at most 1, and 1 for equal ones, up to rounding of 2^20 operations.
        foreach (var spread in (double[])[0, 0.9 * Math.Min(q, 1 - q)])
        {
            var distribution = PoissonBinomial([.. Enumerable.Range(0, 20).Select(i => q + (i % 2 == 0 ? spread : -spread))]);
            foreach (var sign in (int[])[-1, 1])
            {
                var mean = distribution.Select((p, failures) => p * Math.Exp(sign > 0 ? new BernoulliConfidenceSequence(failures, 20).EvidenceAbove(q) : new BernoulliConfidenceSequence(failures, 20).EvidenceBelow(q))).Sum();
                Assert.That(mean, spread == 0 ? Is.EqualTo(1).Within(1e-9) : Is.LessThanOrEqualTo(1 + 1e-9));
            }
        }
    }

    private static double[] PoissonBinomial(double[] probabilities)
    {
        var distribution = new double[probabilities.Length + 1];
        distribution[0] = 1;
        foreach (var p in probabilities)
        {
            for (var k = probabilities.Length; k >= 0; k--)
            {
                distribution[k] = (distribution[k] * (1 - p)) + (k > 0 ? distribution[k - 1] * p : 0);
            }
        }

        return distribution;
    }
}
