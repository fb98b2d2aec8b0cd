using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class RegressionTests
{
    [Test]
    public void Fit_ExactPlane_ReturnsItsSlopes()
    {
        // Integer slopes and designs: what is left is rounding, a few units of 2⁻⁵³ times the condition of small random designs, below 1e-9.
        var planes =
            from slopes in Gen.Choose(-5, 5).ArrayOf(3)
            from x in Gen.Choose(-9, 9).ArrayOf(3).ArrayOf(12)
            select (slopes, x);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(planes.ToArbitrary(), plane =>
        {
            DesignCell[] cells = [.. plane.x.Select((row, i) => new DesignCell([.. row.Select(v => (double)v)], 7 + row.Zip(plane.slopes, (v, s) => v * s).Sum(), 0, 1 + (i % 3)))];
            var fit = LinearRegression.Fit(cells, [0, 1, 2]);
            return fit is null || fit.Regressors.Length < 3 || fit.Slopes.Zip(plane.slopes, (a, b) => Math.Abs(a - b)).Max() < 1e-9;
        }));
    }

    [Test]
    public void Fit_ConstantAndCollinearRegressors_AreDropped()
    {
        DesignCell[] cells = [.. Enumerable.Range(0, 8).Select(i => new DesignCell([i, 4.0, (3.0 * i) + 1, i * i], 2.0 * i, 0, 1))];
        var fit = LinearRegression.Fit(cells, [0, 1, 2, 3])!;
        Assert.That(fit.Regressors, Is.EqualTo(new[] { 0, 3 }));
        Assert.That(fit.Slopes[0], Is.EqualTo(2).Within(1e-12));
    }

    [Test]
    public void Fit_TooFewCells_IsNull() =>
        Assert.That(LinearRegression.Fit([new([0.0, 1], 0, 0, 1), new([1.0, 0], 0, 0, 1)], [0, 1]), Is.Null);

    [Test]
    public void Margin_NoFreedomAtAll_IsInfinite()
    {
        var fit = LinearRegression.Fit([new([0.0], 0, 0, 1), new([1.0], 1, 0, 1)], [0])!;
        Assert.That(fit.Margin(0, 1e-3).HalfWidth, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void TrialsFactor_NoiseOnly_IsTheSquareOfTheShrinkage()
    {
        var margin = ConfidenceMargin.Of(squaredNoise: 0.09, squaredMisfit: 0);
        Assert.That(margin.TrialsFactor(distance: 0.1), Is.EqualTo(9).Within(1e-12));
        Assert.That(margin.TrialsFactor(distance: 0), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void TrialsFactor_MisfitWiderThanTheDistance_IsInfinite() =>
        Assert.That(ConfidenceMargin.Of(squaredNoise: 0.09, squaredMisfit: 0.02).TrialsFactor(distance: 0.1), Is.EqualTo(double.PositiveInfinity));

    [Test]
    public void ErrorVariance_FitAsGoodAsTheNoise_PoolsBoth()
    {
        var error = new ErrorVariance(lackOfFit: 20, 20, pureError: 60, 60);
        Assert.That((error.Misfits, error.Noise, error.DegreesOfFreedom, error.SquaredMisfitMargin()), Is.EqualTo((false, 1.0, 80, 0.0)));
    }

    [Test]
    public void ErrorVariance_FitMuchWorseThanTheNoise_KeepsThemApart()
    {
        var error = new ErrorVariance(lackOfFit: 2000, 20, pureError: 60, 60);
        Assert.That((error.Misfits, error.Noise, error.DegreesOfFreedom), Is.EqualTo((true, 1.0, 60)));
        Assert.That(error.SquaredMisfitMargin(), Is.EqualTo(99 * Math.Pow(StudentTail.Quantile(1e-3, 20), 2)).Within(1e-9));
    }

    [Test]
    public void HuberLocation_OneWildTrialInFour_StaysWithTheOthers()
    {
        var cells = Enumerable.Range(0, 6).Select(c => (ImmutableArray.Create((double)c), ImmutableArray.Create(c - 0.1, c, c + 0.1, 1e6))).ToArray();
        var located = HuberLocation.Of(cells);

        // Each location is off by at most the pull of one trial at the corner: 2 scales over the three others, and the scale is below 0.3.
        Assert.That(located.Select((cell, c) => Math.Abs(cell.Mean - c)).Max(), Is.LessThan(2 * 0.3 / 3));
    }
}
