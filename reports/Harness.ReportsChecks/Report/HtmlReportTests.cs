using System.Text.RegularExpressions;
using Harness.Claims;
using Harness.Reports.Files;
using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed partial class HtmlReportTests
{
    [Test]
    public void Report_WhereAllHold_SaysSoFirst()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.AllHold());
        Assert.That(html, Does.Contain("<h1>All 8 claims hold on everything that was tried</h1>").And.Not.Contain("What needs attention"));
    }

    /// <summary>The headline counts what gates; the next line says why it counts more.</summary>
    [Test]
    public void Report_WithAnExploratoryClaim_CountsItApart()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.WithExploratory());
        Assert.That(html, Does.Contain("<h1>All 8 claims hold on everything that was tried</h1>").And.Contain("9 claims from 1 paper, 1 of them exploratory, which gates nothing, were tried"));
        Assert.That(HtmlReport.ToHtml(SyntheticReport.AllHold()), Does.Contain("8 claims from 1 paper were tried"));
    }

    [Test]
    public void Report_WithViolatedAndUndecided_SaysSoFirstAndWhy()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.WithTrouble());
        var attention = html[html.IndexOf("What needs attention", StringComparison.Ordinal)..html.IndexOf("id=\"summary\"", StringComparison.Ordinal)];
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("<h1>1 of 8 claims is violated, 1 undecided</h1>"));
            Assert.That(attention, Does.Contain("href=\"#azls.gradient-lower-bound\"").And.Contain("lies below −1/6").And.Contain("href=\"#azls.layer-norm-tail\""));
            Assert.That(attention.IndexOf("violated", StringComparison.Ordinal), Is.LessThan(attention.IndexOf("undecided", StringComparison.Ordinal)));
        });
    }

    [Test]
    public void Report_WithASurvivingMutant_SaysThatTheCheckHasNotShownItCanFail()
    {
        var model = SyntheticReport.AllHold();
        var page = model.Claims[3];
        page = page with { Outcome = page.Outcome with { Mutants = [new("half the budget", new(Verdict.Holds, "No trial exceeds it."))] } };
        var html = HtmlReport.ToHtml(model with { Claims = model.Claims.SetItem(3, page) });
        Assert.That(html, Does.Contain("<h1>1 of 8 claims is undecided</h1>").And.Contain("“half the budget”").And.Contain("0 of 1").And.Contain(">survived<"));
    }

    [Test]
    public void Report_WithoutEvidence_ShowsNoVerdict()
    {
        var model = SyntheticReport.WithTrouble();
        Assert.Multiple(() =>
        {
            Assert.That(model.Claims[^1].Verdict, Is.Null);
            Assert.That(Article(HtmlReport.ToHtml(model), "azls.resnet"), Does.Contain("not run").And.Not.Contain("holds"));
            Assert.That(HtmlReport.ToHtml(model with { Claims = [model.Claims[^1]] }), Does.Contain("<h1>No claim was decided</h1>"));
        });
    }

    [Test]
    public void Report_WithHostileNames_EncodesThem()
    {
        const string Hostile = "</title><script>alert(1)</script>\"'&.csv";
        var model = SyntheticReport.AllHold();
        var page = model.Claims[0];
        page = page with
        {
            Outcome = page.Outcome with { Findings = page.Outcome.Findings.SetItem(1, page.Outcome.Findings[1] with { On = Hostile, Scope = Hostile }) },
            Samples = page.Samples.SetItem(1, page.Samples[1] with { On = Hostile }),
        };
        var html = HtmlReport.ToHtml(model with { Claims = model.Claims.SetItem(0, page), Data = model.Data! with { Name = Hostile, Arguments = ["--data", Hostile] }, Run = model.Run with { Machine = Hostile } });
        Assert.Multiple(() =>
        {
            Assert.That(Scripts().Count(html), Is.EqualTo(1), "only the page's own script");
            Assert.That(html, Does.Contain("&lt;script&gt;alert(1)").And.Not.Contain("</title><script>alert"));
        });
    }

    [Test]
    public void Claim_WithFittedNumbers_ShowsThemWithIntervals()
    {
        var article = Article(HtmlReport.ToHtml(SyntheticReport.AllHold()), "azls.gradient-lower-bound");
        Assert.That(article, Does.Contain("<i>c</i></th><td>0.412</td><td></td>").And.Contain("slope in <i>n</i></th><td>0.41</td><td>0.33 to 0.49</td>").And.Contain("looseness, median factor</th><td>3.2</td>"));
    }

    [Test]
    public void Theory_WithComparedExponents_SetsProvedBesideMeasured()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.AllHold());
        var section = html[html.IndexOf("<section id=\"theory\"", StringComparison.Ordinal)..html.IndexOf("id=\"claims\"", StringComparison.Ordinal)];
        Assert.That(section, Does.Contain("<td>≥ −2</td>").And.Contain("<td>−1.59 ± 0.08</td>").And.Contain("n from 2 to 32: proved ≥ −2, measured −1.59 ± 0.08").And.Contain("<td>0.99, no interval</td>").And.Contain("× 3.2"));
        Assert.That(section.Split("<g class=\"row\">").Length - 1, Is.EqualTo(3), "a row a variable");
    }

    [Test]
    public void KillTable_WithASurvivor_IsOpenAndShowsItFirst()
    {
        var model = SyntheticReport.AllHold();
        var page = model.Claims[3];
        page = page with { Outcome = page.Outcome with { Mutants = [new("half the budget", new(Verdict.Holds, "No trial exceeds it."))] } };
        var html = HtmlReport.ToHtml(model with { Claims = model.Claims.SetItem(3, page) });
        var table = html[html.IndexOf("<section id=\"mutants\"", StringComparison.Ordinal)..html.IndexOf("id=\"claims\"", StringComparison.Ordinal)];
        Assert.That(table, Does.Contain("<details open>").And.Contain("1 of 9 theorems"));
        Assert.That(table.IndexOf(">survived<", StringComparison.Ordinal), Is.InRange(0, table.IndexOf(">killed<", StringComparison.Ordinal)));
    }

    [Test]
    public void Glance_SaysInWhichSenseAndWhereItIsLoose()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.AllHold());
        var section = html[html.IndexOf("<section id=\"glance\"", StringComparison.Ordinal)..html.IndexOf("id=\"filter\"", StringComparison.Ordinal)];
        Assert.That(section, Does.Contain("?paper=azls#summary").And.Contain("<td>2 of 8</td>").And.Contain("<td>6 of 8</td>").And.Contain("× 3.9, <a href=\"#azls.linear-convergence\">"));
    }

    [Test]
    public void History_WithChanges_SaysWhichTookRoomAndLeavesOutOtherClaims()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.AllHold() with { History = SyntheticReport.History() });
        var section = html[html.IndexOf("<section id=\"history\"", StringComparison.Ordinal)..html.IndexOf("id=\"claims\"", StringComparison.Ordinal)];
        Assert.Multiple(() =>
        {
            Assert.That(section, Does.Contain("2 changes, 1 of which leaves a claim less room").And.Contain("at 0cabcdef, 26 March 2026, less room"));
            Assert.That(section, Does.Contain("LayerProducts&lt;Double&gt;").And.Contain("time from 82 µs to ").And.Not.Contain("not-in-this-run"));
            Assert.That(section.Split("<svg class=\"panel\"").Length - 1, Is.EqualTo(2), "what changed, and the benchmark");
            Assert.That(HtmlReport.ToHtml(SyntheticReport.AllHold()), Does.Not.Contain("id=\"history\""));
        });
    }

    [Test]
    public void Claim_Derived_NamesItsDerivation() =>
        Assert.That(Article(HtmlReport.ToHtml(SyntheticReport.AllHold()), "azls.forward-norm"), Does.Contain("derived: docs/derivations.md, “Moments at initialisation”"));

    [Test]
    public void Certified_AndStatistical_AreToldApart()
    {
        var html = HtmlReport.ToHtml(SyntheticReport.AllHold());
        Assert.That(Article(html, "azls.flip-budget"), Does.Contain("certified on 72 instances").And.Not.Contain("statistical"));
        Assert.That(Article(html, "azls.forward-norm"), Does.Contain("statistical on 400 instances (level 2.5×10⁻⁸)").And.Not.Contain("certified"));
    }

    [Test]
    public void Claim_OnTimes_ShowsBothLawsAndSaysThatTheyAreThisMachines()
    {
        var article = Article(HtmlReport.ToHtml(SyntheticReport.AllHold()), "azls.step-time");
        Assert.Multiple(() =>
        {
            Assert.That(article, Does.Contain("statistical on 32 instances, timed on this machine (level 2.5×10⁻⁸)"));
            Assert.That(article, Does.Contain("predicted only").And.Contain("both laws are fitted here").And.Contain("Slope between neighbouring values of m").And.Contain("dearest operation"));

            // Six rungs of four trials are fitted and two are predicted; each stands in the large panel, and once more as part of a path in a small one.
            Assert.That(article.Split("class=\"point calibration\"").Length - 1, Is.EqualTo(24));
            Assert.That(article.Split("class=\"point held-out\"").Length - 1, Is.EqualTo(8));
        });
    }

    [Test]
    public void Claim_OnTimesOfAShortLadder_IsDrawnAgainstItsOperations()
    {
        var model = SyntheticReport.AllHold();
        var page = model.Claims[^1];
        page = page with { Samples = [page.Samples[0] with { Observations = [.. page.Samples[0].Observations.Where(o => o.Cell < 5)] }] };
        Assert.That(Article(HtmlReport.ToHtml(model with { Claims = model.Claims.SetItem(model.Claims.Length - 1, page) }), "azls.step-time"), Does.Contain("against its bound").And.Not.Contain("predicted only"));
    }

    [Test]
    public void Data_WithConflicts_SaysWhatTheyMean()
    {
        var model = SyntheticReport.AllHold();
        var html = HtmlReport.ToHtml(model with { Data = model.Data! with { Duplicates = 3, Conflicts = 1, Separation = 0 } });
        Assert.That(html, Does.Contain("1 pair of identical inputs has different targets"));
    }

    [Test]
    public void Write_Twice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        HtmlReport.Write(SyntheticReport.AllHold(), folder.File("new/report.html"));
        var first = File.ReadAllBytes(folder.File("new/report.html"));
        HtmlReport.Write(SyntheticReport.AllHold(), folder.File("new/report.html"));
        Assert.That(File.ReadAllBytes(folder.File("new/report.html")), Is.EqualTo(first));
    }

    [Test]
    public void Write_WhereItCannot_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("report.html"));
        Assert.Multiple(() =>
        {
            Assert.That(() => HtmlReport.Write(SyntheticReport.AllHold(), folder.File("report.html")), Throws.InstanceOf<DataFileException>());
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder.File("report.html") }));
        });
    }

    private static string Article(string html, string id)
    {
        var start = html.IndexOf($"<article class=\"claim\" id=\"{id}\"", StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThan(0), $"{id} has a section");
        return html[start..html.IndexOf("</article>", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<script")]
    private static partial Regex Scripts();
}
