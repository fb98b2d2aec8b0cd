using Harness.Claims.Catalogue;
using Harness.Reports.Files;
using Harness.Reports.Sweeps;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps;

/// <summary>What a sweep's file may say, and what is told where it is wrong.</summary>
public sealed class SweepSpecFileTests
{
    private const string Panel = "[[panel]]\nname = 'p'\nclaim = 'azls.separation'\n";

    private const string Title = "title = 'T'\n";

    [Test]
    public void Read_EveryForm_GivesTheCells()
    {
        var spec = Read("""
            title = "Separation"
            profile = "gate"
            seeds = [3, { from = 5, to = 7, points = 3, spacing = "linear" }]
            trials = 2
            budget = "90 min"

            [[panel]]
            name = "over m and δ"
            claim = "azls.separation"
            m = { from = 16, to = 64, points = 3 }
            delta = [0.1, 0.01]

            [[panel]]
            name = "over L"
            claim = "azls.separation"
            trials = 5
            shows = "value"
            m = 16
            "δ" = 0.3
            L = { from = 1, to = 2, points = 9 }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(spec.Seeds, Is.EqualTo(new ulong[] { 3, 5, 6, 7 }));
            Assert.That(spec.Budget, Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That(spec.Panels[0].Points().Select(v => (v.m, v.δ)), Is.EqualTo(new[] { (16.0, 0.1), (16.0, 0.01), (32.0, 0.1), (32.0, 0.01), (64.0, 0.1), (64.0, 0.01) }));
            Assert.That(spec.Panels[1].Points().Select(v => v.L), Is.EqualTo(new[] { 1, 2 }), "whole numbers, each once");
            Assert.That(spec.Panels.Select(panel => panel.Trials), Is.EqualTo(new[] { 2, 5 }));
            Assert.That(spec.Panels.Select(panel => panel.Quantity), Is.EqualTo(new[] { PanelQuantity.Ratio, PanelQuantity.Value }));
            Assert.That(spec.Cells().Count(), Is.EqualTo(4 * 8));
        });
    }

    [TestCase("title = \n", ":1:", TestName = "Read_NoToml_HasItsPlace")]
    [TestCase(Panel, ": title: a text is expected", TestName = "Read_NoTitle_SaysSo")]
    [TestCase(Title, ": there is no [[panel]]", TestName = "Read_NoPanel_SaysSo")]
    [TestCase(Title + "panels = 3\n" + Panel, ": the sweep: 'panels' means nothing here; there are title", TestName = "Read_UnknownKey_ListsThem")]
    [TestCase(Title + "profile = 'fast'\n" + Panel, ": profile: one of \"gate\", \"standard\", \"thorough\" is expected", TestName = "Read_UnknownProfile_ListsThem")]
    [TestCase(Title + "budget = '2 weeks'\n" + Panel, ": budget: a time is expected, such as", TestName = "Read_BudgetWithoutUnit_SaysWhatIsOne")]
    [TestCase(Title + "budget = '-1 h'\n" + Panel, ": budget: a time is expected", TestName = "Read_NegativeBudget_IsRefused")]
    [TestCase(Title + "trials = 0\n" + Panel, ": trials: a whole number of at least 1", TestName = "Read_NoTrials_IsRefused")]
    [TestCase(Title + "seeds = [1.5]\n" + Panel, ": seeds: 1.5 is no whole number", TestName = "Read_SeedThatIsNotWhole_IsRefused")]
    [TestCase(Title + "seeds = -1\n" + Panel, ": seeds: -1 is no whole number", TestName = "Read_NegativeSeed_IsRefused")]
    [TestCase(Title + "seeds = 9007199254740993\n" + Panel + "m = 16\n", ": seeds: ", TestName = "Read_SeedBeyondDoubles_IsNotAnother")]
    [TestCase(Title + "[[panel]]\nname = 'p'\nclaim = 'azls.none'\n", ": panel 'p': there is no claim 'azls.none'", TestName = "Read_UnknownClaim_NamesIt")]
    [TestCase(Title + "[[panel]]\nname = 'p'\nclaim = 'azls.forward-time-in-width'\n", ": panel 'p': ", TestName = "Read_TimedClaim_IsRefused")]
    [TestCase(Title + Panel + "q = 3\n", ": panel 'p': there is no variable q; there are m, δ, L, n, d.", TestName = "Read_UnknownVariable_ListsThem")]
    [TestCase(Title + Panel + "m = [16, 16.5]\n", ": panel 'p': m = 16.5: a whole number is expected", TestName = "Read_WidthThatIsNotWhole_IsRefusedAnywhereInTheList")]
    [TestCase(Title + Panel + "m = []\n", ": panel 'p', m: a number is expected", TestName = "Read_EmptyList_IsRefused")]
    [TestCase(Title + Panel + "delta = 'small'\n", ": panel 'p', delta: a number is expected", TestName = "Read_Text_IsNoValue")]
    [TestCase(Title + Panel + "delta = nan\n", ": panel 'p', delta: a number is expected", TestName = "Read_NaN_IsNoValue")]
    [TestCase(Title + Panel + "delta = { from = 0.1, to = inf, points = 3 }\n", ": panel 'p', delta: the ends of a range are finite", TestName = "Read_InfiniteRange_IsRefused")]
    [TestCase(Title + Panel + "delta = { from = 0, to = 1, points = 3 }\n", ": panel 'p', delta: the ends of a range in equal ratios are positive", TestName = "Read_RatiosFromZero_AreRefused")]
    [TestCase(Title + Panel + "delta = { from = 0.1, to = 1, points = 1 }\n", ": panel 'p', delta: points must be a whole number from 2", TestName = "Read_RangeOfOnePoint_IsRefused")]
    [TestCase(Title + Panel + "delta = { from = 0.1, points = 3 }\n", ": panel 'p', delta: to is missing", TestName = "Read_RangeWithoutEnd_SaysSo")]
    [TestCase(Title + Panel + "delta = { from = 0.1, to = 1, points = 3, spacing = 'even' }\n", ": panel 'p', delta: spacing is \"geometric\" or \"linear\"", TestName = "Read_UnknownSpacing_IsRefused")]
    [TestCase(Title + Panel + "delta = { from = 0.1, to = 1, steps = 3 }\n", ": panel 'p', delta: 'steps' means nothing here", TestName = "Read_UnknownKeyOfARange_IsRefused")]
    [TestCase(Title + Panel + "shows = 'mean'\n", ": panel 'p', shows: \"value\" is expected, or \"ratio\"", TestName = "Read_UnknownQuantity_ListsThem")]
    [TestCase(Title + "[[panel]]\nname = 'p'\nclaim = 'azls.success-probability'\nshows = 'value'\n", ": panel 'p', shows: azls.success-probability counts failures", TestName = "Read_QuantityOfAClaimThatCountsFailures_IsRefused")]
    public void Read_Wrong(string toml, string expected) => Assert.That(() => Read(toml), Throws.InstanceOf<DataFileException>().With.Message.Contains("sweep.toml" + expected));

    [Test]
    public void Read_NoFile_SaysSo() => Assert.That(() => SweepSpecFile.Read("no-such.toml", Catalogue.All), Throws.InstanceOf<DataFileException>().With.Message.StartsWith("no-such.toml: cannot be read"));

    private static SweepSpec Read(string toml)
    {
        using var folder = new TemporaryFolder();
        return SweepSpecFile.Read(folder.Write("sweep.toml", toml), Catalogue.All);
    }
}
