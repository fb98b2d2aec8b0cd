using System.Globalization;
using System.Xml.Linq;
using Harness.Reports.Report;
using Harness.Reports.Report.Page;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The figures as files: documents of their own, and numbers with every digit.</summary>
public sealed class FigureFilesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public void Write() => Assert.That(FigureFiles.Write(SyntheticReport.WithTrouble(), folder.Path), Is.EqualTo(8), "one of nine claims was not run");

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Svg_OfEveryClaim_IsADocumentThatNeedsNothingElse()
    {
        foreach (var page in SyntheticReport.AllHold().Claims)
        {
            var root = XDocument.Load(folder.File(page.Claim.Id + ".svg")).Root!;
            Assert.Multiple(() =>
            {
                Assert.That(root.Name, Is.EqualTo(Svg + "svg"));
                Assert.That(root.Element(Svg + "title")!.Value, Does.Contain(page.Claim.Source.Item).And.Contain(page.Claim.Statement));
                Assert.That(root.Element(Svg + "style")!.Value, Does.Contain(".held-out { fill: #0072b2; }").And.Not.Contain("var("));
                Assert.That(root.DescendantsAndSelf().Attributes("href"), Is.Empty);
            });
        }
    }

    [Test]
    public void Csv_HasEveryTrialWithItsBits()
    {
        foreach (var page in SyntheticReport.AllHold().Claims)
        {
            var lines = File.ReadAllLines(folder.File(page.Claim.Id + ".csv"));
            var header = lines[0].Split(',');
            var values = lines.Skip(1).Select(line => double.Parse(line.Split(',')[Array.IndexOf(header, "value")], CultureInfo.InvariantCulture));
            var bounds = lines.Skip(1).Select(line => double.Parse(line.Split(',')[Array.IndexOf(header, "bound")], CultureInfo.InvariantCulture));
            Assert.Multiple(() =>
            {
                Assert.That(values, Is.EqualTo(page.Samples.SelectMany(s => s.Observations).Select(o => o.Value.Midpoint)), page.Claim.Id);
                Assert.That(bounds, Is.EqualTo(page.Samples.SelectMany(s => s.Observations).Select(o => o.Bound.Midpoint)), page.Claim.Id);
                Assert.That(lines.Count(line => line.EndsWith(",1", StringComparison.Ordinal)), Is.EqualTo(page.Samples.Length), "the trial closest to violation");
            });
        }
    }

    [Test]
    public void Csv_OfTrajectories_HasEveryStep()
    {
        var page = SyntheticReport.AllHold().Claims.Single(c => c.Claim.Id == "azls.linear-convergence");
        var lines = File.ReadAllLines(folder.File("azls.linear-convergence.series.csv"));
        Assert.That(lines[0], Is.EqualTo("claim,on,cell,trial,index,value"));
        Assert.That(lines, Has.Length.EqualTo(1 + page.Samples.Sum(s => s.Observations.Sum(o => o.Series.Length))));
        Assert.That(File.Exists(folder.File("azls.flip-budget.series.csv")), Is.False, "no series, no file");
    }

    /// <summary>A figure that claims share has the trials of them all, told apart by the claim.</summary>
    [Test]
    public void Files_OfSharedFigures_HaveTheTrialsOfAllTheirClaims()
    {
        using var own = new TemporaryFolder();
        var model = SyntheticSpectra.Model();
        var written = FigureFiles.Write(model, own.Path);
        Assert.That(written, Is.EqualTo(Directory.GetFiles(own.Path, "*.svg").Length).And.EqualTo(model.Claims.Length + SpectraSection.Of(model).Figures.Length));
        foreach (var figure in SpectraSection.Of(model).Figures)
        {
            var lines = File.ReadAllLines(own.File(figure.Name + ".csv"));
            Assert.Multiple(() =>
            {
                Assert.That(XDocument.Load(own.File(figure.Name + ".svg")).Root!.Element(Svg + "title")!.Value, Does.StartWith(figure.Title));
                Assert.That(lines.Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(figure.Pages.SelectMany(page => page.Samples.SelectMany(s => s.Observations).Select(_ => page.Claim.Id))));
            });
        }
    }
}
