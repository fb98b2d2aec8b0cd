using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>The parts of the procedure for hidden constants, one by one: ratios, the frozen constant, drifts, exponents, what an enclosure says, and every way in which the whole can end.</summary>
public sealed class BoundFormulaTests
{
    private const double Level = 1e-8;

    [Test]
    public void Ratios_OfEitherSide_AreLogarithmsTurnedTowardsViolation()
    {
        Observation[] calibration = [At(1, 0, x: 4, value: 6, bound: 2), At(1, 1, x: 4, value: 2, bound: 2), At(0, 0, x: 2, value: 1, bound: 1)];
        Observation[] heldOut = [At(3, 0, x: 8, value: new Ball(4, 1), bound: 1), At(3, 1, x: 8, value: new Ball(4, 5), bound: 1), At(2, 0, x: 0, value: 0, bound: 1), At(4, 0, x: 1, value: 3, bound: 0)];
        var evidence = new Evidence(calibration, heldOut, [new("x", false), new("δ", true)]);
        var (above, below) = (RatioCell.Of(evidence, Side.Above), RatioCell.Of(evidence, Side.Below));
        foreach (var cells in new[] { above, below })
        {
            Assert.That(cells.Select(c => c.IsCalibration), Is.EqualTo(new[] { true, true, false, false }), "calibration first, cells in order, none without a scale");
            Assert.That(cells.Select(c => c.Approach[0]), Is.EqualTo(new[] { Math.Log(2), Math.Log(4), double.NaN, Math.Log(8) }).Within(1e-15));
            Assert.That(cells.Select(c => c.Approach[1]), Is.All.EqualTo(Math.Log(2)).Within(1e-15), "minus the logarithm of δ = ½");
            Assert.That(cells.Select(c => c.IsComplete), Is.EqualTo(new[] { true, true, false, true }));
        }

        Assert.That(above[1].Excess, Is.EqualTo(new[] { Math.Log(3), 0 }).Within(1e-15));
        Assert.That(below[1].Excess, Is.EqualTo(new[] { -Math.Log(3), 0 }).Within(1e-15));
        Assert.That(above[2].Excess, Is.Empty);
        Assert.That(above[3].Excess, Is.EqualTo(new[] { Math.Log(4), Math.Log(4) }).Within(1e-15));
        Assert.That(above[3].Certain, Is.Empty, "the second may be negative");
        Assert.That(below[3].Certain, Is.EqualTo(new[] { -Math.Log(5), -Math.Log(9) }).Within(1e-12), "upper ends are farther from violating a lower bound");
        Assert.That(RatioCell.Of(new([], [heldOut[0]], []), Side.Above)[0].Certain, Is.EqualTo(new[] { Math.Log(3) }).Within(1e-12));
        Assert.That(RatioCell.Of(new([], [At(0, 0, 1, new Ball(1, double.PositiveInfinity), 1)], []), Side.Below)[0] is { Certain.Length: 0, IsComplete: true });
        Assert.That(RatioCell.Of(new([], [At(0, 0, 1, double.PositiveInfinity, 1)], []), Side.Above)[0] is { Excess.Length: 0, IsComplete: false });
    }

    [Test]
    public void Constant_NothingSwept_IsTwiceTheLargestRatio()
    {
        Assert.That(FrozenConstant.Logarithm([Cell(true, [], 0.1, 0.7), Cell(true, [], -1), Cell(false, [], 5)]), Is.EqualTo(Math.Log(2) + 0.7).Within(1e-15));
        Assert.That(FrozenConstant.Logarithm([Cell(true, [], 0.1, 0.7)]), Is.EqualTo(Math.Log(2) + 0.7).Within(1e-15));
        Assert.That(FrozenConstant.Logarithm([Cell(true, []), Cell(false, [], 5)]), Is.EqualTo(double.NegativeInfinity));
        Assert.That(FrozenConstant.SafetyFactor, Is.EqualTo(2));
    }

    [Test]
    public void Constant_BenignSlopes_CarriesItToMilderCells()
    {
        // Excess 1 − a over a = 1, 2, 3 and 2 + b in another variable: the first slope is benign, the second leads to violation and is not used.
        RatioCell[] calibration = [.. new[] { (1.0, 1.0), (2, 1), (3, 2), (4, 2), (2, 3) }.Select(p => Cell(true, [p.Item1, p.Item2], 3 - p.Item1 + (0.5 * p.Item2)))];
        var largest = calibration.Max(c => c.Excess[0]);
        Assert.That(FrozenConstant.Logarithm([.. calibration, Cell(false, [6, 9], 0)]), Is.EqualTo(Math.Log(2) + largest).Within(1e-9), "nothing is milder there");

        // At a = ½ each calibration ratio gains its distance; the largest is then that of the cell with the largest 3 − a + b/2 + a − ½.
        Assert.That(FrozenConstant.Logarithm([.. calibration, Cell(false, [0.5, 0], 0), Cell(false, [6, 9], 0)]), Is.EqualTo(Math.Log(2) + 2.5 + 1.5).Within(1e-9));
        Assert.That(FrozenConstant.Logarithm([.. calibration, Cell(false, [double.NaN, 0], 0)]), Is.EqualTo(Math.Log(2) + largest).Within(1e-9), "no slope where a variable is not known everywhere");
        Assert.That(FrozenConstant.Logarithm([.. calibration, Cell(true, [0, 0]) with { IsComplete = false }, Cell(false, [0.5, 0], 0)]), Is.EqualTo(Math.Log(2) + 4).Within(1e-9), "a cell without all its logarithms has no part in the slope");
    }

    [Test]
    public void LowerLimits_HeldOutCells_HaveThePooledVarianceOrTheirOwn()
    {
        ImmutableArray<RatioCell> cells = [Cell(true, [], 1, 3), Cell(false, [], 5, 5, 5), Cell(false, [], 0, 6), Cell(false, []), Cell(false, [], 7)];

        // Squares 2, 0 and 18 over 1 + 2 + 1 degrees of freedom: pooled variance 5, own ones 0 and 18.
        var t = StudentTail.Quantile(0.01, 4);
        Assert.That(FrozenConstant.LowerLimits(cells, 0.01), Is.EqualTo(new[] { 5 - (t * Math.Sqrt(5 / 3.0)), 3 - (t * 3), 7 - (t * Math.Sqrt(5)) }).Within(1e-9));
        Assert.That(FrozenConstant.LowerLimits([Cell(true, [], 1), Cell(false, [], 5)], 0.01), Is.EqualTo(new[] { double.NegativeInfinity }));
    }

    [Test]
    public void Looseness_HeldOutRatios_IsTheMedianFactor()
    {
        Assert.That(FrozenConstant.Looseness([Cell(true, [], 100), Cell(false, [], 1, 2), Cell(false, [], 0)], 3), Is.EqualTo(Math.Exp(2)).Within(1e-12));
        Assert.That(FrozenConstant.Looseness([Cell(true, [], 100), Cell(false, [])], 3), Is.Null);
    }

    // Ends against 2·S, S = 1: for an upper bound the value's, for a lower one the mirror image.
    [TestCase(1.9, 0.05, true, false, true)]
    [TestCase(2, 0, true, false, true)]
    [TestCase(2.1, 0.05, false, true, false)]
    [TestCase(2, 0.05, false, false, false)]
    [TestCase(1.9, 0.2, true, false, false)]
    [TestCase(2.1, 0.2, false, false, false)]
    [TestCase(1.9, double.NaN, true, false, false)]
    [TestCase(2.1, double.NaN, false, true, false)]
    public void Held_EnclosureAgainstTheConstant_IsWithinBeyondOrNeither(double value, double radius, bool within, bool beyond, bool certain)
    {
        var o = At(0, 0, 1, new Ball(value, radius), Ball.Exactly(1));
        var held = new HeldRatio(Side.Above, 2);
        Assert.That((held.IsWithin(o), held.IsBeyond(o), held.IsCertainlyWithin(o)), Is.EqualTo((within, beyond, certain)));

        // 4 − v against ½·S with S = 4: what is within for one is within for the other.
        var mirrored = o with { Value = new(4 - value, radius), Bound = Ball.Exactly(4) };
        var lower = new HeldRatio(Side.Below, 0.5);
        var isTight = !(mirrored.Value.RelativeRadius > HeldRatio.Tight);
        Assert.That((lower.IsBeyond(mirrored), lower.IsCertainlyWithin(mirrored)), Is.EqualTo((beyond, certain)));
        Assert.That(lower.IsWithin(mirrored), Is.EqualTo(within || (!isTight && value <= 2)));
    }

    [Test]
    public void Held_ScaleWithARadius_CountsWithItsSafeEnd()
    {
        var o = At(0, 0, 1, Ball.Exactly(2), new Ball(1, 0.01));
        Assert.That((new HeldRatio(Side.Above, 2.1).IsWithin(o), new HeldRatio(Side.Above, 2).IsWithin(o), new HeldRatio(Side.Above, 2).IsBeyond(o), new HeldRatio(Side.Above, 1.9).IsBeyond(o)), Is.EqualTo((true, false, false, true)));
        Assert.That((new HeldRatio(Side.Below, 1.9).IsWithin(o), new HeldRatio(Side.Below, 2).IsWithin(o), new HeldRatio(Side.Below, 2).IsBeyond(o), new HeldRatio(Side.Below, 2.1).IsBeyond(o)), Is.EqualTo((true, false, false, true)));
        Assert.That(new HeldRatio(Side.Above, 3).IsCertainlyWithin(o with { Bound = Ball.Unbounded(1) }), Is.False);
        Assert.That(new HeldRatio(Side.Above, 3).IsCertainlyWithin(o with { Value = Ball.Unbounded(1) }), Is.False);
        Assert.That(new HeldRatio(Side.Above, 2).IsWithin(At(0, 0, 1, new Ball(16, 1), Ball.Exactly(8))), Is.False, "one sixteenth is tight still");
    }

    [Test]
    public void Drifts_WithNoise_HaveTheMarginsOfTheRegression()
    {
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(60), 40);
        RatioCell[] cells = [.. Enumerable.Range(0, 10).Select(i => Cell(i < 5, [i, i * i % 7], [.. Enumerable.Range(0, 4).Select(t => (0.3 * i) + (0.1 * z[(4 * i) + t]))]))];
        var drifts = Drift.Of(cells, [new("m", false), new("δ", true)]);
        var fit = LinearRegression.Fit([.. cells.Select(c => DesignCell.Of(c.Approach, c.Excess))], [0, 1])!;
        for (var k = 0; k < 2; k++)
        {
            var (drift, half) = (drifts[k], fit.Margin(k, 1e-5).HalfWidth);
            Assert.That((drift.Slope, drift.AtLeast(1e-5), drift.AtMost(1e-5)), Is.EqualTo((fit.Slopes[k], fit.Slopes[k] - half, fit.Slopes[k] + half)));
            var likely = fit.Margin(k, 1e-3);
            Assert.That(drift.TrialsFactor(0.1, 0.4, 1e-5), Is.EqualTo(Math.Min(likely.TrialsFactor(0.4 - drift.Slope), fit.Margin(k, 1e-5).TrialsFactor(drift.Slope - 0.1))));
            foreach (var (side, sign) in new[] { (Side.Above, k == 0 ? 1 : -1), (Side.Below, k == 0 ? -1 : 1) })
            {
                Assert.That(drift.LeftOver(side), Is.EqualTo(new Estimate($"slope in {(k == 0 ? "m" : "δ")}", sign * drift.Slope, (sign * drift.Slope) - likely.HalfWidth, (sign * drift.Slope) + likely.HalfWidth)));
            }
        }
    }

    [Test]
    public void Drifts_CellsThatCannotTell_AreLeftOut()
    {
        RatioCell[] cells = [.. Enumerable.Range(0, 6).Select(i => Cell(true, [i, i == 3 ? double.NaN : i * i, 2], i, i))];
        Assert.That(Drift.Of(cells, [new("a", false), new("b", false), new("c", false)]).Select(d => d.Variable.Symbol), Is.EqualTo(new[] { "a" }));
        Assert.That(Drift.Of([.. cells, Cell(true, [double.NaN, 1, 2], 1) with { IsComplete = false }, Cell(true, [double.NaN, 1, 2])], [new("a", false), new("b", false), new("c", false)]).Select(d => d.Variable.Symbol),
            Is.EqualTo(new[] { "a" }), "cells without all their logarithms have no say");
        Assert.That(Drift.Of([], []), Is.Empty);
    }

    // Excess over approaches 0…9: a climb that ends at the median 4½ and one that starts there.
    [TestCase(false, true)]
    [TestCase(true, false)]
    public void Drifts_SlopeThatEndsHalfway_Settles(bool startsThere, bool settles)
    {
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(61), 40);
        RatioCell[] cells = [.. Enumerable.Range(0, 10).Select(i => Cell(true, [i, (i * 7) % 10], [.. Enumerable.Range(0, 4).Select(t => (startsThere ? Math.Max(i, 4.5) : Math.Min(i, 4.5)) + (1e-3 * z[(4 * i) + t]))]))];
        var drift = Drift.Of(cells, [new("m", false), new("n", false)])[0];
        Assert.That(drift.Slope, Is.GreaterThan(0.3));
        Assert.That(drift.SettlesWithin(0.1), Is.EqualTo(settles));
    }

    [Test]
    public void Drifts_TwoValuesOnly_CannotSettle() =>
        Assert.That(Drift.Of([.. Enumerable.Range(0, 4).Select(i => Cell(true, [i % 2], 5 * (i % 2), 5 * (i % 2)))], [new("m", false)])[0].SettlesWithin(100), Is.False);

    [Test]
    public void Settling_IsJudgedByNoiseBeyondTheBend()
    {
        // Straight with slope ½: beyond the bend it is ½ and what noise adds at 10⁻³, from the regression with the bend written down.
        var z = SyntheticEvidence.Normals(RandomStream.FromSeed(62), 40);
        RatioCell[] cells = [.. Enumerable.Range(0, 10).Select(i => Cell(true, [i, (i * 3) % 10], [.. Enumerable.Range(0, 4).Select(t => (0.5 * i) + (0.2 * z[(4 * i) + t]))]))];
        var bent = LinearRegression.Fit([.. cells.Select(c => DesignCell.Of([Math.Min(c.Approach[0], 4.5), Math.Max(c.Approach[0], 4.5), c.Approach[1]], c.Excess))], [0, 1, 2])!;
        var upper = bent.Slopes[1] + bent.Margin(1, 1e-3).Noise;
        var drift = Drift.Of(cells, [new("m", false), new("n", false)])[0];
        Assert.That((drift.SettlesWithin(upper + 1e-9), drift.SettlesWithin(upper - 1e-9)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Exponents_OfPowers_ProvedBesideMeasured([Values] bool above)
    {
        // S = m² √δ and Q = S·m^⅓/δ on a design that moves both.
        (double M, double Δ)[] design = [(2, 0.5), (4, 0.25), (8, 0.5), (16, 0.03), (32, 0.1), (64, 0.01)];
        Observation[] all =
        [
            .. design.SelectMany((p, cell) => Enumerable.Range(0, 2).Select(t =>
            {
                var scale = p.M * p.M * Math.Sqrt(p.Δ);
                return new Observation(cell, t, cell < 3, Variables.None.With("m", p.M).With("δ", p.Δ), Ball.Unbounded(scale * Math.Pow(p.M, 1 / 3.0) / p.Δ), Ball.Exactly(scale), []);
            })),
        ];
        var exponents = BoundExponents.Of(new([.. all.Where(o => o.IsCalibration)], [.. all.Where(o => !o.IsCalibration)], [new("m", false), new("δ", true)]), above ? Side.Above : Side.Below);
        Assert.That(exponents.Select(e => (e.Symbol, e.From, e.To, e.Relation)), Is.EqualTo(new[]
        {
            ("m", 2.0, 64.0, above ? Relation.AtMost : Relation.AtLeast), ("δ", 0.5, 0.01, above ? Relation.AtLeast : Relation.AtMost),
        }));
        Assert.That(exponents.Select(e => e.Proved), Is.EqualTo(new[] { 2, 0.5 }), "cleaned of rounding");
        Assert.That(exponents.Select(e => e.Measured), Is.EqualTo(new[] { 2 + (1 / 3.0), -0.5 }).Within(1e-9));
        Assert.That(exponents.Select(e => e.Upper - e.Lower), Is.All.InRange(0, 1e-6));
        Assert.That(exponents.Select(e => e.Margin), Is.All.Zero);
    }

    [Test]
    public void Exponents_WithNoise_HaveTheMarginOfTheRatio()
    {
        var evidence = SyntheticEvidence.Ratios(RandomStream.FromSeed(63), _ => 1, 0.3);
        var exponents = BoundExponents.Of(evidence, Side.Above);
        DesignCell[] cells = [.. new[] { evidence.Calibration, evidence.HeldOut }.SelectMany(part => part.GroupBy(o => o.Cell)).Select(cell =>
            DesignCell.Of([.. evidence.Swept.Select(v => Math.Log(cell.First().Variables[v.Symbol]))], [.. cell.Select(o => Math.Log(o.Value.Midpoint))]))];
        var fit = LinearRegression.Fit(cells, [0, 1, 2, 3, 4])!;
        Assert.That(exponents.Select(e => e.Measured - e.Lower), Is.EqualTo(Enumerable.Range(0, 5).Select(k => fit.Margin(k, 1e-3).HalfWidth)).Within(1e-9));
        Assert.That(exponents.Select(e => e.Upper - e.Measured), Is.EqualTo(Enumerable.Range(0, 5).Select(k => fit.Margin(k, 1e-3).HalfWidth)).Within(1e-9));
        Assert.That(exponents.Select(e => e.Proved), Is.All.Zero);
    }

    [Test]
    public void Exponents_OddSlope_IsNotCleaned()
    {
        Observation[] all = [.. Enumerable.Range(0, 5).Select(i => At(i, 0, Math.Pow(2, i), 1, Math.Pow(2, 1.18 * i)))];
        Assert.That(BoundExponents.Of(new([], all, [new("x", false)]), Side.Above)[0].Proved, Is.EqualTo(1.18).Within(1e-12));
    }

    [Test]
    public void Exponents_WhereNothingCanBeSaid_AreNone()
    {
        Observation[] good = [.. Enumerable.Range(0, 5).Select(i => At(i, 0, Math.Pow(2, i), 1, 1))];
        Assert.That(Of(good), Has.Length.EqualTo(1));
        Assert.That(BoundExponents.Of(new([], good, []), Side.Above), Is.Empty);
        Assert.That(Of([At(0, 0, 1, 1, 1)]), Is.Empty);
        foreach (var odd in new[] { At(9, 0, 2, 0, 1), At(9, 0, 2, 1, 0), At(9, 0, 2, double.PositiveInfinity, 1), At(9, 0, 2, 1, double.PositiveInfinity), At(9, 0, 0, 1, 1), At(9, 0, 2, 1, 1) with { Variables = Variables.None } })
        {
            Assert.That(Of([.. good, odd]), Is.Empty);
        }

        static ImmutableArray<ComparedExponent> Of(Observation[] all) => BoundExponents.Of(new([], all, [new("x", false)]), Side.Above);
    }

    [TestCase("upper", double.PositiveInfinity, 1, true)]
    [TestCase("upper", double.PositiveInfinity, double.PositiveInfinity, false)]
    [TestCase("upper", 1, 0, true)]
    [TestCase("upper", 0, 0, false)]
    [TestCase("upper", 1e300, 1, false)]
    [TestCase("lower", 0, 1, true)]
    [TestCase("lower", -1, 0, true)]
    [TestCase("lower", 0, 0, false)]
    [TestCase("lower", -1, -1, false)]
    public void Impossible_ExactRatio_IsRefutedWithCertainty(string side, double value, double bound, bool refuted)
    {
        var decision = ImpossibleRatio.In(new([At(0, 0, 1, 1, 1)], [At(1, 2, 3, Ball.Exactly(value), Ball.Exactly(bound))], []), side == "upper" ? Side.Above : Side.Below);
        Assert.That(decision is { Verdict: Verdict.Violated }, Is.EqualTo(refuted));
        if (refuted)
        {
            Assert.That(decision!.IsCertified, Is.EqualTo(double.IsFinite(value)));
            Assert.That(decision.Because, Does.StartWith("No constant serves: the quantity is ").And.EndWith(FormattableString.Invariant($"against a scale of {bound} at x=3 δ=0.5 (cell 1, trial 2).")));
        }
    }

    [Test]
    public void Impossible_NothingToWeigh_SaysWhat()
    {
        var one = At(0, 0, 1, 1, 1);
        Assert.That(ImpossibleRatio.In(new([one], [], []), Side.Above)!.Because, Is.EqualTo("There are no held-out observations."));
        Assert.That(ImpossibleRatio.In(new([], [one], []), Side.Above)!.Because, Is.EqualTo("There are no calibration observations to fit the constant on."));
        Assert.That(ImpossibleRatio.In(new([one], [one], []), Side.Above), Is.Null);
        Assert.That(ImpossibleRatio.In(new([one with { Value = Ball.Exactly(double.NaN) }], [one], []), Side.Above)!.Because, Is.EqualTo("The quantity NaN against a scale of 1 at x=1 δ=0.5 (cell 0, trial 0) gives no ratio."));
        Assert.That(ImpossibleRatio.In(new([one], [one with { Value = new Ball(0.5, 1), Bound = new Ball(0, 1) }], []), Side.Above) is { Verdict: Verdict.Undecided }, "a scale that may be zero");
        Assert.That(ImpossibleRatio.In(new([one], [one with { Value = new Ball(-0.5, 1) }], []), Side.Below), Is.Null, "it may be positive");
    }

    [Test]
    public void HiddenConstant_EachEnd_SaysWhy()
    {
        Assert.That(Decide([At(0, 0, 1, -1, 1)], [At(1, 0, 1, 1, 1)]).Because, Is.EqualTo("No calibration cell has a positive ratio, so there is no constant to hold."));
        Assert.That(Decide([At(0, 0, 1, 3, 1)], [At(1, 0, 1, 6.1, 1), At(1, 1, 1, 1, 1)]).Because, Is.EqualTo("1 held-out trials lie beyond the constant 6, but no cell's mean does so surely."));
        Assert.That(Decide([At(0, 0, 1, Ball.Exactly(1), 1)], [At(1, 0, 1, new Ball(2, 0.02), 1), At(2, 0, 1, new Ball(2, 0.03), 1)]).Because, Is.EqualTo("2 of 2 overlap the constant 2, smallest radius 0.02."));
        Assert.That(Decide([At(0, 0, 1, Ball.Exactly(1), 1)], [At(1, 0, 1, Ball.Exactly(1), 1)]).Because, Is.EqualTo("Certified: all 1 held-out and 1 calibration instances are within the constant 2, rounding included."));
        Assert.That(Decide([At(0, 0, 1, 1, 1)], [At(1, 0, 1, Ball.Exactly(1), 1)]).Because, Is.EqualTo("All 1 held-out ratios are within the constant 2 (rounding is enclosed in 1 of 2 instances)."));
        Assert.That(Decide([At(0, 0, 1, 1, 1), At(0, 1, 1, 1.01, 1)], [At(1, 0, 1, 9, 1), At(1, 1, 1, 9.01, 1), At(2, 0, 1, 1, 1)], 0.01).Because, Is.EqualTo("The mean ratio of 1 of 2 held-out cells lies beyond the constant 2.02 of the calibration cells."));
        Assert.That(HiddenConstant.LowerBound.Decide(new([At(0, 0, 1, 1, 1)], [At(1, 0, 1, 1, 1)], []), Level).Estimates[0], Is.EqualTo(new Estimate("c", 0.5, 0.5, 0.5)));
        Assert.That(Decide([At(0, 0, 1, 1, 1)], [At(1, 0, 1, 1, 1)]).Estimates[0], Is.EqualTo(new Estimate("C", 2, 2, 2)));
        Assert.That(Decide([At(0, 0, 1, 1, 1)], [At(1, 0, 1, 0.5, 1)]).Looseness, Is.EqualTo(4).Within(1e-12));
    }

    [Test]
    public void HiddenConstant_OneOfTwoOverlaps_CountsIt() =>
        Assert.That(Decide([At(0, 0, 1, Ball.Exactly(1), 1)], [At(1, 0, 1, new Ball(2, 0.02), 1), At(2, 0, 1, Ball.Exactly(1), 1)]).Because, Does.StartWith("1 of 2 overlap"));

    [Test]
    public void HiddenConstant_DriftNeitherWay_AsksForTheTrialsOfItsMargin()
    {
        var evidence = Climbing(slope: 0.2, noise: 0.5);
        var decision = HiddenConstant.UpperBound.Decide(evidence, Level);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided), decision.Because);
        Assert.That(decision.Because, Is.EqualTo("A drift in x can be neither excluded nor confirmed."));
        var drift = Drift.Of(RatioCell.Of(evidence, Side.Above), evidence.Swept)[0];
        Assert.That(decision.TrialsNeeded, Is.EqualTo((int)Math.Ceiling(4 * (drift.TrialsFactor(0.1, 1.0 / 3, Level / 6) - 1))), "shared over one slope and five cells");
        Assert.That(decision.LooseExponents.Single(), Is.EqualTo(drift.LeftOver(Side.Above)));
        Assert.That(decision.Estimates[1], Is.EqualTo(drift.LeftOver(Side.Above)));
    }

    [Test]
    public void HiddenConstant_SureDrift_IsNamedWithItsDirection()
    {
        var (upper, evidence) = (HiddenConstant.UpperBound.Decide(Climbing(slope: 1, noise: 1e-3), Level), Climbing(slope: -1, noise: 1e-3));
        Assert.That(upper.Verdict, Is.EqualTo(Verdict.Violated));
        Assert.That(upper.Because, Is.EqualTo("The ratio drifts towards violation as x grows: slope in x is 1.00, and at level 2E-09 it is at least 1.00 steep."));
        Assert.That(HiddenConstant.LowerBound.Decide(evidence, Level).Because, Does.StartWith("The ratio drifts towards violation as x grows: slope in x is -1.00,"));
        Assert.That(HiddenConstant.UpperBound.Decide(evidence, Level).Verdict, Is.EqualTo(Verdict.Holds), "away from violation");
        Assert.That(HiddenConstant.UpperBound.Decide(evidence, Level).Because, Does.EndWith(", and no drift towards violation as steep as 0.333 is compatible with the ratios."));
    }

    [Test]
    public void HiddenConstant_AtItsThresholds_ChangesItsMind()
    {
        // The trials scatter alike in every cell about a straight line: the limits of the slope are its margins, and the thresholds are put just on either side of them.
        var evidence = Climbing(slope: 0.5, noise: 0.1);
        var cells = RatioCell.Of(evidence, Side.Above);
        var drift = Drift.Of(cells, evidence.Swept)[0];
        var (least, most) = (drift.AtLeast(Level / 6), drift.AtMost(1e-3));
        Assert.That(least, Is.GreaterThan(0));
        Verdict With(double resolution, double excluded) => HiddenConstant.UpperBound.With(resolution, excluded).Decide(evidence, Level).Verdict;
        Assert.That(FrozenConstant.LowerLimits(cells, Level / 6).Max(), Is.GreaterThan(FrozenConstant.Logarithm(cells)), "the far cells are beyond the constant as well");
        Assert.That(With(0, 1), Is.EqualTo(Verdict.Violated));
        var near = evidence with { HeldOut = evidence.Calibration };
        var nearDrift = Drift.Of(RatioCell.Of(near, Side.Above), near.Swept)[0];
        (least, most) = (nearDrift.AtLeast(Level / 6), nearDrift.AtMost(1e-3));
        Verdict Near(double resolution, double excluded) => HiddenConstant.UpperBound.With(resolution, excluded).Decide(near, Level).Verdict;
        Assert.That(least, Is.GreaterThan(0));
        Assert.That((Near(least * 0.999, 2), Near(least * 1.001, 2)), Is.EqualTo((Verdict.Violated, Verdict.Holds)));
        Assert.That((Near(least * 1.001, most * 1.001), Near(least * 1.001, most * 0.999)), Is.EqualTo((Verdict.Holds, Verdict.Undecided)));
    }

    [Test]
    public void HiddenConstant_Words_NameTheSideAndTheThresholds()
    {
        var (upper, lower) = (HiddenConstant.UpperBound, HiddenConstant.LowerBound.With(0.25, 0.75));
        Assert.That((upper.Name, upper.Calibrates, upper.Resolution, upper.Excluded), Is.EqualTo(("hidden constant", true, 0.1, 1.0 / 3)));
        Assert.That(upper.InWords, Does.StartWith("The constant is twice the largest ratio of the calibration cells").And.Contain("surely exceeds 0.1 and").And.Contain("slopes of 0.333 or more are excluded"));
        Assert.That(lower.InWords, Does.StartWith("The constant is half the smallest ratio of the calibration cells").And.Contain("surely exceeds 0.25 and").And.Contain("slopes of 0.75 or more are excluded"));
        Assert.That(() => upper.With(-0.1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => upper.With(0.1, 0.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(upper.With(0, 0.1).Resolution, Is.Zero);
        Assert.That((Rate.AtLeast.Name, Rate.AtLeast.InWords), Is.EqualTo(("rate", $"The worst contraction of the loss over all steps of a trajectory, 1 − F(t+1)/F(t), against the scale of the rate. A step at which the loss does not fall refutes the claim outright. {HiddenConstant.LowerBound.InWords}")));
    }

    [TestCase(16, 1, true)]
    [TestCase(16, 1.01, false)]
    [TestCase(-16, 16, true)]
    [TestCase(-16, 15, true)]
    [TestCase(-16, 17, false)]
    [TestCase(-16, double.NaN, false)]
    [TestCase(-16, double.PositiveInfinity, false)]
    public void Settles_TightOrCertainlyNotPositive_NeedsNothingFiner(double value, double radius, bool settles)
    {
        var o = At(0, 0, 1, new Ball(value, radius), 1);
        Assert.That(HiddenConstant.UpperBound.Settles(o), Is.EqualTo(settles && !(value == -16 && radius == 16)), "rounding outwards leaves a bit of the ball above zero");
        Assert.That(Rate.AtLeast.Settles(o), Is.EqualTo(HiddenConstant.LowerBound.Settles(o)));
    }

    private static Decision Decide(Observation[] calibration, Observation[] heldOut, double level = Level) => HiddenConstant.UpperBound.Decide(new(calibration, heldOut, []), level);

    /// <summary>Ten cells of four trials along x = 1, 2, …, 512, the first five for calibration; log(Q/S) = slope·log x and noise that is the same in every cell, so that the straight fit leaves nothing out.</summary>
    private static Evidence Climbing(double slope, double noise)
    {
        double[] z = [-1.2, -0.4, 0.3, 1.3];
        Observation[] all = [.. Enumerable.Range(0, 10).SelectMany(i => z.Select((e, t) => At(i, t, Math.Pow(2, i), Math.Exp((slope * i * Math.Log(2)) + (noise * e)), 1)))];
        return new(all[..20], all[20..], [new("x", false)]);
    }

    private static RatioCell Cell(bool isCalibration, ImmutableArray<double> approach, params double[] excess) => new(isCalibration, approach, [.. excess], [.. excess], true);

    private static Observation At(int cell, int trial, double x, double value, double bound) => At(cell, trial, x, Ball.Unbounded(value), Ball.Exactly(bound));

    private static Observation At(int cell, int trial, double x, Ball value, double bound) => At(cell, trial, x, value, Ball.Exactly(bound));

    private static Observation At(int cell, int trial, double x, Ball value, Ball bound) => new(cell, trial, false, Variables.None.With("x", x).With("δ", 0.5), value, bound, []);
}
