namespace Harness.Reports.Report.Figures;

/// <summary>An identity: the residual of every trial in units of the radius that rounding alone can explain. Below one the identity stands.</summary>
internal static class ResidualFigure
{
    /// <summary>Draws the figure.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var (claim, trials) = (page.Claim, PlottedTrial.Of(page));
        var relative = trials.Select(t => Closeness.RelativeResidual(t.Trial)).ToArray();
        var symbol = RatioPanels.VaryingVariables(claim, trials).FirstOrDefault();
        var places = trials.Select((t, i) => symbol is not null && t.Trial.Variables.TryGet(symbol, out var value) ? value : i + 1).ToArray();
        var panel = new Panel(Axis.Suited(symbol ?? "trial", places), Axis.Logarithmic("|residual| / radius", relative.Concat([1, 0.01])), PanelSize.Large);
        panel.Region("forbidden", [(panel.X.From, 1), (panel.X.To, 1), (panel.X.To, double.MaxValue), (panel.X.From, double.MaxValue)]);
        panel.Level("bound", 1);
        for (var i = 0; i < trials.Length; i++)
        {
            panel.Point(trials[i].Kind, places[i], relative[i], trials[i].InWords);
            if (trials[i].IsClosest)
            {
                panel.Ring(places[i], relative[i]);
            }
        }

        var zeros = relative.Count(r => r == 0);
        var untracked = relative.Count(double.IsNaN);
        var atTheEdge = (zeros, untracked) switch
        {
            (0, 0) => "",
            (_, 0) => $" {ReadableNumber.Count(zeros, "residual")} of exactly zero {(zeros == 1 ? "stands" : "stand")} at the lower edge.",
            _ => $" {ReadableNumber.Count(untracked, "trial")} without a tracked radius and {ReadableNumber.Count(zeros, "residual")} of exactly zero stand at the lower edge.",
        };
        return new(
            panel.ToSvg($"Residual in units of its rounding radius, {ReadableNumber.Count(trials.Length, "trial")}"),
            [],
            [.. PlottedTrial.Legend(trials), LegendEntry.Line("bound", "the radius that rounding explains"), LegendEntry.Region("forbidden", "where the claim would fail"), LegendEntry.Ring],
            $"Every mark is one trial: the residual of {claim.Quantity} in units of the radius that the rounding of its computation can explain.{atTheEdge}");
    }
}
