using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Claims;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Catalogue.TwoLayers;
using Harness.Claims.Instances;
using Harness.Reports.Report;
using Harness.Reports.Report.Figures;
using Harness.Reports.Report.Page;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The section on kernels and spectra: marks stand where they were measured, lines where theory has them.</summary>
public sealed class SpectraSectionTests
{
    /// <summary>Coordinates are written with two decimals: that of a mark and those of its line are off by half a unit each.</summary>
    private const double Rounding = 0.02;

    private static readonly Claim[] Drawn = [.. SpectrumFigure.Claims, .. KernelDistanceFigure.Claims, .. PredictedTrainingFigure.Claims, .. RiskFigure.Claims];

    [Test]
    public void Section_OfAllItsClaims_HasFourFiguresAndLeadsToEveryClaim()
    {
        var section = SpectraSection.Of(SyntheticSpectra.Model()).ToHtml().ToString();
        Assert.Multiple(() =>
        {
            Assert.That(section.Split("<figure>").Length - 1, Is.EqualTo(4));
            Assert.That(Drawn.Where(claim => !section.Contains($"href=\"#{claim.Id}\"", StringComparison.Ordinal)), Is.Empty);
            Assert.That(HtmlReport.ToHtml(SyntheticSpectra.Model()), Does.Contain(section));
        });
    }

    [Test]
    public void Section_WithoutItsClaims_IsLeftOut() => Assert.That(HtmlReport.ToHtml(SyntheticReport.AllHold()), Does.Not.Contain("id=\"spectra\""));

    [Test]
    public void Section_OfOneClaim_HasItsFigureAlone()
    {
        var section = SpectraSection.Of(Only(EarlyStopping.Claims[1])).ToHtml().ToString();
        Assert.That(section.Split("<figure>").Length - 1, Is.EqualTo(1));
        Assert.That(section, Does.Contain("s = 1: slope −0.5 predicted, −0.5 ± 0.01 measured").And.Not.Contain("s = 1/2").And.Not.Contain("Regression of"));
    }

    [Test]
    public void Section_OfALedgerWithoutWhatItNeeds_LeavesThatFigureOut()
    {
        var model = Only(DecayOnTheLine.Uniform);
        var page = model.Claims[0];
        page = page with { Samples = [page.Samples[0] with { Observations = [.. page.Generated.Select(o => o with { Series = [] })] }] };
        Assert.That(SpectraSection.Of(model with { Claims = [page] }).ToHtml().ToString(), Is.Empty);
    }

    [Test]
    public void Eigenvalues_AsPredicted_StandOnTheirLines() => Assert.That(Offsets(SpectrumFigure.Draw(SyntheticSpectra.Model())!, series: 2), Is.Not.Empty.And.All.EqualTo(0).Within(Rounding));

    /// <summary>The lines are not fitted: three times the prediction is a third of the way between decades above them, on every panel of the same axis.</summary>
    [Test]
    public void Eigenvalues_ThreeTimesAsLarge_StandAboveTheirLines()
    {
        var offsets = Offsets(SpectrumFigure.Draw(SyntheticSpectra.Model(factor: 3))!, series: 2);
        Assert.That(offsets, Is.All.GreaterThan(10).And.All.EqualTo(offsets[0]).Within(Rounding));
    }

    [Test]
    public void Trained_AsPredicted_StandsOnItsLine() =>
        Assert.That(Offsets(PredictedTrainingFigure.Draw(Only(Modes.Residual))!, series: 1), Is.Not.Empty.And.All.EqualTo(0).Within(Rounding));

    /// <summary>Residuals at the certified rate itself run along its line; a tenth more, and they run where the certificate would fail.</summary>
    [TestCase(1, 0)]
    [TestCase(1.1, 1)]
    public void Training_AtTheCertifiedRate_RunsAlongIt(double factor, int beyond)
    {
        var svg = PredictedTrainingFigure.Draw(SyntheticSpectra.Model(factor))!.Main.ToString();
        var (bound, curve) = (Points(Line("bound").Match(svg)), Points(Line("trajectory held-out").Match(svg)));
        var distance = curve.Skip(1).Select(p => At(bound, p.X) - p.Y).ToArray();
        Assert.That(distance, beyond == 0 ? Is.All.EqualTo(0).Within(Rounding) : Is.All.GreaterThan(1));
    }

    [Test]
    public void Mark_PointedAt_TellsWhatWasMeasuredAndWhatIsPredicted() =>
        Assert.That(SpectrumFigure.Draw(SyntheticSpectra.Model(factor: 3))!.Main.ToString(), Does.Contain("<title>L = 1 · i = 30 · measured 0.00667 · predicted 0.00222</title>"));

    [Test]
    public void Ladder_WithoutAnExponent_HasMarksAndNoLine()
    {
        var model = Only(EarlyStopping.Claims[0]);
        var page = model.Claims[0];
        page = page with { Outcome = page.Outcome with { Findings = [page.Outcome.Findings[0] with { Decision = new(Verdict.Undecided, "No single exponent fits.") }] } };
        var figure = RiskFigure.Draw(model with { Claims = [page] })!;
        Assert.That(figure.Main.ToString(), Does.Contain("class=\"point series-1\"").And.Not.Contain("class=\"predicted").And.Contain("s = 1/2: no exponent"));
    }

    /// <summary>Small enough to run here: the sequence model, and the sphere, whose eigenvalues are within one per cent of their constants at the end of the ladder.</summary>
    [Test]
    public void Section_OfARealRun_ShowsWhatWasFound()
    {
        var model = SyntheticReport.AllHold() with { Claims = [Run(EarlyStopping.Claims[1]), Run(SphereSpectrum.DecayInThree)] };
        var last = PredictedSeries.Of(model.Claims[1].Generated[^1])!;
        Assert.Multiple(() =>
        {
            Assert.That(SpectraSection.Of(model).ToHtml().ToString(), Does.Match("s = 1: slope −0.667 predicted, −0.6[5-8] ± [^m]*measured").And.Contain("L = 3, odd"));
            Assert.That(last.Measured.Zip(last.Predicted, (μ, limit) => μ / limit), Is.All.EqualTo(1).Within(0.01));
        });
    }

    private static ReportModel Only(Claim claim) => SyntheticSpectra.Model() is var model ? model with { Claims = [.. model.Claims.Where(c => c.Claim.Id == claim.Id)] } : model;

    private static ClaimPage Run(Claim claim)
    {
        var run = new ClaimRun(claim, data: null);
        return new(run.Execute(Profile.Gate, seed: 1, falseAlarm: 1e-9), [new(Sample.Generated, [.. run.Own.Observations])], 1);
    }

    /// <summary>How far above its line every mark of a series stands, in the drawing's units.</summary>
    private static double[] Offsets(Figure figure, int series)
    {
        var svg = figure.Main.ToString();
        var line = Points(Line($"predicted series-{series}").Match(svg));
        return [.. Regex.Matches(svg, $"class=\"point series-{series}\" d=\"M(?<x>[-0-9.]+) (?<y>[-0-9.]+)(?<rest>[^\"]*)\"").Select(mark =>
        {
            // A disc begins at its left, an open square at its upper left corner.
            var (x, y) = (Number(mark, "x"), Number(mark, "y"));
            var centre = series == 1 ? (X: x + 3.6, Y: y) : (X: x + (3.6 * 0.85), Y: y + (3.6 * 0.85));
            return At(line, centre.X) - centre.Y;
        })];
    }

    private static double At((double X, double Y)[] line, double x)
    {
        var k = Math.Max(1, Array.FindIndex(line, p => p.X >= x - 1e-6));
        var ((x0, y0), (x1, y1)) = (line[k - 1], line[k]);
        return y0 + ((y1 - y0) * (x - x0) / (x1 - x0));
    }

    private static (double X, double Y)[] Points(Match line) =>
        [.. line.Groups["points"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(',')).Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture))).Distinct()];

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Regex Line(string style) => new($"class=\"{style}\" points=\"(?<points>[^\"]*)\"");
}
