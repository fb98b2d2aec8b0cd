using Harness.Claims.Catalogue;
using Harness.Reports.Report;
using Harness.Reports.Report.Figures;
using Harness.Reports.Report.Page;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The report as a reader has it: opened from a file in a real browser.</summary>
[RequiredPackage("chromium", Chromium.Program)]
public sealed class ReportInChromiumTests
{
    private static readonly int[] Widths = [360, 768, 1600];

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private static readonly string[] Reports = ["with-trouble.html", "spectra.html"];

    private readonly TemporaryFolder folder = new();
    private Chromium chromium = null!;

    private string AllHold => folder.File("all-hold.html");

    private string WithTrouble => folder.File(Reports[0]);

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        HtmlReport.Write(SyntheticReport.AllHold(), AllHold);
        HtmlReport.Write(SyntheticReport.WithTrouble() with { History = SyntheticReport.History() }, WithTrouble);
        HtmlReport.Write(SyntheticSpectra.Model(), folder.File(Reports[1]));
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
    public async Task Marks_OfEveryFigure_CanBePointedAt()
    {
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        var covered = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("article .main > svg.panel")].filter(panel => {
              const mark = [...panel.querySelectorAll(".point")].at(-1);
              if (!mark) return false;
              mark.scrollIntoView({ block: "center" });
              const box = mark.getBoundingClientRect();
              return !document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest(".point")?.querySelector("title");
            }).map(panel => panel.getAttribute("aria-label"))
            """);
        Assert.That(covered, Is.Empty);
    }

    [Test]
    public async Task Claims_ChosenByVerdict_AreShownAloneAndCanBeLinked()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600);
        Assert.That(await Shown(report), Has.Length.EqualTo(9));
        await report.Page.Locator("#filter select[name=verdict]").SelectOptionAsync("violated");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await Shown(report), Is.EqualTo(new[] { "azls.gradient-lower-bound" }));
            Assert.That(await report.Page.Locator("#summary tbody tr:visible").CountAsync(), Is.EqualTo(1));
            Assert.That(await report.Page.Locator("#filter output").InnerTextAsync(), Is.EqualTo("1 of 9 claims are shown: verdict violated."));
            Assert.That(report.Page.Url, Does.EndWith("?verdict=violated"));
        });

        await using var linked = await chromium.OpenAsync(WithTrouble, 1600, view: "?verdict=violated#summary");
        Assert.That(await Shown(linked), Is.EqualTo(new[] { "azls.gradient-lower-bound" }));
        await linked.Page.Locator("#filter button").ClickAsync();
        Assert.That(await Shown(linked), Has.Length.EqualTo(9));
        Assert.That(new Uri(linked.Page.Url).Query, Is.Empty);
    }

    [TestCase("?paper=nobody", 9, Description = "a value that the report does not have chooses nothing")]
    [TestCase("?procedure=probability", 1)]
    [TestCase("?text=SPECTRAL+norm", 1)]
    [TestCase("?paper=azls&verdict=undecided", 1)]
    [TestCase("?text=nothing+like+it", 0)]
    public async Task View_Linked_ShowsItsClaims(string view, int claims)
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600, view: view);
        Assert.That(await Shown(report), Has.Length.EqualTo(claims));
        Assert.That(await report.Page.Locator("#summary table:visible").CountAsync(), Is.EqualTo(claims > 0 ? 1 : 0), "a table without rows goes");
    }

    [Test]
    public async Task Link_ToAClaimThatIsNotChosen_LeadsThereAllTheSame()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600, view: "?verdict=violated");
        await report.Page.Locator(".attention a[href='#azls.layer-norm-tail']").ClickAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await Shown(report), Has.Length.EqualTo(9));
            Assert.That(await report.Page.Locator("article[id='azls.layer-norm-tail'] h3").EvaluateAsync<bool>("e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"), Is.True);
            Assert.That(report.Page.Url, Does.EndWith("#azls.layer-norm-tail").And.Not.Contain("?"));
        });
        await using var direct = await chromium.OpenAsync(WithTrouble, 1600, view: "?verdict=violated#azls.layer-norm-tail");
        Assert.That(await direct.Page.Locator("article[id='azls.layer-norm-tail']").IsVisibleAsync(), Is.True);
    }

    [Test]
    public async Task Filter_ByKeyboard_FollowsTheOrderOfTheEye()
    {
        await using var report = await chromium.OpenAsync(AllHold, 1600);
        await report.Page.Locator("#filter input").FocusAsync();
        await report.Page.Keyboard.TypeAsync("spectral");
        Assert.That(await Shown(report), Is.EqualTo(new[] { "azls.layer-norm-tail" }));
        var order = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            order.Add(await report.Page.EvaluateAsync<string>("() => document.activeElement.name || document.activeElement.type || document.activeElement.getAttribute('href')"));
        }

        Assert.That(order, Is.EqualTo(new[] { "paper", "procedure", "verdict", "reset", "https://arxiv.org/abs/1811.03962v5" }));
        await report.Page.Locator("#filter button").FocusAsync();
        await report.Page.Keyboard.PressAsync("Enter");
        Assert.That(await Shown(report), Has.Length.EqualTo(8));
    }

    [Test]
    public async Task Report_ChosenAndPrinted_SaysWhatIsLeftOut()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 800, view: "?verdict=violated");
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await report.Page.Locator("#filter output").IsVisibleAsync(), Is.True);
            Assert.That(await report.Page.Locator("#filter select").First.IsVisibleAsync(), Is.False);
            Assert.That(await Shown(report), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public async Task Contents_LeadToEverySection()
    {
        await using var report = await chromium.OpenAsync(WithTrouble, 1600);
        var sections = await report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main > section[id]')].map(s => '#' + s.id)");
        var links = await report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('nav.contents a')].map(a => a.getAttribute('href'))");
        Assert.That(links, Is.EqualTo(sections).And.Contains("#history").And.Contains("#glance"));
    }

    /// <summary>Figures that claims share go with the claims that they draw.</summary>
    [Test]
    public async Task SharedFigures_Chosen_GoWithTheirClaims()
    {
        var section = SpectraSection.Of(SyntheticSpectra.Model());
        var claim = section.Figures[0].Pages[0].Claim;
        await using var report = await chromium.OpenAsync(folder.File(Reports[1]), 1600, view: $"?text={Uri.EscapeDataString(claim.Id)}");
        var topics = await report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#spectra .topic:not([hidden]) h3')].map(h => h.textContent)");
        Assert.That(topics, Is.EqualTo(section.Figures.Where(f => f.Pages.Any(page => page.Claim == claim)).Select(f => f.Title)).And.Length.LessThan(section.Figures.Length));
        await report.Page.Locator("#filter input").FillAsync("no claim has these words");
        Assert.That(await report.Page.Locator("#spectra").IsVisibleAsync(), Is.False);
    }

    /// <summary>A figure in a file of its own has the report's colours and cuts nothing off.</summary>
    [Test]
    public async Task Figure_InAFileOfItsOwn_IsDrawnAsInTheReport()
    {
        FigureFiles.Write(SyntheticReport.AllHold(), folder.File("figures"));
        FigureFiles.Write(SyntheticSpectra.Model(), folder.File("shared"));
        foreach (var file in Directory.GetFiles(folder.File("figures"), "*.svg").Concat(Directory.GetFiles(folder.File("shared"), "spectra.*.svg")))
        {
            await using var figure = await chromium.OpenAsync(file, 900);
            var (fill, cut) = (
                await figure.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.held-out, .series-1:not(.predicted)')).fill"),
                await figure.Page.EvaluateAsync<string[]>(
                    """
                    () => {
                      const page = document.documentElement.getBoundingClientRect();
                      return [...document.querySelectorAll("text")].filter(t => { const b = t.getBoundingClientRect(); return b.right > page.right + 1 || b.left < page.left - 1 || b.bottom > page.bottom + 1; }).map(t => t.textContent);
                    }
                    """));
            Assert.Multiple(() =>
            {
                Assert.That(fill, Is.EqualTo("rgb(0, 114, 178)").Or.EqualTo("none"), file);
                Assert.That(cut, Is.Empty, file);
                Assert.That(figure.Complaints, Is.Empty, file);
            });
        }
    }

    [TestCaseSource(nameof(Reports))]
    public async Task Marks_InTheDrawing_LieInsideIt(string file)
    {
        await using var report = await chromium.OpenAsync(folder.File(file), 1600);
        var outside = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("svg.panel .point, svg.panel .dot")].filter(mark => {
              const [m, p] = [mark.getBoundingClientRect(), mark.closest("svg.panel").getBoundingClientRect()];
              return m.left < p.left || m.right > p.right || m.top < p.top || m.bottom > p.bottom;
            }).map(mark => mark.outerHTML).slice(0, 5)
            """);
        Assert.That(outside, Is.Empty);
    }

    /// <summary>What is measured stands above its axis, in as many lines as it takes: whatever the catalogue measures, no letter is cut off.</summary>
    [Test]
    public async Task Labels_OfEveryClaimOfTheCatalogue_AreWhole([ValueSource(nameof(Widths))] int width)
    {
        var panels = Catalogue.All.Select(claim => claim.Quantity).Distinct().SelectMany(label => new[] { (Place: "main", Size: PanelSize.Large), (Place: "panels", Size: PanelSize.Small) }
            .Select(p => Html.Of($"<div class=\"{p.Place}\">{new Panel(Axis.Linear("x", [0, 1]), Axis.Linear(label, [0, 1]), p.Size).ToSvg(label)}</div>")));
        HtmlPage.Write(HtmlPage.Of("Labels", "labels", Html.Of($"<section id=\"labels\">{panels}</section>")), folder.File("labels.html"));
        await using var report = await chromium.OpenAsync(folder.File("labels.html"), width);
        var cut = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("svg.panel .label")].filter(label => {
              const [l, p] = [label.getBoundingClientRect(), label.closest("svg.panel").getBoundingClientRect()];
              return l.left < p.left || l.right > p.right || l.top < p.top - 2;
            }).map(label => label.closest("div").className + ": " + label.textContent).slice(0, 5)
            """);
        Assert.That(cut, Is.Empty);
    }

    [Test]
    public async Task Report_AtAnyWidth_DoesNotOverflow([ValueSource(nameof(Widths))] int width, [ValueSource(nameof(Reports))] string file)
    {
        await using var report = await chromium.OpenAsync(folder.File(file), width);
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
    [Test]
    public async Task Text_InLightAndDark_HasContrast([ValueSource(nameof(Schemes))] ColorScheme scheme, [ValueSource(nameof(Reports))] string file)
    {
        await using var report = await chromium.OpenAsync(folder.File(file), 1600, scheme);
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

    private static Task<string[]> Shown(OpenedReport report) =>
        report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('article.claim')].filter(a => a.offsetParent !== null).map(a => a.id)");

    /// <summary>What marks an index or an exponent in a statement is an element in the page.</summary>
    private static string WithoutScriptMarks(string statement) => string.Concat(statement.Where(c => c is not ('_' or '^' or '{' or '}')));

    /// <summary>Statements about averages have a mark a cell, all others one a trial.</summary>
    private static int MarksOf(ClaimPage page) => page.Claim.Procedure.Name is "probability" or "moment"
        ? page.Samples.Sum(s => s.Observations.Select(o => o.Cell).Distinct().Count())
        : page.Samples.Sum(s => s.Observations.Length);
}
