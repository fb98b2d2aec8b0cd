namespace Harness.Reports.Report.Figures;

/// <summary>A bound with explicit constants along a ladder of one variable: the observed curve, and the curve of the bound with its forbidden side shaded.</summary>
internal static class CurveFigure
{
    /// <summary>Draws the figure.</summary>
    /// <param name="page">The claim.</param>
    /// <param name="symbol">The ladder's variable.</param>
    public static Figure Draw(ClaimPage page, string symbol)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        var steps = trials.Select(t => (X: t.Trial.Variables[symbol], Bound: t.Trial.Bound.Midpoint)).GroupBy(t => t.X).OrderBy(g => g.Key).Select(g => (g.Key, g.Average(t => t.Bound))).ToArray();
        var panel = new Panel(
            Axis.Suited(symbol, [.. steps.Select(s => s.Key)]), Axis.Suited(claim.Quantity, [.. trials.SelectMany(t => new[] { t.Trial.Value.Midpoint, t.Trial.Bound.Midpoint })]), PanelSize.Large);
        var side = ProcedureReading.Of(claim.Procedure).Forbidden;
        if (side != ForbiddenSide.Both)
        {
            var edge = side == ForbiddenSide.Above ? panel.Y.To : panel.Y.From;
            panel.Region("forbidden", [.. steps, (steps[^1].Key, edge), (steps[0].Key, edge)]);
        }

        panel.Line("bound", steps);
        foreach (var t in trials)
        {
            panel.Point(t.Kind, t.Trial.Variables[symbol], t.Trial.Value.Midpoint, t.InWords);
            if (t.IsClosest)
            {
                panel.Ring(t.Trial.Variables[symbol], t.Trial.Value.Midpoint);
            }
        }

        return new(
            panel.ToSvg($"{claim.Quantity} and {claim.Against} against {symbol}, {ReadableNumber.Count(trials.Length, "trial")}"),
            [],
            [
                .. PlottedTrial.Legend(trials), LegendEntry.Line("bound", claim.Against),
                .. side == ForbiddenSide.Both ? [] : new[] { LegendEntry.Region("forbidden", "where the claim would fail") }, LegendEntry.Ring,
            ],
            $"Every mark is one trial: {claim.Quantity} against {symbol}, with its bound {claim.Against} as a line.");
    }
}
