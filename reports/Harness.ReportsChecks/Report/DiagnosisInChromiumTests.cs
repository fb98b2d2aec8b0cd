using Harness.Reports.Diagnoses;
using Harness.Reports.Files;
using Harness.Reports.Report;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The page of a diagnosis as a reader has it.</summary>
[RequiredPackage("chromium", Chromium.Program)]
public sealed class DiagnosisInChromiumTests
{
    private static readonly string[] Sections = ["data", "kernel", "descent", "movement", "labels", "theorems"];

    [Test]
    public async Task Page_OnEveryScreen_ShowsItsFiguresAndAsksForNothing()
    {
        using var folder = new TemporaryFolder();

        // Names that would be markup, or indices in a formula.
        var table = folder.File("<b>a_b.csv");
        await File.WriteAllTextAsync(table, "<script>alert(1)</script>,y,kind\n1,2,<i>\n3,1,q_1\n1,2,q_1\n-1,0,<i>\n0,0,q_1\n");
        var diagnosis = DiagnosisRun.Of(DelimitedFile.Sample(table, 100, 1), new(Depth: 1, Width: 32, Steps: 10, Accuracy: 0.1, KernelRows: null, Seed: 1), new Progress<WorkDone>(), CancellationToken.None);
        DiagnosisReport.Write(diagnosis, folder.File("page.html"));
        await using var chromium = await Chromium.StartAsync();
        foreach (var (width, scheme) in new[] { (360, ColorScheme.Dark), (1600, ColorScheme.Light) })
        {
            await using var page = await chromium.OpenAsync(folder.File("page.html"), width, scheme);
            await Assert.MultipleAsync(async () =>
            {
                Assert.That(page.Complaints, Is.Empty);
                Assert.That(page.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal)), Has.Exactly(1).Items);
                Assert.That(await page.Page.Locator("h1").InnerTextAsync(), Is.EqualTo("What the theory says of <b>a_b.csv"));
                Assert.That(await page.Page.Locator("main script, main b, #data i").CountAsync(), Is.Zero, "text of the file stays text");
                Assert.That(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"no sideways scrolling at {width}");
                Assert.That(await page.Page.Locator("figure .main > svg.panel").CountAsync(), Is.EqualTo(3));
                foreach (var section in Sections)
                {
                    Assert.That((await page.Page.Locator($"section[id=\"{section}\"] .reading").InnerTextAsync()).Trim(), Is.Not.Empty, section);
                }
            });
        }
    }
}
