using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>The confidence sequence against its formula written down again without logarithms, and its limits against the evidence that they are the roots of.</summary>
public sealed class ConfidenceSequenceTests
{
    // Sums of 17 numbers, each off by rounding in exponents of at most 400 · 50: 1e-11 relative.
    [Test]
    public void Evidence_AnyCounts_IsTheLogarithmOfTheMixture([Values(0, 1, 6, 40)] int failures, [Values(0.01, 0.3, 0.9)] double rate)
    {
        var sequence = new BernoulliConfidenceSequence(failures, 40);
        foreach (var (sign, evidence) in new[] { (1, sequence.EvidenceAbove(rate)), (-1, sequence.EvidenceBelow(rate)) })
        {
            var mixture = Enumerable.Range(0, 17).Select(k => sign * Math.Pow(2, k / 2.0) / 16).Average(s => Math.Exp(s * failures) / Math.Pow(1 + (rate * (Math.Exp(s) - 1)), 40));
            Assert.That(evidence, Is.EqualTo(Math.Log(mixture)).Within(1e-11 * Math.Max(1, Math.Abs(evidence))));
        }
    }

    [TestCase(1, 0.05)]
    [TestCase(7, 0.05)]
    [TestCase(7, 1e-8)]
    [TestCase(60, 1e-8)]
    public void Limits_AnyCounts_AreWhereTheEvidenceReachesTheLevel(int failures, double level)
    {
        // Bisection to 2⁻⁶⁰; the evidence moves by less than 10⁴ over the unit interval around these roots.
        var sequence = new BernoulliConfidenceSequence(failures, 100);
        Assert.That(sequence.EvidenceAbove(sequence.LowerLimit(level)), Is.EqualTo(-Math.Log(level)).Within(1e-9));
        Assert.That(sequence.EvidenceBelow(sequence.UpperLimit(level)), Is.EqualTo(-Math.Log(level)).Within(1e-9));
    }

    [Test]
    public void Limits_AllOrNone_ReachTheEnds()
    {
        Assert.That(new BernoulliConfidenceSequence(0, 50).LowerLimit(1e-3), Is.Zero);
        Assert.That(new BernoulliConfidenceSequence(50, 50).UpperLimit(1e-3), Is.EqualTo(1));
        Assert.That(new BernoulliConfidenceSequence(1, 100).LowerLimit(1e-8), Is.LessThan(1e-15), "one failure is no evidence of that level against any rate: the largest tilt weighs it with 16 − ln 17");
        Assert.That(new BernoulliConfidenceSequence(0, 0).LowerLimit(1e-3), Is.Zero);
        Assert.That(new BernoulliConfidenceSequence(0, 0).UpperLimit(1e-3), Is.EqualTo(1));
    }

    [TestCase(0, 10, 0.1)]
    [TestCase(5, 10, 0.1)]
    [TestCase(1, 100, 0.1)]
    [TestCase(0, 0, 0.2)]
    public void TrialsToDecide_FrequencySeenSoFar_IsTheFirstOfAGeometricGridThatDecides(int failures, int trials, double rate)
    {
        const double Above = 1e-8, Below = 1e-3;
        bool Decides(double count)
        {
            var projected = new BernoulliConfidenceSequence(trials == 0 ? 0 : failures * (count / trials), count);
            return projected.LowerLimit(Above) > rate || projected.UpperLimit(Below) < rate;
        }

        var needed = new BernoulliConfidenceSequence(failures, trials).TrialsToDecide(rate, Above, Below);
        var steps = Math.Log(needed / Math.Max(trials, 1)) / Math.Log(1.1);
        Assert.That(steps, Is.GreaterThan(0).And.EqualTo(Math.Round(steps)).Within(1e-9), "steps by a tenth from the trials so far");
        Assert.That((Decides(needed), Decides(needed / 1.1)), Is.EqualTo((true, false)));
    }

    [Test]
    public void TrialsToDecide_AlreadyDecidedOrNever_IsNowOrInfinite()
    {
        Assert.That(new BernoulliConfidenceSequence(100, 100).TrialsToDecide(0.1, 1e-8, 1e-3), Is.EqualTo(100));
        Assert.That(new BernoulliConfidenceSequence(0, 1000).TrialsToDecide(0.1, 1e-8, 1e-3), Is.EqualTo(1000));
        Assert.That(new BernoulliConfidenceSequence(10, 100).TrialsToDecide(0.1, 1e-8, 1e-3), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void TrialsToDecide_LevelsOfBothSides_AreNotMistaken()
    {
        // Failures far above the rate: the level above decides, and the other is never reached; and the other way round.
        var above = new BernoulliConfidenceSequence(5, 10).TrialsToDecide(0.1, 1e-8, 1e-300);
        Assert.That(above, Is.EqualTo(new BernoulliConfidenceSequence(5, 10).TrialsToDecide(0.1, 1e-8, 1e-3)).And.LessThan(new BernoulliConfidenceSequence(5, 10).TrialsToDecide(0.1, 1e-20, 1e-3)));
        var below = new BernoulliConfidenceSequence(0, 10).TrialsToDecide(0.1, 1e-300, 1e-3);
        Assert.That(below, Is.EqualTo(new BernoulliConfidenceSequence(0, 10).TrialsToDecide(0.1, 1e-8, 1e-3)).And.LessThan(new BernoulliConfidenceSequence(0, 10).TrialsToDecide(0.1, 1e-8, 1e-20)));
    }
}
