using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Where cells or trials differ among themselves: which of them a decision names, and which one its request for trials is about.</summary>
public sealed class UnequalCellsTests
{
    private const double Level = 1e-8;

    [Test]
    public void HiddenConstant_TrialBeyond_AsksForTheFewestTrialsOfACell()
    {
        var decision = HiddenConstant.UpperBound.Decide(new([At(0, 0, 1, 1), At(0, 1, 1, 1), At(0, 2, 1, 1)], [At(1, 0, 1, 2.1), At(1, 1, 1, 1)], []), Level);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)2)));
    }

    [Test]
    public void HiddenConstant_SeveralVariablesUntested_AreListed()
    {
        Observation Of(int cell) => new(cell, 0, false, Variables.None.With("a", 2).With("b", 3), Ball.Unbounded(1), Ball.Exactly(1), []);
        Assert.That(HiddenConstant.UpperBound.Decide(new([Of(0)], [Of(1)], [new("a", false), new("b", true)]), Level).Because, Does.EndWith("estimate a drift in a, b."));
    }

    [Test]
    public void Identity_LoosenessOfResiduals_IsRelativeToThem() =>
        Assert.That(Identity.Residual.Decide(new([], [At(0, 0, 1, new Ball(2, 8))], []), Level).Looseness, Is.EqualTo(4));

    [Test]
    public void Inequality_Overlaps_NameTheTightestOfBothSidesTogether() => Assert.That(
        Inequality.AtMost.Decide(new([], [At(0, 0, 1, new Ball(1, 0.5)) with { Bound = new(1, 0.125) }, At(0, 1, 1, new Ball(1, 0.375)) with { Bound = new(1, 0.3125) }], []), Level).Because,
        Does.StartWith("2 of 2 overlap, smallest radius 0.625: the value 1 ± 0.5 "));

    [Test]
    public void Moment_SeveralCells_NamesTheFirstBrokenAndTheWidest()
    {
        Evidence Of(Func<int, double> mean, Func<int, double> scatter) => SyntheticEvidence.Cells(2, 4, (cell, trial) => (1 + mean(cell) + (scatter(cell) * (trial - 1.5)), 1));
        var reversed = Of(_ => 1, _ => 0) is { } all ? all with { HeldOut = [.. all.HeldOut.Reverse()] } : null!;
        Assert.That(Moment.Equals(0.1).Decide(reversed, Level).Because, Does.StartWith("The mean of cell 0 "));
        Assert.That(Moment.Equals(0.5).Decide(Of(cell => cell == 0 ? 0.05 : 0.04, cell => cell == 0 ? 1e-5 : 1e-2), Level).Estimates[0].Name, Does.EndWith("(cell 1)"));
        Assert.That(Moment.AtMost(0.1).InWords, Does.Contain("interval at confidence 0.999 "));
    }

    [Test]
    public void Moment_OpenCells_AsksForWhatTheWidestNeeds()
    {
        // Cells of 4 and 8 trials, the second with half the scatter: one factor each, for the larger number of trials.
        Observation[] trials =
        [
            .. Enumerable.Range(0, 4).Select(t => At(0, t, 1, 1 + (0.1 * (t - 1.5)))), .. Enumerable.Range(0, 8).Select(t => At(1, t, 1, 1 + (0.05 * (t - 3.5)))),
        ];
        double HalfWidth(double[] v) => StudentTail.Quantile(5e-4, v.Length - 1) * Math.Sqrt(v.Sum(x => x * x) / (v.Length - 1) / v.Length);
        var factor = Math.Pow(Math.Max(HalfWidth([-0.15, -0.05, 0.05, 0.15]), HalfWidth([.. Enumerable.Range(0, 8).Select(t => 0.05 * (t - 3.5))])) / 0.1, 2);
        Assert.That(Moment.Equals(0.1).Decide(new([], trials, []), Level).TrialsNeeded, Is.EqualTo((int)Math.Ceiling(8 * (factor - 1))));
        Assert.That(Moment.Equals(0.1).Decide(new([], [.. trials, At(2, 0, 1, 1)], []), Level).TrialsNeeded, Is.EqualTo(1), "a cell of one trial first needs a second");
    }

    [Test]
    public void Probability_SeveralCells_NamesTheWorstAndAsksForTheSlowest()
    {
        Assert.That(Probability.AtMost.Decide(SyntheticEvidence.Cells(2, 100, (cell, trial) => (trial < 60 + (30 * cell) ? 1 : 0, cell == 0 ? 0.1 : 0.11)), Level).Because, Does.StartWith("90 of 100 trials failed"));
        var open = Probability.AtMost.Decide(SyntheticEvidence.Cells(2, 4, (cell, _) => (0, cell == 0 ? 0.1 : 0.01)), Level);
        Assert.That(open.TrialsNeeded, Is.EqualTo((int)Math.Ceiling(new BernoulliConfidenceSequence(0, 4).TrialsToDecide(0.01, Level / 4, 1e-3) - 4)));
        var merged = Probability.AtMost.Decide(SyntheticEvidence.Cells(2, 50, (cell, trial) => (trial <= cell ? 1 : 0, 0.3)), Level).Estimates.Single();
        Assert.That(merged.Value, Is.EqualTo(0.03), "1 and 2 of 50");
    }

    [Test]
    public void Ratios_TrialsThatDiffer_EnterByTheirMeanAndTheirWorst()
    {
        var cell = RatioCell.Of(new([], [At(0, 0, 2, 1), At(0, 1, 8, 0)], [new("x", false)]), Side.Above)[0];
        Assert.That(cell.Approach[0], Is.EqualTo(Math.Log(4)).Within(1e-15));
        Assert.That((cell.IsComplete, cell.Excess.Length), Is.EqualTo((false, 1)));
        Observation[] sweep = [.. Enumerable.Range(0, 5).SelectMany(i => new[] { At(i, 0, Math.Pow(2, i), 1), At(i, 1, Math.Pow(2, i + ((i % 2) * 2)), 1) })];
        var means = Enumerable.Range(0, 5).Select(i => Math.Log(2) * (i + (i % 2))).ToArray();
        Observation[] scaled = [.. sweep.Select(o => o with { Bound = Ball.Exactly(Math.Exp(2 * means[o.Cell])) })];
        Assert.That(BoundExponents.Of(new([], scaled, [new("x", false)]), Side.Above)[0].Proved, Is.EqualTo(2), "the scale as a power of the cells' geometric means");
        Assert.That(BoundExponents.Of(new([], sweep, [new("x", false), new("q", false)]), Side.Above), Is.Empty, "one of two variables is missing");
    }

    [Test]
    public void Cost_UnevenRungs_UseTheirOwnTrialsAndStart()
    {
        // From x = 3 on, with 2 to 4 trials a rung, noisy: the tail begins at 12, and the fewest trials are multiplied.
        Observation[] all = [.. Enumerable.Range(0, 7).SelectMany(i => Enumerable.Range(0, 2 + (i % 3)).Select(t => At(i, t, 3 * Math.Pow(2, i), (10 + (3 * Math.Pow(2, i))) * (1 + (0.45 * (t - 1))))))];
        var fit = CostFit.Of(all, "x")!;
        var tail = new CostTail(fit, 1);
        Assert.That(tail.From, Is.EqualTo(12).Within(1e-12));
        Assert.That(tail.PredictionNoise, Is.EqualTo(2 * Math.Sqrt(((fit.Cells[5].Variance / fit.Cells[5].Trials) + (fit.Cells[6].Variance / fit.Cells[6].Trials)) / 2)).Within(1e-15));
        var decision = Cost.AtMost(1, ladder: "x").Decide(new([], all, []), Level);
        var t = StudentTail.Quantile(1e-3, all.Length - 7);
        var holds = new ConfidenceMargin(t * tail.Rise.Error, 0).TrialsFactor(tail.Limit - tail.Rise.Value);
        var violated = new ConfidenceMargin(StudentTail.Quantile(Level / 2, all.Length - 7) * tail.Slope.Error, 0).TrialsFactor(tail.Slope.Value - tail.GreatestSlope);
        var factor = Math.Min(holds > 1 ? holds : double.PositiveInfinity, violated);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.TrialsNeeded, Is.EqualTo(double.IsFinite(factor) ? (int)Math.Ceiling(2 * (factor - 1)) : null));
    }

    [Test]
    public void Count_UnevenLine_IsInterpolatedWhereItIs()
    {
        Observation[] line = [.. new[] { 1.0, 2, 4, 8, 9 }.Select((x, i) => new Observation(i, 0, false, Variables.None.With("m", x), Ball.Exactly(x * x), Ball.Exactly(1), []))];
        Assert.That(CostCount.OfDegree(("m", 2)).Decide(new([], line, []), Level).Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(CostCount.OfDegree(("m", 1)).Decide(new([], [.. line.Select(o => o with { Value = Ball.Exactly(0) })], []), Level).Because, Is.EqualTo("The degree in m is 0 over 5 values, and 1 is stated."));
        Assert.That(CostCount.OfDegree(("m", 2), ("q", 1)).Decide(new([], line, []), Level).Because, Does.StartWith("A count is an exact whole number at known m, q"));
    }

    [Test]
    public void Exponent_NoMargin_NamesTheParameter() =>
        Assert.That(() => Exponent.AtMost(1, within: 0, ladder: "x"), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("within"));

    private static Observation At(int cell, int trial, double x, double value) => At(cell, trial, x, Ball.Unbounded(value));

    private static Observation At(int cell, int trial, double x, Ball value) => new(cell, trial, false, Variables.None.With("x", x), value, Ball.Exactly(1), []);
}
