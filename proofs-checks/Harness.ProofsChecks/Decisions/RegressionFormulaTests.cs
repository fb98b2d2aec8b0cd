using System.Collections.Immutable;
using Harness.Claims.Decisions;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Regressions, margins and locations against the textbook formulas in one variable, where they can be written down.</summary>
public sealed class RegressionFormulaTests
{
    private const double Tail = 1e-4;

    /// <summary>Unequal trials, a single one among them; scatter that grows; means off the line.</summary>
    private static readonly ImmutableArray<DesignCell> Uneven =
    [
        new([1.0], 2.1, 0.04, 3), new([2.0], 3.9, 0.09, 4), new([4.0], 8.2, 0, 1), new([5.0], 9.7, 0.5, 5), new([7.0], 14.4, 1.5, 2),
    ];

    /// <summary>On a line up to the trials' own scatter.</summary>
    private static readonly ImmutableArray<DesignCell> Straight = [.. Uneven.Select(c => c with { Mean = 1 + (2 * c.X[0]) + (c.X[0] == 4 ? 0.3 : -0.1), Variance = c.Trials > 1 ? 0.5 : 0 })];

    [Test]
    public void Fit_OneVariable_HasTheFormulasOfTheTextbook([Values] bool straight)
    {
        var cells = straight ? Straight : Uneven;
        var (slope, sxx, squares) = Line(cells);
        var fit = LinearRegression.Fit(cells, [0])!;
        Assert.That(fit.Slopes.Single(), Is.EqualTo(slope).Within(1e-12));

        var error = new ErrorVariance(squares, cells.Length - 2, cells.Sum(c => (c.Trials - 1) * c.Variance), cells.Sum(c => c.Trials - 1));
        Assert.That((fit.Error.DegreesOfFreedom, fit.Error.Misfits), Is.EqualTo((error.DegreesOfFreedom, error.Misfits)));
        Assert.That(fit.Error.Noise, Is.EqualTo(error.Noise).Within(1e-12));

        // Satterthwaite: each cell's mean has the variance of its own trials.
        var mean = cells.Sum(c => c.Trials * c.X[0]) / cells.Sum(c => c.Trials);
        double[] parts = [.. cells.Select(c => c.Trials * Math.Pow((c.X[0] - mean) / sxx, 2) * c.Variance)];
        var freedom = Math.Pow(parts.Sum(), 2) / cells.Zip(parts, (c, part) => c.Trials > 1 ? part * part / (c.Trials - 1) : 0).Sum();
        var own = Math.Pow(StudentTail.Quantile(Tail, freedom), 2) * parts.Sum();
        var margin = fit.Margin(0, Tail);
        var noise = Math.Max(error.SquaredNoiseMargin(Tail) / sxx, own);
        Assert.That(margin.HalfWidth, Is.EqualTo(Math.Sqrt(noise + (error.SquaredMisfitMargin() / sxx))).Within(1e-10));
        Assert.That(margin.PersistentShare, Is.EqualTo(error.SquaredMisfitMargin() / sxx / (noise + (error.SquaredMisfitMargin() / sxx))).Within(1e-10));
        Assert.That(margin.Noise, Is.EqualTo(Math.Sqrt(noise)).Within(1e-10));
    }

    [Test]
    public void Margin_CellsThatDifferInScatter_IsTheLargerOfTheTwo()
    {
        // All scatter at the far ends: the cells' own variances have the wider margin. Equal scatter: the pooled one has fewer degrees of freedom to pay for.
        DesignCell[] ends = [.. Enumerable.Range(0, 9).Select(i => new DesignCell([i - 4.0], 2.0 * i, i is 0 or 8 ? 4 : 0, 2))];
        var (fit, sxx) = (LinearRegression.Fit(ends, [0])!, 2 * 60.0);
        Assert.That(fit.Margin(0, Tail).HalfWidth, Is.EqualTo(StudentTail.Quantile(Tail, 2) * Math.Sqrt(2 * 2 * 16 * 4 / (sxx * sxx))).Within(1e-9));
        DesignCell[] equal = [.. ends.Select(c => c with { Variance = 1, Trials = 30 })];
        Assert.That(LinearRegression.Fit(equal, [0])!.Margin(0, Tail).HalfWidth, Is.GreaterThanOrEqualTo(StudentTail.Quantile(Tail, (9 * 29) + 7) * Math.Sqrt(9 * 29.0 / ((9 * 29) + 7) / (30 * 60))));
    }

    // The second regressor is the first and a zigzag, of which this share is its own.
    [TestCase(1.5e-4, 2)]
    [TestCase(0.7e-4, 1)]
    public void Fit_RegressorThatIsNearlyACombination_IsKeptFromATenthousandthOn(double share, int kept)
    {
        // Over x = 0…7 the zigzag −1, 1, 1, −1, −1, 1, 1, −1 has no mean and no slope.
        double[] zigzag = [-1, 1, 1, -1, -1, 1, 1, -1];
        var scale = Math.Sqrt(42.0 / 8 * share / (1 - share));
        var fit = LinearRegression.Fit([.. zigzag.Select((z, i) => new DesignCell([i, i + (scale * z)], z, 0, 1))], [0, 1])!;
        Assert.That(fit.Regressors, Has.Length.EqualTo(kept));
    }

    [TestCase(1e-8, 1)]
    [TestCase(1e-10, 0)]
    public void Fit_RegressorThatHardlyVaries_IsKeptFromABillionthOn(double variation, int kept) =>
        Assert.That(LinearRegression.Fit([.. Enumerable.Range(0, 5).Select(i => new DesignCell([3 + (i * variation)], i, 0, 1))], [0])?.Regressors.Length ?? 0, Is.EqualTo(kept));

    [Test]
    public void Fit_AsManyCellsAsParameters_IsExactWithoutFreedom()
    {
        DesignCell[] cells = [new([0.0, 0], 1, 0, 1), new([1.0, 0], 3, 0, 1), new([0.0, 1], 6, 0, 1)];
        var fit = LinearRegression.Fit(cells, [0, 1])!;
        Assert.That(fit.Slopes, Is.EqualTo(new[] { 2.0, 5 }).Within(1e-12));
        Assert.That((fit.Error.DegreesOfFreedom, fit.Margin(1, 0.1).HalfWidth), Is.EqualTo((0, double.PositiveInfinity)));
    }

    [Test]
    public void ErrorVariance_EachCase_HasItsEstimate()
    {
        Assert.That(Of(new(0, 0, 0, 0)), Is.EqualTo((double.NaN, 0, false)));
        Assert.That(Of(new(6, 3, 0, 0)), Is.EqualTo((2.0, 3, true)), "without replication the lack of fit is all there is");
        Assert.That(Of(new(0, 3, 0, 0)), Is.EqualTo((0.0, 3, false)));
        Assert.That(Of(new(0, 0, 6, 3)), Is.EqualTo((2.0, 3, false)));
        Assert.That(Of(new(6, 3, 0, 5)), Is.EqualTo((0.0, 5, true)), "trials without scatter tell any misfit");
        Assert.That(Of(new(0, 3, 0, 5)), Is.EqualTo((0.0, 8, false)));
        Assert.That(new ErrorVariance(0, 0, 0, 0).SquaredNoiseMargin(0.1), Is.EqualTo(double.PositiveInfinity));
        Assert.That(new ErrorVariance(0, 0, 6, 3).SquaredNoiseMargin(Tail), Is.EqualTo(2 * Math.Pow(StudentTail.Quantile(Tail, 3), 2)));
        Assert.That(new ErrorVariance(6, 3, 0, 0).SquaredMisfitMargin(), Is.Zero);

        static (double, int, bool) Of(ErrorVariance e) => (e.Noise, e.DegreesOfFreedom, e.Misfits);
    }

    [Test]
    public void ErrorVariance_AtTheLevelOfTheTest_ChangesItsMind([Values(0.05, 0.01)] double significance)
    {
        // F with 4 and 20 degrees of freedom, pure error 1.
        var critical = FisherSnedecor.InvCDF(4, 20, 1 - significance);
        var (below, beyond) = (new ErrorVariance(4 * critical * 0.999, 4, 20, 20, significance), new ErrorVariance(4 * critical * 1.001, 4, 20, 20, significance));
        Assert.That((below.Misfits, below.DegreesOfFreedom, below.SquaredMisfitMargin()), Is.EqualTo((false, 24, 0.0)));
        Assert.That(below.Noise, Is.EqualTo(((4 * critical * 0.999) + 20) / 24).Within(1e-12));
        Assert.That((beyond.Misfits, beyond.DegreesOfFreedom, beyond.Noise), Is.EqualTo((true, 20, 1.0)));
        Assert.That(beyond.SquaredMisfitMargin(), Is.EqualTo(((critical * 1.001) - 1) * Math.Pow(StudentTail.Quantile(1e-3, 4), 2)).Within(1e-9));
        Assert.That(new ErrorVariance(4 * 0.001, 4, 20, 20, significance).Misfits, Is.False, "a fit that is better than the noise leaves nothing out");
    }

    [Test]
    public void ConfidenceMargin_NoiseAndMisfit_ShrinkToWhatTrialsLeave()
    {
        var margin = ConfidenceMargin.Of(squaredNoise: 0.03, squaredMisfit: 0.01);
        Assert.That((margin.HalfWidth, margin.PersistentShare), Is.EqualTo((0.2, 0.25)));
        Assert.That(margin.Noise, Is.EqualTo(Math.Sqrt(0.03)).Within(1e-15));

        // 0.01 + 0.03/factor = 0.15² and 0.11².
        Assert.That(margin.TrialsFactor(0.15), Is.EqualTo(0.03 / 0.0125).Within(1e-12));
        Assert.That(margin.TrialsFactor(0.11), Is.EqualTo(0.03 / 0.0021).Within(1e-10));
        Assert.That(margin.TrialsFactor(0.3), Is.EqualTo(1), "it is within already");
        Assert.That(new[] { margin.TrialsFactor(0.1), margin.TrialsFactor(-0.3), margin.TrialsFactor(double.NaN), new ConfidenceMargin(double.PositiveInfinity, 0).TrialsFactor(1) }, Is.All.EqualTo(double.PositiveInfinity));
        Assert.That(ConfidenceMargin.Of(0, 0).PersistentShare, Is.Zero);
    }

    [Test]
    public void DesignCell_OfResponses_HasTheirMeanAndVariance()
    {
        var cell = DesignCell.Of([7.0], [1, 2, 6]);
        Assert.That((cell.X[0], cell.Mean, cell.Variance, cell.Trials), Is.EqualTo((7.0, 3.0, 7.0, 3)));
        Assert.That(DesignCell.Of([], [5]), Has.Property("Variance").EqualTo(0).And.Property("Mean").EqualTo(5));
    }

    [Test]
    public void PowerLaw_WithoutOffset_IsTheLineOfLogarithms([Values] bool straight)
    {
        var cells = straight ? Straight : Uneven;
        var (slope, sxx, squares) = Line(cells);
        var fit = new PowerLawFit(cells, offset: false, ErrorVariance.Significance);
        Assert.That(fit.Exponent, Is.EqualTo(slope).Within(1e-12));
        Assert.That(PowerLawFit.LogSlope(cells), Is.EqualTo(slope).Within(1e-12));

        // Trials carry, besides their scatter, the accuracy of a fitted curve.
        var error = new ErrorVariance(squares, cells.Length - 2, cells.Sum(c => (c.Trials - 1) * (c.Variance + 1e-14)), cells.Sum(c => c.Trials - 1));
        Assert.That((fit.Error.DegreesOfFreedom, fit.Error.Misfits), Is.EqualTo((error.DegreesOfFreedom, error.Misfits)));
        Assert.That(fit.Error.Noise, Is.EqualTo(error.Noise).Within(1e-12));
        var (noise, misfit) = (error.SquaredNoiseMargin(Tail), error.SquaredMisfitMargin());
        Assert.That(fit.PersistentShare(Tail), Is.EqualTo(misfit / (noise + misfit)).Within(1e-12));

        // Sxx(p − p̂)² reaches the sum of both; the root is bisected thirty times after a doubling.
        var reach = Math.Sqrt((noise + misfit) / sxx);
        var (lower, upper) = fit.Interval(Tail);
        Assert.That(slope - lower, Is.EqualTo(reach).Within(1e-7 * reach));
        Assert.That(upper - slope, Is.EqualTo(reach).Within(1e-7 * reach));

        var (x, y) = (cells.Sum(c => c.Trials * c.X[0]) / cells.Sum(c => c.Trials), cells.Sum(c => c.Trials * c.Mean) / cells.Sum(c => c.Trials));
        Assert.That(fit.LogAt(9), Is.EqualTo(y + (slope * (9 - x))).Within(1e-12));
        Assert.That(fit.FixedPart, Is.Zero);
    }

    [Test]
    public void PowerLaw_IntervalBeyondEveryExponent_IsInfinite()
    {
        DesignCell[] wild = [.. Uneven.Select(c => c with { Variance = 1e4 })];
        Assert.That(new PowerLawFit([.. wild], offset: false, ErrorVariance.Significance).Interval(Tail), Is.EqualTo((double.NegativeInfinity, double.PositiveInfinity)));
    }

    // y = a + b·xᵖ at x = 1, 2, 4, …: found where both parts are positive, and the part at its edge where one would be negative.
    [TestCase(40, 1, 1.5)]
    [TestCase(5, 3, -1)]
    [TestCase(0, 2, 0.7)]
    [TestCase(3, 0.01, 6)]
    public void PowerLaw_WithOffset_FindsBothParts(double a, double b, double p)
    {
        var fit = new PowerLawFit(Curve(x => a + (b * Math.Pow(x, p))), offset: true, ErrorVariance.Significance);
        Assert.That(fit.Exponent, Is.EqualTo(p).Within(1e-5));
        Assert.That(fit.FixedPart, Is.EqualTo(a).Within(1e-4));
        Assert.That(Math.Exp(fit.LogAt(Math.Log(3))), Is.EqualTo(a + (b * Math.Pow(3, p))).Within(1e-4).Percent);
        Assert.That(fit.Error.DegreesOfFreedom, Is.EqualTo(8 - 3), "one trial a rung: all freedom is the fit's");
        Assert.That(fit.Interval(Tail).Lower, Is.EqualTo(p).Within(0.01));
        Assert.That(fit.Interval(Tail).Upper, Is.EqualTo(p).Within(0.01));
    }

    [Test]
    public void PowerLaw_OffsetThatWouldBeNegative_IsZeroAndTheBestPowerIsLeft()
    {
        // x − ½ lies below every a + b·xᵖ with a ≥ 0, so what is left is least squares of 1 − b·xᵖ/y over b and p: checked against a fine grid of p.
        var cells = Curve(x => x - 0.5);
        var fit = new PowerLawFit(cells, offset: true, ErrorVariance.Significance);
        double[] x = [.. cells.Select(c => Math.Exp(c.X[0]))];
        double Left(double p)
        {
            double[] g = [.. x.Select(v => Math.Pow(v, p) / (v - 0.5))];
            var b = g.Sum() / g.Sum(v => v * v);
            return g.Sum(v => Math.Pow(1 - (b * v), 2));
        }

        var best = Enumerable.Range(0, 4000).Select(i => i / 1000.0).MinBy(Left);
        Assert.That(fit.FixedPart, Is.Zero);
        Assert.That(fit.Exponent, Is.EqualTo(best).Within(1e-3));
        Assert.That(fit.Error.Noise, Is.EqualTo(Left(fit.Exponent) / 5).Within(1e-9));
    }

    [Test]
    public void PowerLaw_ConstantWithNoise_IsAFixedPart()
    {
        var fit = new PowerLawFit([.. Enumerable.Range(0, 6).Select(i => new DesignCell([i], i % 2 == 0 ? 0.01 : -0.01, 0.0002, 4))], offset: true, ErrorVariance.Significance);
        Assert.That(Math.Exp(fit.LogAt(2.5)), Is.EqualTo(1).Within(0.02));
        var (lower, upper) = fit.Interval(Tail);
        Assert.That((lower, upper), Is.EqualTo((double.NegativeInfinity, double.PositiveInfinity)), "a power that vanishes may have any exponent");
    }

    [Test]
    public void HuberLocation_AnyTrials_SolveTheEquationOfTheEstimate()
    {
        (ImmutableArray<double> X, ImmutableArray<double> Responses)[] cells =
        [
            ([1.0], [0.1, -0.4, 0.7, 9, 0.2]), ([2.0], [3, 3.4, 2.2, 3.1]), ([3.0], [5.5]), ([4.0], [-1, -1.2, -4, -0.7, -0.9, 0.3]),
        ];
        double[] medians = [.. cells.Select(c => c.Responses.Median())];
        double[] residuals = [.. cells.SelectMany((c, k) => c.Responses.Select(y => Math.Abs(y - medians[k])))];
        var (trials, count) = (residuals.Length, cells.Length);
        var scale = residuals.Median() / Normal.InvCDF(0, 1, 0.75) * Math.Sqrt(trials / (double)(trials - count));
        var located = HuberLocation.Of(cells);
        double squares = 0, inliers = 0;
        for (var k = 0; k < count; k++)
        {
            double[] r = [.. cells[k].Responses.Select(y => (y - located[k].Mean) / scale)];
            Assert.That(r.Sum(v => Math.Clamp(v, -2, 2)), Is.Zero.Within(1e-9), "Σ ψ = 0");
            Assert.That((located[k].X[0], located[k].Trials), Is.EqualTo((k + 1.0, cells[k].Responses.Length)));
            squares += r.Sum(v => Math.Min(v * v, 4));
            inliers += r.Count(v => Math.Abs(v) < 2);
        }

        var share = inliers / trials;
        var correction = 1 + (count / (double)trials * (1 - share) / share);
        var variance = Math.Pow(correction * scale / share, 2) * squares / (trials - count);
        Assert.That(share, Is.LessThan(1), "there are outliers");
        Assert.That(located.Select(c => c.Variance), Is.EqualTo(new[] { variance, variance, 0, variance }).Within(1e-9));
    }

    [Test]
    public void HuberLocation_NoScatter_IsTheMedian()
    {
        Assert.That(HuberLocation.Of([([1.0], [2, 2, 2]), ([2.0], [5])]).Select(c => (c.Mean, c.Variance, c.Trials)), Is.EqualTo(new[] { (2.0, 0.0, 3), (5, 0, 1) }));
        Assert.That(HuberLocation.Of([([1.0], [2.0]), ([2.0], [5.0])]).Select(c => (c.Mean, c.Variance)), Is.EqualTo(new[] { (2.0, 0.0), (5, 0) }), "one trial each");
    }

    [Test]
    public void Student_BeyondAnyTable_IsNormalOrNothing()
    {
        Assert.That(StudentTail.Probability(double.PositiveInfinity, 3), Is.Zero);
        Assert.That(StudentTail.Probability(0, 3), Is.EqualTo(0.5));
        Assert.That(StudentTail.Quantile(1e-9, 1e300), Is.EqualTo(5.99780701500769).Within(1e-5), "as many degrees of freedom as anyone likes");
        Assert.That(StudentTail.Quantile(1e-3, -1), Is.EqualTo(double.PositiveInfinity));
        Assert.That(StudentTail.Quantile(1e-3, double.NaN), Is.EqualTo(double.PositiveInfinity));
        Assert.That(StudentTail.Quantile(0.45, 2), Is.EqualTo(0.1421338109).Within(1e-9), "t with two degrees: (2p − 1)/√(2p(1 − p)), p = 0.55");
    }

    private static ImmutableArray<DesignCell> Curve(Func<double, double> y) => [.. Enumerable.Range(0, 8).Select(i => new DesignCell([i * Math.Log(2)], Math.Log(y(Math.Pow(2, i))), 0, 1))];

    /// <summary>Slope, Σ w(x − x̄)² and Σ w·residual², weighted with trials.</summary>
    private static (double Slope, double Sxx, double Squares) Line(IReadOnlyList<DesignCell> cells)
    {
        double trials = cells.Sum(c => c.Trials), x = cells.Sum(c => c.Trials * c.X[0]) / trials, y = cells.Sum(c => c.Trials * c.Mean) / trials;
        var sxx = cells.Sum(c => c.Trials * (c.X[0] - x) * (c.X[0] - x));
        var slope = cells.Sum(c => c.Trials * (c.X[0] - x) * (c.Mean - y)) / sxx;
        return (slope, sxx, cells.Sum(c => c.Trials * Math.Pow(c.Mean - y - (slope * (c.X[0] - x)), 2)));
    }
}
