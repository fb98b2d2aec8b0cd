namespace Harness.Reports.Report.Figures;

/// <summary>
/// A scaling law: the observed quantity along its ladder on logarithmic axes, with the fitted power and the fan of its confidence interval for every kind of samples.
/// </summary>
internal static class PowerLawFigure
{
    /// <summary>Draws the figure; without a ladder to climb, value and bound are compared.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        if (claim.Experiment.Domain.Ladder is not { } symbol)
        {
            return BoundFigure.Draw(page);
        }

        var panel = new Panel(
            Axis.Logarithmic(symbol, trials.Select(t => t.Trial.Variables[symbol])), Axis.Logarithmic(claim.Quantity, trials.Select(t => t.Trial.Value.Midpoint)), PanelSize.Large);
        var fits = page.Samples.SelectMany(sample => DrawFit(panel, page, sample, symbol)).ToArray();
        foreach (var t in trials)
        {
            panel.Point(t.Kind, t.Trial.Variables[symbol], t.Trial.Value.Midpoint, t.InWords);
            if (t.IsClosest)
            {
                panel.Ring(t.Trial.Variables[symbol], t.Trial.Value.Midpoint);
            }
        }

        return new(
            panel.ToSvg($"{claim.Quantity} against {symbol} on logarithmic axes, {ReadableNumber.Count(trials.Length, "trial")}"),
            [],
            [.. PlottedTrial.Legend(trials), .. fits, LegendEntry.Ring with { Text = "farthest from the line" }],
            $"Every mark is one trial: {claim.Quantity} against {symbol}. A power law is a straight line here, and its exponent the slope. The lines are anchored in the half of the ladder near its limit.");
    }

    /// <summary>The fitted exponent of one kind of samples as a line, its interval as a fan; returns what the legend says of them.</summary>
    private static IEnumerable<LegendEntry> DrawFit(Panel panel, ClaimPage page, Sample sample, string symbol)
    {
        if (PowerLaw.NearLimit(sample.Observations, symbol) is not { } law)
        {
            yield break;
        }

        var kind = sample.IsData ? " data" : "";
        var estimate = page.Outcome.Findings.Where(f => f.On == sample.On).SelectMany(f => f.Decision.Estimates).FirstOrDefault(e => e.Name.StartsWith("exponent", StringComparison.Ordinal));
        var hasInterval = estimate is not null && double.IsFinite(estimate.Lower) && double.IsFinite(estimate.Upper);
        if (hasInterval)
        {
            panel.Region("fan" + kind, [Corner(panel.X.From, estimate!.Lower), Corner(panel.X.To, estimate.Upper), Corner(panel.X.To, estimate.Lower), Corner(panel.X.From, estimate.Upper)]);
        }

        var slope = estimate?.Value ?? law.Exponent;
        panel.Line("fit" + kind, [Corner(panel.X.From, slope), Corner(panel.X.To, slope)]);
        yield return LegendEntry.Line("fit" + kind, $"slope {ReadableNumber.Of(slope)}{(hasInterval ? $", interval {ReadableNumber.Of(estimate!.Lower)} to {ReadableNumber.Of(estimate.Upper)}" : "")}{(sample.IsData ? $", on {sample.On}" : "")}");

        (double, double) Corner(double x, double p) => (x, law.At(x, p));
    }
}
