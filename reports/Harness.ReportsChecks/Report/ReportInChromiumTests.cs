using Harness.Reports.Report;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The report as a reader has it: opened from a file in a real browser.</summary>
[RequiredPackage("chromium", Chromium.Program)]
public sealed class ReportInChromiumTests
{
    private static readonly int[] Widths = [360, 768, 1600];

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private readonly TemporaryFolder folder = new();
    private Chromium chromium = null!;

    private string AllHold => folder.File("all-hold.html");

    private string WithTrouble => folder.File("with-trouble.html");

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        HtmlReport.Write(SyntheticReport.AllHold(), AllHold);
        HtmlReport.Write(SyntheticReport.WithTrouble(), WithTrouble);
        chromium = await Chromium.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        await chromium.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task Report_Opened_RendersWithoutComplaintsAndWithoutNetwork()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600);
        Assert.Multiple(() =>
        {
            Assert.That(report.Complaints, Is.Empty);
            Assert.That(report.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal)), Is.EqualTo(new[] { new Uri(WithTrouble).AbsoluteUri }));
        });
    }

    [Test]
    public async Task Report_ForEveryClaim_HasAnchorStatementVerdictPlotAndReplayLine()
    {
        var model = SyntheticReport.AllHold();
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        foreach (var page in model.Claims)
        {
            var article = report.Page.Locator($"article[id=\"{page.Claim.Id}\"]");
            await Assert.MultipleAsync(async () =>
            {
                Assert.That(WithoutScriptMarks((await article.Locator(".statement").TextContentAsync())!), Is.EqualTo(WithoutScriptMarks(page.Claim.Statement)), page.Claim.Id);
                Assert.That(await article.Locator("h3 .badge").InnerTextAsync(), Does.Contain("holds"), page.Claim.Id);
                Assert.That(await article.Locator(".main > svg.panel").CountAsync(), Is.EqualTo(1), page.Claim.Id);
                Assert.That(await article.Locator(".main .point, .main .trajectory").CountAsync(), Is.EqualTo(MarksOf(page)), page.Claim.Id);
                Assert.That(await article.Locator(".replay code").First.InnerTextAsync(), Does.StartWith($"harness replay {page.Claim.Id}/standard/claim/cell-"), page.Claim.Id);
                Assert.That(await report.Page.Locator($"#summary a[href=\"#{page.Claim.Id}\"]").CountAsync(), Is.EqualTo(1), page.Claim.Id);
            });
        }
    }

    [Test]
    public async Task Mark_PointedAt_TellsItsValues()
    {
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        var title = await report.Page.Locator("article[id=\"azls.gradient-lower-bound\"] .main .point title").First.TextContentAsync();
        Assert.That(title, Does.Contain("cell 0, trial 0").And.Contain("observed ").And.Contain("against "));
    }

    [Test]
    public async Task Marks_InTheDrawing_LieInsideIt()
    {
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        var outside = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("svg.panel .point, svg.panel .dot")].filter(mark => {
              const [m, p] = [mark.getBoundingClientRect(), mark.closest("svg.panel").getBoundingClientRect()];
              return m.left < p.left || m.right > p.right || m.top < p.top || m.bottom > p.bottom;
            }).map(mark => mark.outerHTML).slice(0, 5)
            """);
        Assert.That(outside, Is.Empty);
    }

    [TestCaseSource(nameof(Widths))]
    public async Task Report_AtAnyWidth_DoesNotOverflow(int width)
    {
        await using var report = await chromium.OpenAsync(WithTrouble, width);
        var wide = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("main *")]
              .filter(e => !e.closest(".wide") && !(e instanceof SVGElement) && e.getBoundingClientRect().right > innerWidth + 0.5)
              .map(e => e.tagName + "." + e.className + ": " + e.textContent.slice(0, 60)).slice(0, 5)
            """);
        var scrolls = await report.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.Multiple(() =>
        {
            Assert.That(wide, Is.Empty);
            Assert.That(scrolls, Is.False);
        });
    }

    /// <summary>WCAG 2.2, success criterion 1.4.3 (AA): text has a contrast of at least 4.5 with its ground.</summary>
    [TestCaseSource(nameof(Schemes))]
    public async Task Text_InLightAndDark_HasContrast(ColorScheme scheme)
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600, scheme);
        var ground = await report.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        var faint = await report.Page.EvaluateAsync<string[]>(
            """
            () => {
              const channels = colour => colour.match(/[\d.]+/g).map(Number);
              const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const groundOf = e => {
                for (let p = e; p; p = p.parentElement) {
                  const c = channels(getComputedStyle(p).backgroundColor);
                  if (c.length < 4 || c[3] > 0) return c;
                }
              };
              return [...document.querySelectorAll("body *")]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !["SCRIPT", "TITLE", "title"].includes(e.tagName))
                .map(e => {
                  const ink = luminance(channels(e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color)), paper = luminance(groundOf(e));
                  return [(Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05), e.className.baseVal ?? e.className, e.textContent.slice(0, 40)];
                })
                .filter(([contrast]) => contrast < 4.5).map(String).slice(0, 5);
            }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(ground, Is.EqualTo(scheme == ColorScheme.Dark ? "rgb(22, 24, 27)" : "rgb(252, 252, 250)"));
            Assert.That(faint, Is.Empty);
        });
    }

    [Test]
    public async Task Report_WithTrouble_ShowsItOnTheFirstScreen()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600);
        var bottom = await report.Page.Locator(".attention li").First.EvaluateAsync<double>("e => e.getBoundingClientRect().bottom");
        Assert.That(bottom, Is.LessThan(900));
    }

    [Test]
    public async Task Report_ByKeyboard_LeadsToTheSummaryAndCopiesALine()
    {
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        await report.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await report.Page.Keyboard.PressAsync("Tab");
        await report.Page.Keyboard.PressAsync("Enter");
        Assert.That(report.Page.Url, Does.EndWith("#summary"));

        var button = report.Page.Locator("button.copy").First;
        await button.FocusAsync();
        await report.Page.Keyboard.PressAsync("Enter");
        await report.Page.GetByText("Copied").WaitForAsync();
        Assert.That(await report.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), Is.EqualTo(await report.Page.Locator(".replay code").First.TextContentAsync()));
    }

    [Test]
    public async Task Report_Printed_HasNoButtons()
    {
        await using var report = await chromium.OpenAsync(AllHold, 800);
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.That(await report.Page.Locator("button.copy").First.IsVisibleAsync(), Is.False);
    }

    /// <summary>What marks an index or an exponent in a statement is an element in the page.</summary>
    private static string WithoutScriptMarks(string statement) => string.Concat(statement.Where(c => c is not ('_' or '^' or '{' or '}')));

    /// <summary>Statements about averages have a mark a cell, all others one a trial.</summary>
    private static int MarksOf(ClaimPage page) => page.Claim.Procedure.Name is "probability" or "moment"
        ? page.Samples.Sum(s => s.Observations.Select(o => o.Cell).Distinct().Count())
        : page.Samples.Sum(s => s.Observations.Length);
}
