using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Moments, probabilities, identities and inequalities at the thresholds that their formulas give, and every way in which they can end.</summary>
public sealed class MeanFormulaTests
{
    private const double Level = 1e-8;

    /// <summary>Deviations of twenty-four trials with mean 0 and standard error 1 of their mean.</summary>
    private static readonly double[] Standard = Standardised(24);

    // By which mean, in standard errors, a cell is refuted: its normal score, less the most that skewness adds, is the quantile of its share of the level.
    [TestCase(1, 0.5, "equal")]
    [TestCase(3, 0.5, "equal")]
    [TestCase(1, 0.2, "equal")]
    [TestCase(1, 0.5, "above")]
    [TestCase(1, 0.5, "below")]
    public void Moment_OneCellOff_IsRefutedWhereItsReducedScoreReachesTheLevel(int cells, double skewness, string side)
    {
        const double Permitted = 0.001;
        var moment = side switch { "above" => Moment.AtMost(0.1, skewness), "below" => Moment.AtLeast(0.1, skewness), _ => Moment.Equals(0.1, skewness) };
        var sign = side == "below" ? -1 : 1;
        var quantile = -Normal.InvCDF(0, 1, Permitted / (cells + 1) / (side == "equal" ? 2 : 1));
        double Reduced(double mean)
        {
            var score = -Normal.InvCDF(0, 1, StudentTail.Probability(mean, 23));
            var passed = Math.Min(score, 3 * Math.Sqrt(24) / (2 * skewness));
            return passed - (skewness * (0.5 + (passed * passed / 3)) / Math.Sqrt(24));
        }

        var (low, high) = (0.0, 40.0);
        for (var i = 0; i < 60; i++)
        {
            (low, high) = Reduced((low + high) / 2) > quantile ? (low, (low + high) / 2) : ((low + high) / 2, high);
        }

        Decision At(double mean) => moment.Decide(SyntheticEvidence.Cells(cells, 24, (cell, trial) => (2 + (2 * 1e-3 * ((cell == 0 ? sign * mean : 0) + Standard[trial])), 2)), Permitted);
        Assert.That(At(high * 1.0001).Verdict, Is.EqualTo(Verdict.Violated), At(high * 1.0001).Because);
        Assert.That(At(high * 0.9999).Verdict, Is.Not.EqualTo(Verdict.Violated), At(high * 0.9999).Because);
        Assert.That(At(high * 1.0001).Because, Does.StartWith($"The mean of cell 0 {side switch { "above" => "exceeds its bound", "below" => "falls below its bound", _ => "differs from the exact value" }} by ").And.Match(@" over 24 trials \(normal score -?\d\.\d\)\.$"));
        Assert.That(moment.Decide(SyntheticEvidence.Cells(cells, 24, (_, trial) => (2 + (2 * 1e-3 * ((-sign * 30) + Standard[trial])), 2)), Permitted).Verdict, Is.EqualTo(side == "equal" ? Verdict.Violated : Verdict.Holds), "the other side");
    }

    [TestCase("equal")]
    [TestCase("above")]
    [TestCase("below")]
    public void Moment_AllCellsOffTogether_AreRefutedByTheirSum(string side)
    {
        const double Permitted = 0.001;
        var moment = side switch { "above" => Moment.AtMost(0.1), "below" => Moment.AtLeast(0.1), _ => Moment.Equals(0.1) };
        var sign = side == "below" ? -1 : 1;
        var quantile = -Normal.InvCDF(0, 1, Permitted / 10 / (side == "equal" ? 2 : 1));
        double Reduced(double mean)
        {
            var total = -Normal.InvCDF(0, 1, StudentTail.Probability(mean, 23)) * 3;
            var root = Math.Sqrt(9 * 24);
            return total - (0.5 * ((9 / 2.0) + (total * total / 3)) / root);
        }

        var (low, high) = (0.0, 4.0);
        for (var i = 0; i < 60; i++)
        {
            (low, high) = Reduced((low + high) / 2) > quantile ? (low, (low + high) / 2) : ((low + high) / 2, high);
        }

        Decision At(double mean) => moment.Decide(SyntheticEvidence.Cells(9, 24, (_, trial) => (-2 + (2 * 1e-3 * ((sign * mean) + Standard[trial])), -2)), Permitted);
        Assert.That(At(high * 1.0001).Because, Does.StartWith($"Over all 9 cells the means lie {(side == "below" ? "below" : "above")} {(side == "equal" ? "the exact value" : "their bounds")} (normal score "));
        Assert.That(At(high * 0.9999).Verdict, Is.EqualTo(Verdict.Holds), At(high * 0.9999).Because);
    }

    [TestCase("equal", 1)]
    [TestCase("equal", -1)]
    [TestCase("above", 1)]
    [TestCase("below", -1)]
    public void Moment_IntervalAtItsResolution_HoldsOrAsksForTrials(string side, int sign)
    {
        const double Error = 0.01;
        var moment = side switch { "above" => Moment.AtMost(0.1), "below" => Moment.AtLeast(0.1), _ => Moment.Equals(0.1) };
        var half = StudentTail.Quantile(1e-3 / 2, 23) * Error;
        Decision At(double mean) => moment.Decide(SyntheticEvidence.Cells(2, 24, (cell, trial) => (2 + (2 * ((cell == 1 ? sign * mean : 0) + (Error * Standard[trial]))), 2)), Level);
        var within = At(0.1 - half - 1e-6);
        Assert.That(within.Because, Is.EqualTo($"The means of all 2 cells are {(side == "equal" ? "within" : "at most")} {0.1.ToString("P1", System.Globalization.CultureInfo.InvariantCulture)} {side switch { "above" => "above their bounds", "below" => "below their bounds", _ => "of the exact value" }}, their intervals included."));
        var beyond = At(0.1 - half + 1e-6);
        Assert.That(beyond.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(beyond.Because, Does.StartWith("The intervals of 1 of 2 cells reach beyond 10").And.EndWith($" of {(side == "equal" ? "the exact value" : "their bounds")}."));
        Assert.That(beyond.TrialsNeeded, Is.EqualTo(1), "one more would do");
        Assert.That(At(0.09).TrialsNeeded, Is.EqualTo((int)Math.Ceiling(24 * (Math.Pow(half / (0.1 - 0.09), 2) - 1))).Within(1));
        var estimate = beyond.Estimates.Single();
        Assert.That(estimate.Name, Is.EqualTo("relative deviation, widest (cell 1)"));
        Assert.That((estimate.Value, estimate.Value - estimate.Lower, estimate.Upper - estimate.Value), Is.EqualTo((sign * (0.1 - half + 1e-6), half, half)).Within(1e-9));
        Assert.That(beyond.Level, Is.EqualTo(Level));
    }

    [Test]
    public void Moment_MeanBeyondItsResolutionButNotSurely_DoublesTheTrials() =>
        Assert.That(Moment.Equals(0.1).Decide(SyntheticEvidence.Cells(1, 24, (_, trial) => (2 + (2 * (0.11 + (0.06 * Standard[trial]))), 2)), Level), Has.Property("Verdict").EqualTo(Verdict.Undecided).And.Property("TrialsNeeded").EqualTo(24));

    // Without scatter, or with the rounding of a batch's mean: compared with the resolution directly, from the second trial on.
    [Test]
    public void Moment_NoScatterToSpeakOf_IsComparedDirectly()
    {
        Decision At(double deviation, double scatter, int trials = 24) => Moment.Equals(0.1).Decide(SyntheticEvidence.Cells(1, trials, (_, trial) => (1 + deviation + (scatter * Standard[trial]), 1)), Level);
        Assert.That((At(0.099, 0).Verdict, At(0.101, 0).Verdict), Is.EqualTo((Verdict.Holds, Verdict.Violated)));
        Assert.That(At(0.0999999, 1e-14).Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(At(1e-10, 2e-13).Verdict, Is.EqualTo(Verdict.Violated), "a hundred standard errors");
        Assert.That(At(0.5, 0, trials: 1).Verdict, Is.EqualTo(Verdict.Undecided), "one trial is no mean");
        Assert.That(Moment.Equals(0.1).Decide(SyntheticEvidence.Cells(1, 24, (_, trial) => (0.05 + (1e-3 * Standard[trial]), 0)), Level).Verdict, Is.EqualTo(Verdict.Violated), "absolute where the bound is zero");
        Assert.That(Moment.Equals(0.1).Decide(SyntheticEvidence.Cells(1, 24, (_, trial) => (0.001 + (1e-3 * Standard[trial]), 0)), Level).Verdict, Is.EqualTo(Verdict.Holds));
    }

    [Test]
    public void Moment_OfAnyKind_RefusesWhatIsNoResolution()
    {
        foreach (var create in new Func<double, double, Moment>[] { (r, s) => Moment.Equals(r, s), Moment.AtMost, Moment.AtLeast })
        {
            Assert.That(() => create(0, 0.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => create(0.1, -0.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That((create(0.1, 0.25).Resolution, create(0.1, 0.25).Skewness), Is.EqualTo((0.1, 0.25)));
        }

        var odd = Moment.Equals(0.1).Decide(SyntheticEvidence.Cells(1, 2, (_, trial) => (trial == 1 ? double.NaN : 1, 1)), Level);
        Assert.That(odd.Because, Is.EqualTo("The value ≈ NaN against 1 at  (cell 0, trial 1) is not a number."));
        Assert.That(Moment.Equals(0.1).Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
        Assert.That((Moment.Equals(0.1).Name, Moment.Equals(0.1).Calibrates), Is.EqualTo(("moment", false)));
        Assert.That(Moment.Equals(0.1).InWords, Does.StartWith("The mean over trials against its exact value").And.Contain("skewness up to 0.5 of").And.Contain("confidence 0.999 lies within 0.1 of the exact value"));
        Assert.That(Moment.AtMost(0.1).InWords, Does.StartWith("The mean over trials against its bound from above").And.Contain("surely exceeds it").And.EndWith("ends below 1.1 times the bound."));
        Assert.That(Moment.AtLeast(0.1).InWords, Does.StartWith("The mean over trials against its bound from below").And.Contain("surely falls below it").And.EndWith("begins above 0.9 times the bound."));
    }

    // Failures in one cell of 200 trials beside one without: two strata or one, and always two cells, share the level.
    [TestCase(0.05, 0.05, 3)]
    [TestCase(0.05, 0.2, 4)]
    public void Probability_FailuresAtTheirShareOfTheLevel_AreTooMany(double permitted, double other, int shares)
    {
        Decision Of(int failures) => Probability.AtMost.Decide(SyntheticEvidence.Cells(2, 200, (cell, trial) => cell == 0 ? (trial < failures ? 1 : 0, permitted) : (0, other)), Level);
        var first = Enumerable.Range(1, 200).First(k => new BernoulliConfidenceSequence(k, 200).EvidenceAbove(permitted) >= Math.Log(shares / Level)
            || (permitted == other && new BernoulliConfidenceSequence(k, 400).EvidenceAbove(permitted) >= Math.Log(shares / Level)));
        Assert.That((Of(first - 1).Verdict, Of(first).Verdict), Is.EqualTo((Verdict.Undecided, Verdict.Violated)));
        Assert.That(Of(first).Because, Is.EqualTo(FormattableString.Invariant(
            $"{first} of 200 trials failed, permitted are 0.05: at level {Level / shares:G1} the failure rate is at least {new BernoulliConfidenceSequence(first, 200).LowerLimit(Level / shares):G3}.")));
        Assert.That(Of(first).Level, Is.EqualTo(Level));
    }

    [Test]
    public void Probability_SuccessesAtTheLevelOfHolding_AreEnough()
    {
        Decision Of(int trials) => Probability.AtMost.Decide(SyntheticEvidence.Cells(2, trials, (_, _) => (0, 0.1)), Level);
        var first = Enumerable.Range(1, 200).First(t => new BernoulliConfidenceSequence(0, 2 * t).EvidenceBelow(0.1) >= Math.Log(1000));
        Assert.That((Of(first - 1).Verdict, Of(first).Verdict), Is.EqualTo((Verdict.Undecided, Verdict.Holds)));
        Assert.That(Of(first).Because, Is.EqualTo($"The failure rate is within what is permitted: 0 of {2 * first} trials failed, permitted are 0.1."));
        Assert.That(Of(first - 1).Because, Is.EqualTo($"0 of {2 * (first - 1)} trials failed, permitted are 0.1: too few trials to tell."));

        // The cells share what is still needed.
        var all = 2 * (first - 1);
        Assert.That(Of(first - 1).TrialsNeeded, Is.EqualTo((int)Math.Ceiling((new BernoulliConfidenceSequence(0, all).TrialsToDecide(0.1, Level / 3, 1e-3) - all) / 2)));
    }

    [Test]
    public void Probability_Strata_AreEstimatedInOrder()
    {
        var decision = Probability.AtMost.Decide(SyntheticEvidence.Cells(3, 50, (cell, trial) => (trial < cell ? 1 : 0, cell == 1 ? 0.2 : 0.4)), Level);
        Assert.That(decision.Estimates.Select(e => e.Name), Is.EqualTo(new[] { "failure rate (permitted 0.2)", "failure rate (permitted 0.4)" }));
        var (first, second) = (new BernoulliConfidenceSequence(1, 50), new BernoulliConfidenceSequence(2, 100));
        Assert.That(decision.Estimates.Select(e => (e.Value, e.Lower, e.Upper)), Is.EqualTo(new[] { (0.02, first.LowerLimit(1e-3), first.UpperLimit(1e-3)), (0.02, second.LowerLimit(1e-3), second.UpperLimit(1e-3)) }));
        Assert.That(Probability.AtMost.Decide(SyntheticEvidence.Cells(3, 400, (cell, _) => (0, cell == 1 ? 0.2 : 0.4)), Level).Because, Does.EndWith("0 of 400 trials failed, permitted are 0.2; 0 of 800 trials failed, permitted are 0.4."));
    }

    [Test]
    public void Probability_Odd_SaysWhat()
    {
        Assert.That(Probability.AtMost.Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
        Assert.That(Probability.AtMost.Decide(SyntheticEvidence.Cells(1, 2, (_, trial) => (0.5 * trial, 0.1)), Level).Because, Is.EqualTo("Expected a value of 0 or 1 and a permitted probability; found ≈ 0.5 and 0.1 at  (cell 0, trial 1)."));
        var impossible = Probability.AtMost.Decide(SyntheticEvidence.Cells(2, 2, (cell, trial) => (cell * trial, 0)), Level);
        Assert.That((impossible.IsCertified, impossible.Because), Is.EqualTo((true, "A failure that has probability 0 occurred at  (cell 1, trial 1).")));
        Assert.That(Probability.AtMost.Decide(SyntheticEvidence.Cells(1, 5, (_, _) => (1, 2)), Level) is { Verdict: Verdict.Holds, Estimates: [{ Name: "failure rate (permitted 1)" }] }, "no more than 1 is ever permitted");
        Assert.That((Probability.AtMost.Name, Probability.AtMost.Calibrates), Is.EqualTo(("probability", false)));
        Assert.That(Probability.AtMost.InWords, Does.StartWith("Failures are counted.").And.Contain("with confidence 0.999.").And.EndWith("about 7/p trials without a failure."));
    }

    [Test]
    public void Probability_CalibrationCells_CountAsWell() =>
        Assert.That(Probability.AtMost.Decide(new([.. SyntheticEvidence.Cells(1, 40, (_, _) => (1, 0.1)).HeldOut], [.. SyntheticEvidence.Cells(1, 1, (_, _) => (0, 0.1)).HeldOut], []), Level).Verdict, Is.EqualTo(Verdict.Violated));

    [Test]
    public void Identity_EachEnd_SaysWhy()
    {
        static Decision Decide(params Ball[] residuals) => Identity.Residual.Decide(
            new([new(0, 0, true, Variables.None, residuals[0], Ball.Exactly(0), [])], [.. residuals.Skip(1).Select((r, trial) => new Observation(1, trial, false, Variables.None.With("n", 2), r, Ball.Exactly(0), []))], []), Level);
        Assert.That(Decide(new(0, 1), new(0.5, 1)).Because, Is.EqualTo("All 2 residuals are within their rounding."));
        Assert.That(Decide(new(0, 1), new(0.5, 1), new(2, 1)).Because, Is.EqualTo("The residual 2 ± 1 at n=2 (cell 1, trial 1) exceeds its rounding."));
        Assert.That(Decide(new(0, 1), Ball.Unbounded(2)).Because, Is.EqualTo("The residual ≈ 2 at n=2 (cell 1, trial 0) has no finite bound on its rounding."));
        Assert.That(Decide(new(2, 1), new(0, 1)).Verdict, Is.EqualTo(Verdict.Violated), "calibration cells count as well");
        Assert.That(Decide(new(0, 1), Ball.Exactly(0)).Looseness, Is.Null);
        Assert.That(Identity.Residual.Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
        Assert.That((Identity.Residual.Name, Identity.Residual.Calibrates, Identity.Residual.InWords[..21]), Is.EqualTo(("identity", false, "Both sides are equal:")));
        Observation one = new(0, 0, false, Variables.None, Ball.Exactly(0), Ball.Unbounded(0), []);
        Assert.That((Identity.Residual.Settles(one), Identity.Residual.Settles(one with { Value = Ball.Unbounded(0) })), Is.EqualTo((true, false)));
    }

    [Test]
    public void Inequality_EachEnd_SaysWhy()
    {
        static Evidence Of(params (Ball Value, Ball Bound)[] trials) =>
            new([new(0, 0, true, Variables.None, trials[0].Value, trials[0].Bound, [])], [.. trials.Skip(1).Select((t, i) => new Observation(1, i, false, Variables.None.With("n", 2), t.Value, t.Bound, []))], []);
        var (one, two) = (Ball.Exactly(1), Ball.Exactly(2));
        Assert.That(Inequality.AtMost.Decide(Of((one, two), (one, two)), Level).Because, Is.EqualTo("All 2 trials satisfy the bound, rounding included."));
        Assert.That(Inequality.AtMost.Decide(Of((one, two), (Ball.Unbounded(1), two)), Level).Because, Is.EqualTo("All 2 trials satisfy the bound; rounding is not enclosed."));
        Assert.That(Inequality.AtMost.Decide(Of((one, two), (two, one)), Level).Because, Is.EqualTo("The value 2 exceeds the bound 1 at n=2 (cell 1, trial 0)."));
        Assert.That(Inequality.AtLeast.Decide(Of((two, one), (one, two)), Level).Because, Is.EqualTo("The value 1 falls below the bound 2 at n=2 (cell 1, trial 0)."));
        Assert.That(Inequality.AtMost.Decide(Of((one, two), (new Ball(1, 0.5), new Ball(1, 0.25))), Level).Because, Is.EqualTo("1 of 2 overlap, smallest radius 0.75: the value 1 ± 0.5 cannot be told from the bound 1 ± 0.25 at n=2 (cell 1, trial 0)."));
        Assert.That(Inequality.AtMost.Decide(Of((one, two), (one, Ball.Exactly(4)), (one, Ball.Exactly(8))), Level).Looseness, Is.EqualTo(4));
        Assert.That(Inequality.AtMost.Decide(Of((one, Ball.Exactly(0)), (Ball.Exactly(0), one)), Level).Looseness, Is.Null);
        Assert.That(Inequality.AtMost.Decide(Of((new Ball(1, 0.25), two), (new Ball(1, 0.5), two)), Level).Tightness, Is.EqualTo(new Tightness(0.25, 0.5)));
        Assert.That(Inequality.AtMost.Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
        Assert.That((Inequality.AtMost.Name, Inequality.AtMost.Calibrates), Is.EqualTo(("inequality", false)));
        Assert.That(Inequality.AtMost.InWords, Does.StartWith("Both sides are enclosed; the largest possible value must not exceed the smallest possible bound in any trial."));
        Assert.That(Inequality.AtLeast.InWords, Does.StartWith("Both sides are enclosed; the smallest possible value must not fall below the largest possible bound in any trial."));
    }

    [Test]
    public void Inequality_Settles_WhereRigorousEndsDecide()
    {
        static Observation Of(Ball value, Ball bound) => new(0, 0, false, Variables.None, value, bound, []);
        var (one, two, wide) = (Ball.Exactly(1), Ball.Exactly(2), new Ball(1, 2));
        Observation[] cases = [Of(one, two), Of(two, one), Of(wide, two), Of(Ball.Unbounded(1), two), Of(one, Ball.Unbounded(2))];
        Assert.That(cases.Select(Inequality.AtMost.Settles), Is.EqualTo(new[] { true, true, false, false, false }));
        Assert.That(cases.Select(Inequality.AtLeast.Settles), Is.EqualTo(new[] { true, true, false, false, false }));
        Assert.That(((IDecisionProcedure)Probability.AtMost).Settles(cases[2]), "every value will do where nothing else is said");
    }

    private static double[] Standardised(int count)
    {
        double[] z = [.. Enumerable.Range(0, count).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / count))];
        var deviation = Math.Sqrt(z.Sum(v => v * v) / (count - 1));
        return [.. z.Select(v => v / deviation * Math.Sqrt(count))];
    }
}
