using Harness.Claims.Decisions;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// A measured cost along its ladder on logarithmic axes, with the polynomial and the exponential that were fitted to all but the largest values and have to predict these; beside it
/// the local slopes and the price of an operation.
/// </summary>
internal static class CostFigure
{
    /// <summary>Points of a curve: smooth on any screen.</summary>
    private const int CurvePoints = 80;

    /// <summary>Draws the figure; a ladder too short for any fit is compared with the counted operations.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        if (claim.Experiment.Domain.Ladder is not { } symbol || claim.Procedure is not Cost cost || CostFit.Of(trials.Select(t => t.Trial), symbol) is not { } fit)
        {
            return BoundFigure.Draw(page);
        }

        PlottedTrial[] plotted = [.. trials.Select(t => t with { Kind = t.Trial.Variables[symbol] < fit.HeldOutFrom ? MarkerKind.Calibration : MarkerKind.HeldOut })];
        var panel = new Panel(
            Axis.Logarithmic(symbol, plotted.Select(t => t.Trial.Variables[symbol])), Axis.Logarithmic(claim.Quantity, plotted.Select(t => t.Trial.Value.Midpoint)), PanelSize.Large);
        panel.Line("bound", Curve(panel.X, fit.PolynomialAt));
        panel.Line("fit", Curve(panel.X, fit.ExponentialAt));
        foreach (var t in plotted)
        {
            panel.Point(t.Kind, t.Trial.Variables[symbol], t.Trial.Value.Midpoint, t.InWords);
            if (t.IsClosest)
            {
                panel.Ring(t.Trial.Variables[symbol], t.Trial.Value.Midpoint);
            }
        }

        return new(
            panel.ToSvg($"{claim.Quantity} against {symbol} on logarithmic axes, {ReadableNumber.Count(plotted.Length, "trial")}"),
            [Slopes(fit, symbol, cost.Degree), Prices(plotted, symbol)],
            [
                LegendEntry.Of(MarkerKind.Calibration, "both laws are fitted here"),
                LegendEntry.Of(MarkerKind.HeldOut, "predicted only"),
                LegendEntry.Line("bound", $"a + b·{symbol}^q, q = {ReadableNumber.Of(fit.FittedExponent)}: predicts to a factor {ReadableNumber.Of(Math.Exp(fit.PolynomialError))}"),
                LegendEntry.Line("fit", $"a·e^{{b {symbol}}}: predicts to a factor {ReadableNumber.Of(Math.Exp(fit.ExponentialError))}"),
                LegendEntry.Ring with { Text = "dearest operation" },
            ],
            "Every mark is one trial. A polynomial becomes a straight line towards the right, an exponential bends upwards for ever. "
            + $"Small panels: the slope between neighbouring values, with the degree {cost.Degree} as a line, and the time of a multiply-add.");
    }

    private static Html Slopes(CostFit fit, string symbol, int degree)
    {
        var slopes = fit.LocalSlopes;
        var panel = new Panel(
            Axis.Logarithmic(symbol, fit.Rungs.Select(r => r.X)), Axis.Linear("local slope", slopes.Select(s => s.Slope).Append(degree).Append(0)), PanelSize.Small);
        panel.Level("bound", degree);
        panel.Dots(MarkerKind.HeldOut, slopes);
        return panel.ToSvg($"Slope between neighbouring values of {symbol}, against the degree {degree}");
    }

    private static Html Prices(PlottedTrial[] trials, string symbol)
    {
        var prices = trials.Select(t => (X: t.Trial.Variables[symbol], Price: t.Trial.Value.Midpoint / t.Trial.Bound.Midpoint, t.Kind)).ToArray();
        var panel = new Panel(Axis.Logarithmic(symbol, prices.Select(p => p.X)), Axis.Logarithmic("seconds / multiply-add", prices.Select(p => p.Price)), PanelSize.Small);
        foreach (var kind in prices.GroupBy(p => p.Kind))
        {
            panel.Dots(kind.Key, kind.Select(p => (p.X, p.Price)));
        }

        return panel.ToSvg($"Time of a multiply-add against {symbol}");
    }

    private static IEnumerable<(double X, double Y)> Curve(Axis x, Func<double, double> law) =>
        Enumerable.Range(0, CurvePoints + 1).Select(i => x.From * Math.Pow(x.To / x.From, (double)i / CurvePoints)).Select(at => (at, law(at)));
}
