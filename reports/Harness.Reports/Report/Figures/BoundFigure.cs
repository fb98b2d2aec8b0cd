namespace Harness.Reports.Report.Figures;

/// <summary>
/// Observed quantity against its bound, every trial one mark: the bound is a diagonal and the forbidden side of it is shaded. With a hidden constant the
/// diagonal is C·S.
/// </summary>
internal static class BoundFigure
{
    /// <summary>Draws the figure of an inequality or of a hidden constant.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        var constants = HeldConstant.Of(page);
        var (hasConstant, factor) = (!constants.IsEmpty, constants.IsEmpty ? 1 : constants[0].Value);
        var bounds = trials.Select(t => t.Trial.Bound.Midpoint).ToArray();
        var values = trials.Select(t => t.Trial.Value.Midpoint).ToArray();

        // Zeros have a place at the edge of logarithmic axes; negative numbers want linear ones.
        var isLinear = bounds.Concat(values).Any(v => v < 0);
        Func<string, IEnumerable<double>, Axis> axis = isLinear ? Axis.Linear : Axis.Logarithmic;
        var panel = new Panel(axis(claim.Against, bounds), axis(claim.Quantity, values.Concat(isLinear ? bounds : bounds.Select(b => factor * b))), PanelSize.Large);
        var side = ProcedureReading.Of(claim.Procedure).Forbidden;
        DrawBound(panel, factor, side);
        foreach (var other in constants.Skip(1))
        {
            panel.Line(other.Style, [(panel.X.From, other.Value * panel.X.From), (panel.X.To, other.Value * panel.X.To)]);
        }

        foreach (var (trial, kind, isClosest) in trials)
        {
            panel.Point(kind, trial.Bound.Midpoint, trial.Value.Midpoint, new PlottedTrial(trial, kind, isClosest).InWords);
            if (isClosest)
            {
                panel.Ring(trial.Bound.Midpoint, trial.Value.Midpoint);
            }
        }

        return new(
            panel.ToSvg($"{claim.Quantity} against {claim.Against}, {ReadableNumber.Count(trials.Length, "trial")}"),
            [.. RatioPanels.Draw(page, trials)],
            [
                .. PlottedTrial.Legend(trials, hasConstant ? "held out" : "trial"),
                .. hasConstant ? constants.Select(c => c.Legend($"{c.Estimate.Name} · {claim.Against}")) : [LegendEntry.Line("bound", claim.Against)],
                .. side == ForbiddenSide.Both ? [] : new[] { LegendEntry.Region("forbidden", "where the claim would fail") }, LegendEntry.Ring,
            ],
            $"Every mark is one trial: {claim.Quantity} as observed, against {(hasConstant ? "the scale of the bound" : "its bound")} {claim.Against}.{AtTheEdge(panel, trials)}");
    }

    private static void DrawBound(Panel panel, double factor, ForbiddenSide side)
    {
        var (x, y) = (panel.X, panel.Y);
        (double, double)[] line = [(x.From, factor * x.From), (x.To, factor * x.To)];
        if (side != ForbiddenSide.Both)
        {
            var edge = side == ForbiddenSide.Above ? double.MaxValue : y.IsLogarithmic ? 0 : double.MinValue;
            panel.Region("forbidden", [.. line, (x.To, edge), (x.From, edge)]);
        }

        panel.Line("bound", line);
    }

    private static string AtTheEdge(Panel panel, IReadOnlyCollection<PlottedTrial> trials)
    {
        var outside = trials.Count(t => !panel.Y.Shows(t.Trial.Value.Midpoint) || !panel.X.Shows(t.Trial.Bound.Midpoint));
        return outside == 0 ? "" : $" {ReadableNumber.Count(outside, "mark")} with a value of zero, or with none, {(outside == 1 ? "stands" : "stand")} at the edge.";
    }
}
