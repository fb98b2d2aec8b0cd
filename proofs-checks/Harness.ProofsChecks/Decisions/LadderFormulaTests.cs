using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Exponents and growth on ladders, against their formulas worked out another way, and every way in which they can end.</summary>
public sealed class LadderFormulaTests
{
    private const double Level = 1e-8;

    private static readonly double[] Normals = SyntheticEvidence.Normals(RandomStream.FromSeed(70), 64);

    [Test]
    public void Exponent_Straight_HasTheIntervalOfTheWholeLadder()
    {
        var evidence = Noisy(5, 4, x => 3 * Math.Pow(x, -0.5), 0.05);
        var decision = Exponent.EqualTo(-0.5, within: 0.15, ladder: "x").Decide(evidence, Level);
        var (fit, rungs) = Whole(evidence);
        var (lower, upper) = fit.Interval(1e-3);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
        Assert.That(decision.Because, Is.EqualTo(FormattableString.Invariant($"The exponent of x is {fit.Exponent:F3} (between {lower:F3} and {upper:F3}), within -0.5 ± 0.15.")));
        var limit = PowerLawFit.LogSlope([.. rungs.Skip(2)]);
        Assert.That(decision.Estimates, Is.EqualTo(new Estimate[] { new("exponent of x", fit.Exponent, lower, upper), new("slope in x, half near the limit", limit, limit, limit) }));
        var compared = decision.Exponents.Single();
        Assert.That((compared.Symbol, compared.Relation, compared.Proved, compared.Measured, compared.Lower, compared.Upper, compared.Margin), Is.EqualTo(("x", Relation.Equal, -0.5, fit.Exponent, lower, upper, 0.15)));
        Assert.That((compared.From, compared.To), Is.EqualTo((1.0, 16.0)).Within(1e-12));
        Assert.That((decision.Level, decision.TrialsNeeded), Is.EqualTo((Level, (int?)null)));
    }

    // The lower and the upper limit of either kind, put just within and just beyond the margin.
    [Test]
    public void Exponent_AtItsMargin_ChangesItsMind()
    {
        var evidence = Noisy(5, 4, Math.Sqrt, 0.05);
        var (fit, _) = Whole(evidence);
        var (likely, surely) = (fit.Interval(1e-3), fit.Interval(Level / 6));
        Verdict AtMost(double most) => Exponent.AtMost(most - 1, within: 1, ladder: "x").Decide(evidence, Level).Verdict;
        Verdict AtLeast(double least) => Exponent.AtLeast(least + 1, within: 1, ladder: "x").Decide(evidence, Level).Verdict;
        Assert.That((AtMost(likely.Upper + 1e-6), AtMost(likely.Upper - 1e-6)), Is.EqualTo((Verdict.Holds, Verdict.Undecided)));
        Assert.That((AtMost(surely.Lower + 1e-6), AtMost(surely.Lower - 1e-6)), Is.EqualTo((Verdict.Undecided, Verdict.Violated)));
        Assert.That((AtLeast(likely.Lower - 1e-6), AtLeast(likely.Lower + 1e-6)), Is.EqualTo((Verdict.Holds, Verdict.Undecided)));
        Assert.That((AtLeast(surely.Upper - 1e-6), AtLeast(surely.Upper + 1e-6)), Is.EqualTo((Verdict.Undecided, Verdict.Violated)), "three tails share the level, on two sides");
        var width = Math.Max(fit.Exponent - likely.Lower, likely.Upper - fit.Exponent);
        Assert.That(Exponent.EqualTo(fit.Exponent, within: width + 1e-6, ladder: "x").Decide(evidence, Level).Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(Exponent.EqualTo(fit.Exponent, within: width - 1e-6, ladder: "x").Decide(evidence, Level).Verdict, Is.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void Exponent_Undecided_AsksForTheTrialsOfItsMargin()
    {
        var evidence = Noisy(5, 4, Math.Sqrt, 0.2);
        var (fit, _) = Whole(evidence);
        var (likely, surely) = (fit.Interval(1e-3), fit.Interval(Level / 6));
        double Needed(double halfWidth, double distance, double tail) => new ConfidenceMargin(halfWidth, fit.PersistentShare(tail)).TrialsFactor(distance);
        int? Trials(double factor) => (int)Math.Ceiling(4 * (factor - 1));

        // On the permitted side, beyond it, and within a narrow margin on both.
        var most = fit.Exponent + (0.45 * (likely.Upper - fit.Exponent));
        var inside = Exponent.AtMost(most - 1, within: 1, ladder: "x").Decide(evidence, Level);
        Assert.That((inside.Verdict, inside.TrialsNeeded), Is.EqualTo((Verdict.Undecided, Trials(Needed(likely.Upper - fit.Exponent, most - fit.Exponent, 1e-3)))));
        Assert.That(inside.Because, Does.EndWith(FormattableString.Invariant($"; the interval reaches to both sides of a limit of what is claimed: at or below {most - 1:G3} + 1.")));
        most = fit.Exponent - (0.45 * (fit.Exponent - surely.Lower));
        Assert.That(Exponent.AtMost(most - 1, within: 1, ladder: "x").Decide(evidence, Level).TrialsNeeded, Is.EqualTo(Trials(Needed(fit.Exponent - surely.Lower, fit.Exponent - most, Level / 6))));
        var least = fit.Exponent - (0.45 * (fit.Exponent - likely.Lower));
        var above = Exponent.AtLeast(least + 1, within: 1, ladder: "x").Decide(evidence, Level);
        Assert.That(above.TrialsNeeded, Is.EqualTo(Trials(Needed(fit.Exponent - likely.Lower, fit.Exponent - least, 1e-3))));
        Assert.That(above.Because, Does.EndWith(FormattableString.Invariant($": at or above {least + 1:G3} − 1.")));
        least = fit.Exponent + (0.45 * (surely.Upper - fit.Exponent));
        Assert.That(Exponent.AtLeast(least + 1, within: 1, ladder: "x").Decide(evidence, Level).TrialsNeeded, Is.EqualTo(Trials(Needed(surely.Upper - fit.Exponent, least - fit.Exponent, Level / 6))));
        var half = 0.45 * (likely.Upper - fit.Exponent);
        Assert.That(Exponent.EqualTo(fit.Exponent, within: half, ladder: "x").Decide(evidence, Level).TrialsNeeded,
            Is.EqualTo(Trials(Math.Max(Needed(fit.Exponent - likely.Lower, half, 1e-3), Needed(likely.Upper - fit.Exponent, half, 1e-3)))));
    }

    [Test]
    public void Exponent_IntervalWithoutAnEnd_DoublesTheTrials()
    {
        // Noise as large as the range of the ladder: the interval is wider than any exponent that is searched.
        var decision = Exponent.EqualTo(1, within: 0.01, ladder: "x").Decide(SyntheticEvidence.Ladder(3, 3, (x, i) => x * Math.Exp(30 * ((i % 3) - 1))), Level);
        Assert.That(decision.Estimates[0].Upper, Is.EqualTo(double.PositiveInfinity));
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Undecided, (int?)3)));
    }

    [Test]
    public void Exponent_ChangeOfRegime_IsReportedOnItsTail()
    {
        // x² up to 8, then x: over eight rungs the tail from 8 on is straight, and of its tails it has the narrowest interval.
        var evidence = Noisy(8, 4, x => x < 8 ? x * x / 8 : x, 1e-3);
        var decision = Exponent.EqualTo(1, within: 0.1, ladder: "x").Decide(evidence, Level);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
        Assert.That(decision.Because, Does.Contain(" on the tail from x = 8; the regime changes before it, within 1 ± 0.1."));
        Assert.That(decision.Exponents[0].From, Is.EqualTo(8).Within(1e-9));
        Assert.That(Exponent.EqualTo(2, within: 0.1, ladder: "x").Decide(evidence, Level).Because, Does.Contain("the regime changes before it; at level 8E-10 it does not lie within 2 ± 0.1."));
    }

    [Test]
    public void Exponent_NeverSteady_SaysTheSlopesOfBothHalves()
    {
        var evidence = Noisy(6, 4, x => Math.Exp(Math.Sqrt(x)), 0.01);
        var decision = Exponent.EqualTo(1, within: 0.1, ladder: "x").Decide(evidence, Level);
        var rungs = Whole(evidence).Rungs;
        var (mild, limit) = (PowerLawFit.LogSlope([.. rungs.Take(3)]), PowerLawFit.LogSlope([.. rungs.Skip(3)]));
        Assert.That(decision.Because, Is.EqualTo(FormattableString.Invariant($"No single exponent of x fits the ladder or its tail: the slope is {mild:F2} over its mild half and {limit:F2} over the other.")));
        Assert.That(decision.Estimates, Is.EqualTo(new Estimate[] { new("slope in x, mild half", mild, mild, mild), new("slope in x, half near the limit", limit, limit, limit) }));
        var seven = Noisy(7, 4, x => Math.Exp(Math.Sqrt(x)), 0.01);
        rungs = Whole(seven).Rungs;
        Assert.That(Exponent.EqualTo(1, within: 0.1, ladder: "x").Decide(seven, Level).Estimates.Select(e => e.Value), Is.EqualTo(new[] { PowerLawFit.LogSlope([.. rungs.Take(4)]), PowerLawFit.LogSlope([.. rungs.Skip(3)]) }));
    }

    // A bend too small to matter: the half near the limit has nearly the exponent of the whole, within half the margin.
    [TestCase(0.04, true)]
    [TestCase(0.002, false)]
    public void Exponent_SlightBend_IsOneExponentWithinHalfTheMargin(double within, bool whole)
    {
        var evidence = Noisy(8, 4, x => x * Math.Exp(0.002 * Math.Log(x) * Math.Log(x)), 1e-5);
        var decision = Exponent.EqualTo(1.02, within, ladder: "x").Decide(evidence, Level);
        Assert.That(decision.Because.StartsWith("The exponent of x is", StringComparison.Ordinal) && !decision.Because.Contains("on the tail", StringComparison.Ordinal), Is.EqualTo(whole), decision.Because);
    }

    [Test]
    public void Exponent_Odd_SaysWhat()
    {
        var procedure = Exponent.EqualTo(1, within: 0.1, ladder: "x");
        Assert.That(procedure.Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(2, 4, (x, _) => x), Level).Because, Is.EqualTo("A power law in x needs at least 3 rungs; there are 2."));
        Assert.That(procedure.WithOffset.Decide(SyntheticEvidence.Ladder(3, 4, (x, _) => x), Level).Because, Is.EqualTo("A power law in x needs at least 4 rungs; there are 3."));
        Assert.That(procedure.WithOffset.Decide(SyntheticEvidence.Ladder(4, 4, (x, _) => x), Level).Because, Does.StartWith("The exponent of x is 1.000"));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(3, 4, (x, i) => i == 7 ? -1 : x), Level).Because, Is.EqualTo("A power law needs positive values; found ≈ -1 at x=2 (cell 1, trial 3)."));
        Assert.That(procedure.Decide(new([], [SyntheticEvidence.Observe(0, 0, Variables.None.With("x", 0), 1, 1)], []), Level).Because, Does.StartWith("A power law needs positive values; found ≈ 1 at x=0"));
        Assert.That(() => Exponent.EqualTo(1, within: 0, ladder: "x"), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Exponent.EqualTo(1, within: 0.1, ladder: " "), Throws.ArgumentException);
    }

    [Test]
    public void Exponent_Words_NameRangeAndOffset()
    {
        var equal = Exponent.EqualTo(1.5, within: 0.1, ladder: "x");
        Assert.That((equal.Name, equal.Calibrates), Is.EqualTo(("exponent", false)));
        Assert.That(equal.InWords, Is.EqualTo("The exponent of x is fitted to robust means of the ladder's rungs, on the tail of the ladder where one exponent describes it: holds if its interval at confidence 0.998 lies within 1.5 ± 0.1, violated if its interval at the level of the run lies wholly outside, undecided if no single exponent fits."));
        Assert.That(equal.WithOffset.InWords, Does.Contain("rungs, above a fixed offset, on the tail"));
        Assert.That(Exponent.AtMost(1, within: 0.1, ladder: "x").InWords, Does.Contain("lies at or below 1 + 0.1, violated"));
        Assert.That(Exponent.AtLeast(1, within: 0.1, ladder: "x").InWords, Does.Contain("lies at or above 1 − 0.1, violated"));
        Assert.That(Exponent.AtMost(1, within: 0.1, ladder: "x").Decide(SyntheticEvidence.Ladder(4, 2, (x, _) => x), Level).Exponents[0] is { Relation: Relation.AtMost, Proved: 1, Margin: 0.1 });
        Assert.That(Exponent.AtLeast(1, within: 0.1, ladder: "x").Decide(SyntheticEvidence.Ladder(4, 2, (x, _) => x), Level).Exponents[0] is { Relation: Relation.AtLeast, Proved: 1, Margin: 0.1 });
    }

    [Test]
    public void Exponent_CalibrationCells_CountAsWell()
    {
        var (procedure, evidence) = (Exponent.EqualTo(-0.5, within: 0.15, ladder: "x"), Noisy(5, 4, x => 1 / Math.Sqrt(x), 0.05));
        Assert.That(procedure.Decide(new([.. evidence.HeldOut.Take(8)], [.. evidence.HeldOut.Skip(8)], []), Level).Because, Is.EqualTo(procedure.Decide(evidence, Level).Because));
    }

    // Odd and even numbers of rungs; unequal trials.
    [TestCase(5, false)]
    [TestCase(6, false)]
    [TestCase(8, true)]
    public void Growth_Ladder_HasThePositionOfLeastVariance(int rungs, bool uneven)
    {
        var evidence = Noisy(rungs, 4, x => x * Math.Exp(0.02 * x), 0.05);
        evidence = uneven ? evidence with { HeldOut = [.. evidence.HeldOut.Where(o => o.Trial < 2 + (o.Cell % 3))] } : evidence;
        var decision = Growth.Polynomial("x").Decide(evidence, Level);
        var cells = HuberLocation.Of([.. evidence.HeldOut.GroupBy(o => o.Cell).Select(c => (ImmutableArray.Create(c.First().Variables["x"]), ImmutableArray.CreateRange(c.Select(o => Math.Log(o.Value.Midpoint)))))]);
        var mild = (rungs + 1) / 2;
        double[] x = [.. cells.Select(c => c.X[0])];

        // What either law, fitted to the mild half by the library, predicts of the other; both are linear in the locations, so unit vectors give their coefficients.
        double[] Predicted(double[] y, Func<double, double> of)
        {
            var weights = cells.Take(mild).Select(c => (double)c.Trials).ToArray();
            double total = weights.Sum(), z = weights.Zip(x, (w, v) => w * of(v)).Sum() / total, mean = weights.Zip(y, (w, v) => w * v).Sum() / total;
            var slope = Enumerable.Range(0, mild).Sum(k => weights[k] * (of(x[k]) - z) * y[k]) / Enumerable.Range(0, mild).Sum(k => weights[k] * Math.Pow(of(x[k]) - z, 2));
            return [.. x.Skip(mild).Select(v => mean + (slope * (of(v) - z)))];
        }

        double[] Deviations(double[] y) => [.. Predicted(y, Math.Log).Zip(Predicted(y, v => v), (a, b) => (a + b) / 2).Select((m, j) => y[mild + j] - m)];
        var held = rungs - mild;
        var logarithms = x.Select(v => Math.Log(v)).ToArray();
        var gaps = Vector<double>.Build.DenseOfEnumerable(Predicted(logarithms, v => v).Select((p, j) => p - logarithms[mild + j]));
        var matrix = Matrix<double>.Build.DenseOfColumnArrays(Enumerable.Range(0, rungs).Select(k => Deviations([.. Enumerable.Range(0, rungs).Select(i => i == k ? 1.0 : 0)])));
        var covariance = matrix * Matrix<double>.Build.DenseOfDiagonalArray([.. cells.Select(c => 1.0 / c.Trials)]) * matrix.Transpose();
        var weight = covariance.Inverse() * gaps;
        double[] y = [.. cells.Select(c => c.Mean)];
        var position = weight.DotProduct(Vector<double>.Build.Dense(Deviations(y))) / weight.DotProduct(gaps);
        var freedom = cells.Sum(c => c.Trials - 1);
        var pooled = cells.Sum(c => (c.Trials - 1) * c.Variance) / freedom;
        var error = Math.Sqrt(pooled * (weight * covariance * weight)) / Math.Abs(weight.DotProduct(gaps));
        var likely = StudentTail.Quantile(1e-3, freedom) * error;

        // Condition numbers of a few hundred: 1e-9.
        Assert.That(decision.Estimates[1], Is.EqualTo(new Estimate("position between the laws", position, position - likely, position + likely)).Using<Estimate>((a, b) =>
            a.Name == b.Name && Math.Abs(a.Value - b.Value) < 1e-9 && Math.Abs(a.Lower - b.Lower) < 1e-9 && Math.Abs(a.Upper - b.Upper) < 1e-9));
        double Off(double[] predicted) => Math.Sqrt(predicted.Select((p, j) => Math.Pow(p - y[mild + j], 2)).Average());
        Assert.That(decision.Estimates.Skip(2).Select(e => Math.Log(e.Value)), Is.EqualTo(new[] { Off(Predicted(y, Math.Log)), Off(Predicted(y, v => v)) }).Within(1e-9));
        var surely = StudentTail.Quantile(Level, freedom) * error;
        Assert.That(decision.Verdict, Is.EqualTo(position - surely > 0 ? Verdict.Violated : position + likely < 0 ? Verdict.Holds : Verdict.Undecided));
        if (decision.Verdict == Verdict.Undecided)
        {
            var factor = Math.Pow((position < 0 ? likely : surely) / position, 2);
            Assert.That(decision.TrialsNeeded, Is.EqualTo((int)Math.Ceiling(cells.Min(c => c.Trials) * (factor - 1))));
        }

        Assert.That(held, Is.EqualTo(gaps.Count));
    }

    [Test]
    public void Growth_ExponentOfTheMildHalf_IsItsSlope()
    {
        var decision = Growth.Polynomial("x").Decide(SyntheticEvidence.Ladder(5, 2, (x, _) => x == 2 ? 3 : x), Level);
        var (_, slope) = Fit.Line([0, Math.Log(2), Math.Log(4)], [0, Math.Log(3), Math.Log(4)]);
        Assert.That(decision.Estimates[0].Value, Is.EqualTo(slope).Within(1e-12));
        Assert.That(decision.Estimates.Select(e => e.Name), Is.EqualTo(new[] { "exponent of x, mild half", "position between the laws", "prediction error of the power law, factor", "prediction error of the exponential, factor" }));
    }

    [Test]
    public void Growth_AtItsLimits_ChangesItsMind()
    {
        // The position moves with the strength of the exponential; the level is put where its limit is zero.
        var evidence = Noisy(6, 4, x => Math.Exp(0.5 * x), 0.5);
        var position = Growth.Polynomial("x").Decide(evidence, Level).Estimates[1];
        var (freedom, error) = (18, (position.Upper - position.Value) / StudentTail.Quantile(1e-3, 18));
        Assert.That(position.Value, Is.GreaterThan(0));
        var level = StudentTail.Probability(position.Value / error, freedom);
        Assert.That(Growth.Polynomial("x").Decide(evidence, level * 1.001).Verdict, Is.EqualTo(Verdict.Violated));
        Assert.That(Growth.Polynomial("x").Decide(evidence, level * 0.999).Verdict, Is.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void Growth_EachEnd_SaysWhy()
    {
        var procedure = Growth.Polynomial("x");
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(6, 4, (x, _) => x), Level).Because, Does.Match(@"^It grows like a power: the power law fitted to the mild half of x is off by a factor of 1 on the other, the exponential by \d+(\.\d+)?(E\+\d+)?\.$"));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(6, 4, (x, _) => Math.Exp(x)), Level).Because, Does.StartWith("It grows exponentially: the power law fitted").And.EndWith("; at level 1E-08 the exponential predicts better."));
        var flat = procedure.Decide(Noisy(6, 4, _ => 1, 0.1), Level);
        Assert.That(flat.Because, Does.StartWith("Neither law surely predicts better: the power law fitted"));
        Assert.That((flat.Verdict, flat.Level), Is.EqualTo((Verdict.Undecided, Level)));
        Assert.That(flat.TrialsNeeded, Is.GreaterThan(1));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(6, 4, (x, i) => i == 6 ? double.PositiveInfinity : x), Level).Because, Is.EqualTo("It is infinite at x=2 (cell 1, trial 2), which no power predicts."));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(6, 4, (x, i) => i == 6 ? 0 : x), Level).Because, Is.EqualTo("Growth needs positive values; found ≈ 0 at x=2 (cell 1, trial 2)."));
        Assert.That(procedure.Decide(SyntheticEvidence.Ladder(4, 4, (x, _) => x), Level).Because, Is.EqualTo("Growth in x needs at least 5 rungs; there are 4."));
        Assert.That(Growth.Polynomial("y").Decide(SyntheticEvidence.Ladder(6, 4, (x, _) => x), Level).Because, Does.StartWith("Growth needs positive values"));
        Assert.That(procedure.Decide(new([], [SyntheticEvidence.Observe(0, 0, Variables.None.With("x", 0), 1, 1)], []), Level).Because, Does.StartWith("Growth needs positive values"));
        var split = SyntheticEvidence.Ladder(6, 4, (x, _) => x);
        Assert.That(procedure.Decide(new([.. split.HeldOut.Take(8)], [.. split.HeldOut.Skip(8)], []), Level).Verdict, Is.EqualTo(Verdict.Holds), "calibration cells count as well");
        Assert.That((procedure.Name, procedure.Calibrates), Is.EqualTo(("growth", false)));
        Assert.That(procedure.InWords, Does.StartWith("A power of x and an exponential of x are fitted to the mild half").And.Contain("(confidence 0.999)"));
        Assert.That(() => Growth.Polynomial(""), Throws.ArgumentException);
    }

    private static Evidence Noisy(int rungs, int trials, Func<double, double> y, double noise) => SyntheticEvidence.Ladder(rungs, trials, (x, i) => y(x) * Math.Exp(noise * Normals[i]));

    /// <summary>The fit to all rungs, at the share of the significance that the test of misfit has with this many tails, and the rungs.</summary>
    private static (PowerLawFit Fit, IReadOnlyList<DesignCell> Rungs) Whole(Evidence evidence)
    {
        var rungs = HuberLocation.Of([
            .. evidence.HeldOut.GroupBy(o => o.Cell).Select(c => (ImmutableArray.Create(Math.Log(c.First().Variables["x"])), ImmutableArray.CreateRange(c.Select(o => Math.Log(o.Value.Midpoint))))),
        ]);
        return (new([.. rungs], offset: false, ErrorVariance.Significance / (rungs.Length - 2)), rungs);
    }
}
