using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using MathNet.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>What a cost ladder is decided by, against its formulas, and every way in which it can end.</summary>
public sealed class CostFormulaTests
{
    private const double Level = 1e-8;

    private static readonly Cost One = Cost.AtMost(1, ladder: "x");

    /// <summary>Seven rungs of three trials, x^1.2 above a fixed part, scattered by a tenth of a per cent.</summary>
    private static readonly Evidence Scattered = SyntheticEvidence.Ladder(7, 3, (x, i) => (10 + Math.Pow(x, 1.2)) * (1 + (0.001 * ((i % 3) - 1))));

    [Test]
    public void Tail_ScatteredLadder_HasTheFormulasOfTheRemarks([Values(1, 2)] int degree)
    {
        var fit = CostFit.Of(Scattered.HeldOut, "x")!;
        var tail = new CostTail(fit, degree);
        var (first, start, end) = (fit.Cells[0], fit.Cells[2], fit.Cells[6]);
        var ratio = Math.Log(16);
        Assert.That((tail.From, tail.To), Is.EqualTo((4.0, 64.0)).Within(1e-12));
        Assert.That(tail.GreatestSlope, Is.EqualTo(degree + (Math.Log(2) / ratio)).Within(1e-12));
        Assert.That(tail.Limit, Is.EqualTo(degree + (Math.Log(2 * (1 - Math.Pow(1 / 64.0, degree)) / (1 - (2 * Math.Pow(0.25, degree)))) / ratio)).Within(1e-12));
        Assert.That(tail.TellsDegrees, Is.EqualTo(tail.Limit < degree + 1 - (Math.Log(2) / ratio)));
        Assert.That(tail.Slope.Value, Is.EqualTo((end.Mean - start.Mean) / ratio).Within(1e-12));
        Assert.That(tail.Slope.Error, Is.EqualTo(Math.Sqrt((end.Variance + start.Variance) / 3) / ratio).Within(1e-12));
        Assert.That(tail.PredictionNoise, Is.EqualTo(2 * Math.Sqrt((fit.Cells[5].Variance + end.Variance) / 2 / 3)).Within(1e-15));
        Assert.That(tail.Quantile(Level), Is.EqualTo(StudentTail.Quantile(Level, 14)));

        // The derivative of log((y_N − y₁)/(y_t − y₁))/log R in the three logarithms, by central differences of 1e-6.
        var y = new[] { first.Mean, start.Mean, end.Mean };
        double Rise(double[] log) => Math.Log((Math.Exp(log[2]) - Math.Exp(log[0])) / (Math.Exp(log[1]) - Math.Exp(log[0]))) / ratio;
        var slopes = Enumerable.Range(0, 3).Select(k =>
        {
            double[] Moved(double by) => [.. y.Select((v, j) => j == k ? v + by : v)];
            return (Rise(Moved(1e-6)) - Rise(Moved(-1e-6))) / 2e-6;
        });
        Assert.That(tail.Rise.Value, Is.EqualTo(Rise(y)).Within(1e-12));
        Assert.That(tail.Rise.Error, Is.EqualTo(Math.Sqrt(slopes.Sum(s => s * s * first.Variance / 3))).Within(1e-6 * tail.Rise.Error));
    }

    [Test]
    public void Tail_ThatDoesNotRise_HasNoRise()
    {
        foreach (var y in new Func<double, int, double>[] { (x, _) => x == 1 ? 5 : x, (x, _) => x == 64 ? 0.5 : x, (x, _) => x is 1 or 4 ? 1 : x })
        {
            Assert.That(new CostTail(CostFit.Of(SyntheticEvidence.Ladder(7, 3, y).HeldOut, "x")!, 1).Rise, Is.EqualTo((double.PositiveInfinity, 0.0)));
        }
    }

    [Test]
    public void Fit_Ladder_PredictsWhatWasHeldOut()
    {
        var fit = CostFit.Of(Scattered.HeldOut, "x")!;
        Assert.That(fit.Rungs.Select(r => r.X), Is.EqualTo(Enumerable.Range(0, 7).Select(k => Math.Pow(2, k))).Within(1e-12));
        Assert.That(fit.Rungs.Select(r => r.Cost), Is.EqualTo(Enumerable.Range(0, 7).Select(k => 10 + Math.Pow(2, 1.2 * k))).Within(0.01).Percent);
        Assert.That(fit.LocalSlopes.Select(s => s.X), Is.EqualTo(Enumerable.Range(0, 6).Select(k => Math.Pow(2, k + 0.5))).Within(1e-12));
        Assert.That(fit.HeldOutFrom, Is.EqualTo(32).Within(1e-12));

        // The exponential is the straight line through the fitted logarithms over x, and both errors are root mean squares over the two rungs left.
        var (intercept, slope) = Fit.Line([1, 2, 4, 8, 16], [.. fit.Cells.Take(5).Select(c => c.Mean)]);
        Assert.That(Math.Log(fit.ExponentialAt(50)), Is.EqualTo(intercept + (slope * 50)).Within(1e-10));
        Assert.That(fit.ExponentialError, Is.EqualTo(Off(x => intercept + (slope * x))).Within(1e-10));
        Assert.That(fit.PolynomialError, Is.EqualTo(Off(x => Math.Log(fit.PolynomialAt(x)))).Within(1e-12));

        double Off(Func<double, double> predicted) => Math.Sqrt((Math.Pow(predicted(32) - fit.Cells[5].Mean, 2) + Math.Pow(predicted(64) - fit.Cells[6].Mean, 2)) / 2);
    }

    [Test]
    public void Fit_UnequalTrials_WeighThem()
    {
        // Ten trials at one rung weigh ten times as much: the same line as ten rungs there.
        double Y(double x) => x == 4 ? 3 : x;
        Observation[] many = [.. SyntheticEvidence.Ladder(7, 1, (x, _) => Y(x)).HeldOut, .. Enumerable.Range(1, 9).Select(t => SyntheticEvidence.Observe(2, t, Variables.None.With("x", 4), 3, 1))];
        var fit = CostFit.Of(many, "x")!;
        double[] xs = [1, 2, .. Enumerable.Repeat(4.0, 10), 8, 16];
        var (intercept, slope) = Fit.Line(xs, [.. xs.Select(x => Math.Log(Y(x)))]);
        Assert.That(Math.Log(fit.ExponentialAt(20)), Is.EqualTo(intercept + (slope * 20)).Within(1e-10));
    }

    [Test]
    public void Fit_WhatHasNoLogarithm_IsLeftOut()
    {
        Observation[] good = [.. SyntheticEvidence.Ladder(6, 1, (x, _) => x).HeldOut];
        Observation[] odd =
        [
            .. new[] { 0, -1, double.NaN, double.PositiveInfinity }.Select(v => SyntheticEvidence.Observe(9, 0, Variables.None.With("x", 512), v, 1)),
            SyntheticEvidence.Observe(9, 0, Variables.None, 1, 1), SyntheticEvidence.Observe(9, 0, Variables.None.With("x", 0), 1, 1), SyntheticEvidence.Observe(9, 0, Variables.None.With("x", -2), 1, 1),
        ];
        Assert.That(CostFit.Of([.. good, .. odd], "x")!.Rungs.Select(r => r.X), Is.EqualTo(new[] { 1.0, 2, 4, 8, 16, 32 }).Within(1e-12));
        Assert.That(CostFit.Of([.. good.Skip(1), .. odd], "x"), Is.Null);
    }

    [Test]
    public void Decide_Holding_SaysByWhat()
    {
        var decision = One.Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => 2 + x), Level);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(decision.Level, Is.EqualTo(Level));
        Assert.That(decision.TrialsNeeded, Is.Null);
        Assert.That(decision.Because, Does.Match(@"^From x = 4 to 64 the slope is 0\.865 \(between 0\.865 and, above the largest fixed part, 1\.0\d\d\), within 1 \+ 0\.494; the polynomial predicts the held-out values to a factor of 1, the exponential to \d+\.\d\.$"));
        Assert.That(decision.Estimates.Select(e => e.Name), Is.EqualTo(new[]
        {
            "slope in x, tail", "exponent of x above a fixed part, whole ladder", "prediction error of the polynomial, factor", "prediction error of the exponential, factor",
        }));
        Assert.That(decision.Estimates[0].Value, Is.EqualTo(Math.Log(66 / 6.0) / Math.Log(16)).Within(1e-12));
        Assert.That(decision.Estimates[1].Value, Is.EqualTo(1).Within(1e-5));
        Assert.That(decision.Estimates[2].Value, Is.EqualTo(1).Within(1e-4));
        Assert.That(decision.Exponents.Single(), Is.EqualTo(new ComparedExponent("x", 4, 64, Relation.AtMost, 1, decision.Estimates[0].Value, decision.Estimates[0].Lower, decision.Estimates[0].Upper))
            .Using<ComparedExponent, ComparedExponent>((a, b) => Math.Abs(a.From - b.From) < 1e-12 && Math.Abs(a.To - b.To) < 1e-12 && a with { From = b.From, To = b.To } == b));
    }

    [Test]
    public void Decide_Scattered_HasTheLimitsOfTheTail()
    {
        var (decision, tail) = (One.Decide(Scattered, Level), new CostTail(CostFit.Of(Scattered.HeldOut, "x")!, 1));
        var t = StudentTail.Quantile(1e-3, 14);
        Assert.That(decision.Estimates[0].Lower, Is.EqualTo(tail.Slope.Value - (t * tail.Slope.Error)).Within(1e-12));
        Assert.That(decision.Estimates[0].Upper, Is.EqualTo(tail.Rise.Value + (t * tail.Rise.Error)).Within(1e-12));
    }

    [TestCase(2, "at level 1E-08 it is beyond 1 + 0.250")]
    [TestCase(3, "at level 1E-08 it is beyond 1 + 0.250")]
    public void Decide_TooSteep_SaysSo(int power, string because)
    {
        var decision = One.Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => Math.Pow(x, power)), Level);
        Assert.That((decision.Verdict, decision.TrialsNeeded), Is.EqualTo((Verdict.Violated, (int?)null)));
        Assert.That(decision.Because, Does.StartWith("From x = 4 to 64 the slope is").And.Contain(because));
    }

    [Test]
    public void Decide_ExponentialThatIsNotTooSteep_IsCalledExponential()
    {
        // Over a tail of 16 e^{0.05x} rises by e³, slope 1.08, and no power law fitted to x ≤ 16 sees it coming.
        var decision = One.Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => Math.Exp(0.05 * x)), Level);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Violated), decision.Because);
        Assert.That(decision.Because, Does.EndWith("the exponential to 1: the cost is exponential.").And.Contain("the polynomial predicts the held-out values to a factor of"));
        Assert.That(Cost.AtMost(2, ladder: "x").Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => Math.Exp(0.05 * x)), Level).Verdict, Is.Not.EqualTo(Verdict.Violated), "it rises no more than x² here");
    }

    [Test]
    public void Decide_FlatCost_IsNotToldApart()
    {
        var decision = One.Decide(SyntheticEvidence.Ladder(7, 3, (x, _) => 100 + (1e-3 * x)), Level);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.Because, Does.EndWith("the exponential to 1: that does not tell them apart.").And.Contain(", but the polynomial predicts"));
        Assert.That(decision.TrialsNeeded, Is.Null, "trials do not change a prediction");
    }

    [Test]
    public void Decide_TooNoisy_AsksForAsManyTrialsAsNoiseNeeds()
    {
        var evidence = SyntheticEvidence.Ladder(7, 3, (x, i) => (10 + x) * (1 + (0.2 * ((i % 3) - 1))));
        var (decision, tail) = (One.Decide(evidence, Level), new CostTail(CostFit.Of(evidence.HeldOut, "x")!, 1));
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided), decision.Because);
        Assert.That(decision.Because, Does.EndWith("which is not surely within 1 + 0.494."));

        // The error falls as 1/√trials: (t·error/distance)² times as many, of which there are three.
        var factor = Math.Pow(StudentTail.Quantile(1e-3, 14) * tail.Rise.Error / (tail.Limit - tail.Rise.Value), 2);
        Assert.That(factor, Is.GreaterThan(1));
        Assert.That(decision.TrialsNeeded, Is.EqualTo((int)Math.Ceiling(3 * (factor - 1))));
    }

    [Test]
    public void Decide_SteepButTooNoisy_AsksForAsManyTrialsAsARefutationNeeds()
    {
        var evidence = SyntheticEvidence.Ladder(7, 3, (x, i) => Math.Pow(x, 1.7) * (1 + (0.3 * ((i % 3) - 1))));
        var (decision, tail) = (One.Decide(evidence, Level), new CostTail(CostFit.Of(evidence.HeldOut, "x")!, 1));
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided), decision.Because);
        var factor = Math.Pow(StudentTail.Quantile(Level / 2, 14) * tail.Slope.Error / (tail.Slope.Value - tail.GreatestSlope), 2);
        Assert.That(decision.TrialsNeeded, Is.EqualTo((int)Math.Ceiling(3 * (factor - 1))));
    }

    [Test]
    public void Decide_Odd_SaysWhat()
    {
        Assert.That(One.Decide(SyntheticEvidence.Ladder(7, 4, (x, i) => i == 5 ? -1 : x), Level).Because, Is.EqualTo("A cost is positive; found ≈ -1 at x=2 (cell 1, trial 1)."));
        Assert.That(One.Decide(SyntheticEvidence.Ladder(5, 4, (x, _) => x), Level).Because, Is.EqualTo("The cost needs at least 6 values of x; there are 5."));
        Assert.That(One.Decide(SyntheticEvidence.Ladder(6, 4, (x, _) => x), Level).Because, Does.Not.Contain("at least 6"));
        Observation[] atZero = [.. SyntheticEvidence.Ladder(6, 1, (x, _) => x).HeldOut, SyntheticEvidence.Observe(6, 0, Variables.None.With("x", 0), 1, 1)];
        Assert.That(One.Decide(new([], atZero, []), Level).Because, Does.StartWith("A cost is positive; found ≈ 1 at x=0"));
        var short6 = SyntheticEvidence.Ladder(6, 1, (x, _) => x);
        Assert.That(Cost.AtMost(9, ladder: "x").Decide(short6 with { HeldOut = [.. short6.HeldOut.Select(o => o with { Variables = Variables.None.With("x", 1 + o.Cell) })] }, Level).Because,
            Is.EqualTo("The tail, x = 4 to 6, is too short to tell degree 9 from 10 at prices within a factor 2."));
    }

    [Test]
    public void Decide_CalibrationCells_CountAsWell()
    {
        var evidence = SyntheticEvidence.Ladder(7, 3, (x, _) => 2 + x);
        Assert.That(One.Decide(new([.. evidence.HeldOut.Take(9)], [.. evidence.HeldOut.Skip(9)], []), Level).Because, Is.EqualTo(One.Decide(evidence, Level).Because));
    }

    [Test]
    public void AtMost_NoDegreeOrNoVariable_Throws()
    {
        Assert.That(() => Cost.AtMost(0, "x"), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Cost.AtMost(1, " "), Throws.ArgumentException);
        Assert.That((One.Degree, One.Calibrates, One.Name), Is.EqualTo((1, false, "cost")));
        Assert.That(One.InWords, Does.StartWith("The slope of log cost against log x over the tail, from 4 times the first value on").And.Contain("f = 2: holds if").And.Contain("within 1 and what f can add")
            .And.Contain("the largest 2 values are predicted better by a + b·x^q than by a·e^(b x)").And.EndWith("; violated if the lower limit is beyond, or the exponential clearly predicts better; undecided else."));
    }

    private static readonly Domain Lines = Domain.Lines(4, new VariableRange("m", 2, 5, IsInteger: true), new VariableRange("n", 1, 4, IsInteger: true));

    [Test]
    public void Count_EachEnd_SaysWhy()
    {
        var procedure = CostCount.OfDegree(("m", 2), ("n", 1));
        Assert.That(Because(procedure, v => v.m * v.m * v.n), Is.EqualTo("The count has degree 2 in m, 1 in n."));
        Assert.That(Because(procedure.AsStated, v => v.m * v.m * v.n), Is.EqualTo("The count has degree 2 in m, 1 in n, and equals the stated polynomial in every cell."));
        Assert.That(Because(procedure.AsStated, v => v.m * v.m * v.n, v => v.m), Is.EqualTo("The count is 4, and the stated polynomial 2, at m=2 n=1 (cell 0)."));
        Assert.That(Because(procedure, v => v.m * v.n), Is.EqualTo("The degree in m is 1 over 4 values, and 2 is stated."));
        Assert.That(Because(procedure, v => Math.Pow(v.m, 3) * v.n), Is.EqualTo("The degree in m is at least 3 over 4 values, and 2 is stated."));
        Assert.That(Because(procedure, v => 100 - (v.m * v.m) + v.n), Is.EqualTo("The leading coefficient in m is negative, which no count has."));
        Assert.That(Because(CostCount.OfDegree(("m", 3)), v => Math.Pow(v.m, 3)), Is.EqualTo("Degree 3 in m needs 5 values on its line; there are 4."));
        Assert.That(Because(procedure, _ => 0.5), Is.EqualTo("A count is an exact whole number at known m, n; found 0.5 at m=2 n=1 (cell 0)."));
        Assert.That(Because(CostCount.OfDegree(("q", 1)), v => v.m), Does.StartWith("A count is an exact whole number at known q"));
        Assert.That(procedure.Decide(new([], [], []), Level).Because, Is.EqualTo("There are no observations."));
    }

    [Test]
    public void Count_Decided_HasDegreesAndTheLinesTheyWereFoundOn()
    {
        var evidence = Counts(v => v.m * v.n);
        foreach (var (procedure, verdict) in new[] { (CostCount.OfDegree(("m", 1), ("n", 1)), Verdict.Holds), (CostCount.OfDegree(("m", 2), ("n", 0)), Verdict.Violated), (CostCount.OfDegree(("m", 1), ("n", 3)), Verdict.Undecided) })
        {
            var decision = procedure.Decide(evidence, Level);
            Assert.That((decision.Verdict, decision.IsCertified), Is.EqualTo((verdict, verdict != Verdict.Undecided)));
            Assert.That(decision.Estimates, Is.EqualTo(new Estimate[] { new("degree in m", 1, 1, 1), new("degree in n", 1, 1, 1) }));
            Assert.That(decision.Exponents.Select(e => (e.Symbol, e.From, e.To, e.Relation, e.Measured, e.Lower, e.Upper)), Is.EqualTo(new[] { ("m", 2.0, 5.0, Relation.Equal, 1.0, 1.0, 1.0), ("n", 1, 4, Relation.Equal, 1, 1, 1) }));
        }

        Assert.That(CostCount.OfDegree(("m", 2), ("n", 0)).Decide(evidence, Level).Exponents.Select(e => e.Proved), Is.EqualTo(new[] { 2.0, 0 }));
        Assert.That(CostCount.OfDegree(("m", 0), ("n", 0)).AsStated.Decide(Counts(_ => 0), Level) is { Verdict: Verdict.Holds, IsCertified: true }, "no operation at all is degree 0");
        Assert.That(CostCount.OfDegree(("m", 1), ("n", 1)).AsStated.Decide(Counts(v => v.m * v.n, _ => 0), Level) is { Verdict: Verdict.Violated, IsCertified: true });
    }

    [Test]
    public void Count_Words_NameDegreesAndWhatIsCompared()
    {
        var procedure = CostCount.OfDegree(("m", 2), ("n", 1));
        Assert.That((procedure.Name, procedure.Calibrates), Is.EqualTo(("count", false)));
        Assert.That(procedure.InWords, Is.EqualTo("The cost is counted while the program runs, and its degree in each variable decided by exact interpolation along a line: 2 in m, 1 in n. A divided difference of higher order that is not zero refutes it with certainty."));
        Assert.That(procedure.AsStated.InWords, Is.EqualTo(procedure.InWords + " Every count must equal the stated polynomial."));
    }

    private static string Because(CostCount procedure, Func<Variables, double> count, Func<Variables, double>? bound = null) => procedure.Decide(Counts(count, bound), Level).Because;

    private static Evidence Counts(Func<Variables, double> count, Func<Variables, double>? bound = null)
    {
        Observation[] all = [.. Lines.Cells(Profile.Gate).Select(c => new Observation(c.Index, 0, false, c.Variables, Ball.Exactly(count(c.Variables)), Ball.Exactly((bound ?? count)(c.Variables)), []))];
        return new([all[0]], [.. all.Skip(1)], []);
    }
}
