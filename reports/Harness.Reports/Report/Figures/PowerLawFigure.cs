namespace Harness.Reports.Report.Figures;

/// <summary>A scaling law: the observed quantity along its ladder on logarithmic axes, the fitted power and the fan of its confidence interval.</summary>
internal static class PowerLawFigure
{
    /// <summary>Draws the figure; without a ladder to climb, value and bound are compared.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        if (claim.Experiment.Domain.Ladder is not { } symbol || PowerLaw.Through([.. trials.Select(t => t.Trial)], symbol) is not { } law)
        {
            return BoundFigure.Draw(page);
        }

        var panel = new Panel(
            Axis.Logarithmic(symbol, trials.Select(t => t.Trial.Variables[symbol])), Axis.Logarithmic(claim.Quantity, trials.Select(t => t.Trial.Value.Midpoint)), PanelSize.Large);
        var exponent = page.Outcome.Findings.SelectMany(f => f.Decision.Estimates).FirstOrDefault(e => e.Name.Contains("exponent", StringComparison.Ordinal));
        var slope = exponent?.Value ?? law.Exponent;
        if (exponent is { } interval && double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper))
        {
            panel.Region("fan", [Corner(panel.X.From, interval.Lower), Corner(panel.X.To, interval.Upper), Corner(panel.X.To, interval.Lower), Corner(panel.X.From, interval.Upper)]);
        }

        panel.Line("fit", [Corner(panel.X.From, slope), Corner(panel.X.To, slope)]);
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
            [
                .. PlottedTrial.Legend(trials), LegendEntry.Line("fit", $"slope {ReadableNumber.Of(slope)}"),
                .. exponent is null ? [] : new[] { LegendEntry.Region("fan", $"interval of the exponent, {ReadableNumber.Of(exponent.Lower)} to {ReadableNumber.Of(exponent.Upper)}") },
                LegendEntry.Ring with { Text = "farthest from the line" },
            ],
            $"Every mark is one trial: {claim.Quantity} against {symbol}. A power law is a straight line here, and its exponent the slope.");

        (double, double) Corner(double x, double p) => (x, law.At(x, p));
    }
}
