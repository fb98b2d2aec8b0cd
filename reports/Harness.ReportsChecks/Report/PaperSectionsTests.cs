using System.Collections.Immutable;
using System.Net;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;
using Harness.Claims.Catalogue.Transfer;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;
using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

/// <summary>The sections on the effective span dimension and on transfer: every figure from what its claims observe, and none without.</summary>
public sealed class PaperSectionsTests
{
    private static readonly string[] Sections = ["id=\"span\"", "id=\"transfer\""];

    private static readonly ReportModel Model = SyntheticReport.AllHold();

    /// <summary>A claim, the length of its series, and a value that its figure shows when it is pointed at.</summary>
    private static IEnumerable<TestCaseData> Figures()
    {
        yield return Case(FlowSpan.Lowered, FlowSpan.Times.Length * (SpanFigures.Levels.Length + 1), "q = 2, t = 80, τ = 0.01: D(τ) = 6");
        yield return Case(FlowSpan.Plateau, 2 * FlowSpan.PathTimes.Length, "D = 3, t = 10000: 6");
        yield return Case(DesignPath.Claim, 2 * DesignPath.Path(1).Length, "case 1, α = 30: d† = 6", ("n", 90));
        yield return Case(KernelComponents.Claim, 0, "α = 30: d† = 7", ("d†", 7));
        yield return Case(DeepLinearSpan.Claim, 3 * DeepLinearSpan.Epochs.Length, "epoch 500: 6", ("p", 90));
        yield return Case(SpanScaling.Claims[0], 0, "at p = 1, q = 1 · σ² = 0.001: 3");
        yield return Case(CostOfSources.LargeSecondSource, 0, "n = 100 n₀, trial 0: 3");
        yield return Case(TwoPointBound.Of(TransferEstimators.All[0]), 0, "target-only · u = ");
        yield return Case(CostOfSources.NumberOfSources, 0, "K = 64: 3");
        yield return Case(ClusteredSources.Claim, 0, "clustered · K = ");
    }

    [TestCaseSource(nameof(Figures))]
    public void Figure_OfAClaimThatWasRun_ShowsItsValues(Claim claim, int length, string value, (string Symbol, double Value)[] measured)
    {
        var html = HtmlReport.ToHtml(Model with { Claims = [Page(claim, length, measured)] });
        var section = Sections.Single(id => html.Contains(id, StringComparison.Ordinal));
        var figures = html[html.IndexOf(section, StringComparison.Ordinal)..html.IndexOf("<section id=\"", html.IndexOf(section, StringComparison.Ordinal), StringComparison.Ordinal)];
        Assert.That(figures.Split("<figure>").Length - 1, Is.EqualTo(1));
        Assert.That(WebUtility.HtmlDecode(figures), Does.Contain(value).And.Contain("<figcaption>").And.Not.Contain("NaN"));
    }

    [Test]
    public void Sections_OfClaimsThatWereNotRun_AreLeftOut()
    {
        var html = HtmlReport.ToHtml(Model);
        Assert.That(Sections.Where(id => html.Contains(id, StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>A path that no trial followed leaves the figure out, not the report.</summary>
    [Test]
    public void Depths_WithoutAPath_AreLeftOut() => Assert.That(HtmlReport.ToHtml(Model with { Claims = [Page(FlowSpan.Plateau, 0, [])] }), Does.Not.Contain(Sections[0]));

    /// <summary>What the figures read of a series is what the claims write into it.</summary>
    [Test]
    public void Series_OfRealTrials_HaveTheLengthThatFiguresRead()
    {
        Assert.That(First(DesignPath.Claim).Series, Has.Length.EqualTo(2 * DesignPath.Path(1).Length));
        Assert.That(First(DeepLinearSpan.Claim).Series, Has.Length.EqualTo(3 * DeepLinearSpan.Epochs.Length));
        Assert.That(Followed(FlowSpan.Lowered).Series, Has.Length.EqualTo(FlowSpan.Times.Length * (SpanFigures.Levels.Length + 1)));
        var followed = Followed(FlowSpan.Plateau);
        Assert.That(followed.Series, Has.Length.EqualTo(2 * FlowSpan.PathTimes.Length));
        Assert.That(followed.Series[FlowSpan.PathTimes.Length - 1], Is.EqualTo(followed.Value.Midpoint));

        static Observation Followed(Claim claim) => Enumerable.Range(0, 100).Select(seed => First(claim, (ulong)seed)).First(o => !o.Series.IsEmpty);

        static Observation First(Claim claim, ulong seed = 1) => ClaimPlan.Items(claim, 0, Profile.Gate, null, 0).First().Observe(seed, Profile.Gate);
    }

    private static TestCaseData Case(Claim claim, int length, string value, params (string Symbol, double Value)[] measured) => new TestCaseData(claim, length, value, measured).SetArgDisplayNames(claim.Id);

    /// <summary>Every trial observed 3 against 2, and the series is 6 throughout.</summary>
    private static ClaimPage Page(Claim claim, int length, (string Symbol, double Value)[] measured)
    {
        var observations = claim.Experiment.Domain.Cells(Profile.Gate).SelectMany(cell => Enumerable.Range(0, 2).Select(trial => new Observation(
            cell.Index, trial, false, measured.Aggregate(cell.Variables, (v, m) => v.With(m.Symbol, m.Value)), Ball.Exactly(3), Ball.Exactly(2), [.. Enumerable.Repeat(6.0, length)]))).ToImmutableArray();
        return new(new(claim, [new(Finding.Generated, new(Verdict.Holds, "It holds."), "everything")], []), [new(Sample.Generated, observations)], 1);
    }
}
