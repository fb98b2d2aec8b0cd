using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Harness.Claims.Catalogue;
using Harness.Reports.Report;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Report;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>A small real sweep, finished and not, as a page in a real browser; its numbers are those of the ledger.</summary>
[RequiredPackage("chromium", Chromium.Program)]
public sealed class SweepReportInChromiumTests
{
    private const string Spec = """
        title = "A <b>small</b> sweep"
        profile = "gate"
        seeds = [1, 2]
        trials = 4

        [[panel]]
        name = "phase <i>diagram</i>"
        claim = "azls.success-probability"
        n = [2, 3, 4]
        m = { from = 4, to = 128, points = 6 }
        delta = 0.9
        L = 1

        [[panel]]
        name = "ratio"
        claim = "azls.forward-norm-mean"
        m = [16, 32]
        L = [1, 2, 3]

        [[panel]]
        name = "curve"
        claim = "azls.forward-norm-mean"
        shows = "value"
        L = [1, 2, 3]
        m = 16

        [[panel]]
        name = "slices"
        claim = "azls.separation"
        m = [16, 32, 64]
        delta = [0.3, 0.1]
        L = [1, 2]
        n = 3
        """;

    private TemporaryFolder folder = null!;
    private SweepManifest manifest = null!;

    [OneTimeSetUp]
    public void Sweep()
    {
        folder = new();
        File.WriteAllText(folder.File("small.toml"), Spec);
        var spec = SweepSpecFile.Read(folder.File("small.toml"), Catalogue.All);
        SweepCell[] cells = [.. spec.Cells()];
        SweepManifest.Write(folder.File("manifest.jsonl"), spec, cells, 1 / cells.Max(cell => cell.Cost), TimeSpan.FromSeconds(1));
        manifest = SweepManifest.Open(folder.File("manifest.jsonl"), Catalogue.All);
        Assert.That(() => SweepReport.Write(manifest, figures: null), Throws.InstanceOf<SweepException>().With.Message.Contains("no cell was computed yet").And.Message.Contains("harness sweep run"));
        new LocalEngine(workers: 2).Run(manifest, new Progress<SweepProgress>(), CancellationToken.None);
        Assert.That(SweepCollection.Collect(manifest).IsComplete);
        Assert.That(SweepReport.Write(manifest, folder.File("figures")).Missing, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task Page_OfAFinishedSweep_ShowsEveryMapOnEveryScreen()
    {
        await using var chromium = await Chromium.StartAsync();
        foreach (var (width, scheme) in new[] { (360, ColorScheme.Dark), (1600, ColorScheme.Light) })
        {
            await using var page = await chromium.OpenAsync(manifest.Folder.Report, width, scheme);
            await Assert.MultipleAsync(async () =>
            {
                Assert.That(page.Complaints, Is.Empty);
                Assert.That(page.Requests.Where(request => !request.StartsWith("data:", StringComparison.Ordinal)), Has.Exactly(1).Items);
                Assert.That(await page.Page.Locator("h1").InnerTextAsync(), Is.EqualTo("A <b>small</b> sweep"), "text of the file stays text");
                Assert.That(await page.Page.Locator("h2").AllInnerTextsAsync(), Is.EqualTo(new[] { "phase <i>diagram</i>", "ratio", "curve", "slices" }));
                Assert.That(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"no sideways scrolling at {width}");
                Assert.That(await page.Page.Locator("#panel-1 .cell").CountAsync(), Is.EqualTo(18));
                Assert.That(await page.Page.Locator("#panel-2 .cell").CountAsync(), Is.EqualTo(6));
                Assert.That(await page.Page.Locator("#panel-3 .main .point").CountAsync(), Is.EqualTo(3));
                Assert.That(await page.Page.Locator("#panel-4 figure").CountAsync(), Is.EqualTo(2), "one for each L");
                Assert.That(await page.Page.Locator(".cell.blank").CountAsync(), Is.Zero);
                Assert.That(await page.Page.Locator("#panel-1 .reading").InnerTextAsync(), Does.Contain("Half of the trials succeed at m ≈").And.Contain("far from what is seen here"));
                Assert.That(await page.Page.Locator("#panel-1 tbody tr").Filter(new() { HasText = "Allen-Zhu, Li, Song" }).Locator("td").Last.InnerTextAsync(), Does.Match(@"^2[4-7]\.\d$"), "n²⁴ and its logarithms");
                Assert.That(await page.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('#panel-1 .main .panel')].every(svg => [...svg.querySelectorAll('text')].every(t => { const a = t.getBoundingClientRect(), b = svg.getBoundingClientRect(); return a.left >= b.left - 1 && a.right <= b.right + 1; }))"), "no label is cut off");
            });
        }
    }

    [Test]
    public void Table_HasTheNumbersOfTheLedger()
    {
        var trials = File.ReadLines(manifest.Folder.Ledger).Skip(1).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(cell => cell.GetProperty("cell").GetString()!, cell => cell.GetProperty("trials").EnumerateArray().Select(trial => (Value: trial.GetProperty("value").GetDouble(), Bound: trial.GetProperty("bound").GetDouble())).ToArray());
        string[][] rows = [.. File.ReadLines(manifest.Folder.Maps).Select(line => line.Split(','))];
        string[] Column(string panel, string name) => [.. rows.Skip(1).Where(row => row[0] == panel).Select(row => row[Array.IndexOf(rows[0], name)])];
        double[] Numbers(string panel, Func<IEnumerable<(double Value, double Bound)>, double> of) => [.. Column(panel, "cells").Select(cells => of(cells.Split(' ').SelectMany(cell => trials[cell])))];
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Length.EqualTo(1 + 18 + 6 + 3 + 12));
            Assert.That(rows.Skip(1).Select(row => row[Array.IndexOf(rows[0], "trials")]), Is.All.EqualTo("8"), "four trials under two seeds");
            Assert.That(Parsed("phase <i>diagram</i>"), Is.EqualTo(Numbers("phase <i>diagram</i>", t => 1 - t.Average(trial => trial.Value))).Within(1e-12));
            Assert.That(Parsed("curve"), Is.EqualTo(Numbers("curve", t => t.Average(trial => trial.Value))).Within(1e-12));
            Assert.That(Parsed("slices"), Is.EqualTo(Numbers("slices", t => MathNet.Numerics.Statistics.Statistics.Median(t.Select(trial => trial.Value / trial.Bound)))).Within(1e-12));
        });

        double[] Parsed(string panel) => [.. Column(panel, "value").Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    [Test]
    public void Figures_AreDocumentsThatNeedNothingElse()
    {
        Assert.That(Directory.EnumerateFiles(folder.File("figures")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "panel-1.svg", "panel-2.svg", "panel-3.svg", "panel-4-1.svg", "panel-4-2.svg" }));
        foreach (var path in Directory.EnumerateFiles(folder.File("figures")))
        {
            Assert.That(XDocument.Load(path).Root!.Value, Does.Not.Contain("var("), path);
        }
    }

    [Test]
    public async Task Page_OfAnUnfinishedSweep_ShowsWhatIsThereAndSaysHowMuchIsMissing()
    {
        using var copy = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(manifest.Folder.Root, "*.jsonl", SearchOption.AllDirectories))
        {
            var target = copy.File(Path.GetRelativePath(manifest.Folder.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        // Shards of the first points under both seeds not begun, one cut within its second line, one damaged.
        var unfinished = SweepManifest.Open(copy.File("manifest.jsonl"), Catalogue.All);
        Shard[] gone = [.. unfinished.Shards.Where(shard => shard.First <= 18)];
        var (part, damaged) = (unfinished.Shards.Except(gone).First(shard => shard.Cells > 2), unfinished.Shards[^1]);
        Array.ForEach(gone, shard => File.Delete(unfinished.Folder.Finished(shard)));
        var lines = await File.ReadAllLinesAsync(unfinished.Folder.Finished(part));
        File.Delete(unfinished.Folder.Finished(part));
        await File.WriteAllTextAsync(unfinished.Folder.NewPart(part), lines[0] + "\n" + lines[1][..20]);
        await File.AppendAllTextAsync(unfinished.Folder.Finished(damaged), "x");
        var missing = gone.Sum(shard => shard.Cells) + part.Cells - 1 + damaged.Cells;

        var reported = SweepReport.Write(unfinished, figures: null);
        Assert.That((reported.Missing, reported.Damaged.Length), Is.EqualTo((missing, 1)));
        Assert.That(File.Exists(unfinished.Folder.Finished(damaged)), "a report changes no result");
        await using var chromium = await Chromium.StartAsync();
        await using var page = await chromium.OpenAsync(unfinished.Folder.Report, 1600);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(page.Complaints, Is.Empty);
            Assert.That(await page.Page.Locator(".lead").InnerTextAsync(), Does.Contain($"{missing} are missing").And.Contain("harness sweep run"));
            Assert.That(await page.Page.Locator("#damaged li").InnerTextAsync(), Does.Contain(unfinished.Folder.Finished(damaged)));
            Assert.That(await page.Page.Locator(".main .cell.blank").CountAsync(), Is.GreaterThan(0));
            Assert.That(await page.Page.Locator(".main .cell").CountAsync(), Is.EqualTo(18 + 6 + 12));
        });
    }
}
