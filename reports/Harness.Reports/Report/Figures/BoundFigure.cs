using Harness.Claims;

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
        var constant = HiddenConstantOf(page);
        var factor = constant?.Value ?? 1;
        var bounds = trials.Select(t => t.Trial.Bound.Midpoint).ToArray();
        var values = trials.Select(t => t.Trial.Value.Midpoint).ToArray();

        // Zeros have a place at the edge of logarithmic axes; negative numbers want linear ones.
        var isLinear = bounds.Concat(values).Any(v => v < 0);
        Func<string, IEnumerable<double>, Axis> axis = isLinear ? Axis.Linear : Axis.Logarithmic;
        var panel = new Panel(axis(claim.Against, bounds), axis(claim.Quantity, values.Concat(isLinear ? bounds : bounds.Select(b => factor * b))), PanelSize.Large);
        var side = ProcedureReading.Of(claim.Procedure).Forbidden;
        DrawBound(panel, factor, side);
        foreach (var (trial, kind, isClosest) in trials)
        {
            panel.Point(kind, trial.Bound.Midpoint, trial.Value.Midpoint, new PlottedTrial(trial, kind, isClosest).InWords);
            if (isClosest)
            {
                panel.Ring(trial.Bound.Midpoint, trial.Value.Midpoint);
            }
        }

        var line = constant is null ? claim.Against : $"{constant.Name} · {claim.Against} with {constant.Name} = {ReadableNumber.Of(factor)}";
        return new(
            panel.ToSvg($"{claim.Quantity} against {claim.Against}, {ReadableNumber.Count(trials.Length, "trial")}"),
            [.. RatioPanels.Draw(page, trials, factor)],
            [
                .. PlottedTrial.Legend(trials, constant is null ? "trial" : "held out"), LegendEntry.Line("bound", line),
                .. side == ForbiddenSide.Both ? [] : new[] { LegendEntry.Region("forbidden", "where the claim would fail") }, LegendEntry.Ring,
            ],
            $"Every mark is one trial: {claim.Quantity} as observed, against {(constant is null ? "its bound" : "the scale of the bound")} {claim.Against}.{AtTheEdge(panel, trials)}");
    }

    /// <summary>The constant that was fitted on generated instances: C of an upper bound, c of a lower one.</summary>
    internal static Estimate? HiddenConstantOf(ClaimPage page) =>
        page.Outcome.Findings.SelectMany(f => f.Decision.Estimates).FirstOrDefault(e => e.Name is "C" or "c" && double.IsFinite(e.Value) && e.Value != 0);

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
