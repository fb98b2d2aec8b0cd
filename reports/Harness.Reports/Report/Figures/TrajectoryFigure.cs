using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// Linear convergence: every trial is a curve of F(t)/F(0) on the theorem's own clock, which is t times the scale of the rate, so that one envelope
/// e^{−c·S·t} is guaranteed to all of them.
/// </summary>
/// <remarks>
/// A contraction of at least c·S in each step gives F(t) ≤ (1 − c·S)ᵗ F(0) ≤ e^{−c·S·t} F(0). A series holds losses at evenly spaced steps from 0 to the
/// trial's variable T, or at every step where there is no T.
/// </remarks>
internal static class TrajectoryFigure
{
    /// <summary>Draws the figure; a claim on rates that kept no series is drawn as a bound.</summary>
    public static Figure Draw(ClaimPage page)
    {
        var all = PlottedTrial.Of(page);
        var trials = all.Where(t => t.Trial.Series.Length > 1 && t.Trial.Series[0] > 0).ToArray();
        if (trials.Length == 0)
        {
            return BoundFigure.Draw(page);
        }

        var (claim, constants) = (page.Claim, HeldConstant.Of(page));
        var curves = trials.Select(t => Curve(t.Trial)).ToArray();
        var panel = new Panel(
            Axis.Linear($"t · {claim.Against}", curves.SelectMany(c => c).Select(p => p.X)),
            Axis.Logarithmic("F(t) / F(0)", curves.SelectMany(c => c).Select(p => p.Y)),
            PanelSize.Large);
        foreach (var constant in constants)
        {
            (double, double)[] envelope = [(0, 1), (panel.X.To, Math.Exp(-constant.Value * panel.X.To))];
            if (constant == constants[0])
            {
                panel.Region("forbidden", [.. envelope, (panel.X.To, double.MaxValue), (0, double.MaxValue)]);
            }

            panel.Line(constant.Style, envelope);
        }

        for (var i = 0; i < trials.Length; i++)
        {
            panel.Curve($"trajectory {Marker.Class(trials[i].Kind)}{(trials[i].IsClosest ? " closest" : "")}", curves[i], trials[i].InWords);
        }

        return new(
            panel.ToSvg($"Loss relative to its start over rescaled time, {ReadableNumber.Count(trials.Length, "trajectory", "trajectories")}"),
            [.. RatioPanels.Draw(page, all)],
            [
                .. trials.Select(t => t.Kind).Distinct().Order().Select(kind => LegendEntry.Line($"trajectory closest {Marker.Class(kind)}", kind switch
                {
                    MarkerKind.Calibration => "calibrates the constant",
                    MarkerKind.Data => "on real data",
                    _ => "held out",
                })),
                .. constants.Select(c => c.Legend($"guaranteed: e^{{−{c.Estimate.Name} · t · scale}}")),
                .. constants.IsEmpty ? [] : new[] { LegendEntry.Region("forbidden", "where the claim would fail") },
            ],
            $"Every curve is one trial: the loss relative to its start, over the number of steps times the scale {claim.Against}, on which the guarantee is one line for all. The bold curve of each kind contracts least.");
    }

    private static (double X, double Y)[] Curve(Observation o)
    {
        var (series, scale) = (o.Series, o.Bound.Midpoint);
        var stride = o.Variables.TryGet("T", out var steps) ? steps / (series.Length - 1) : 1;
        return [.. series.Select((loss, i) => (i * stride * scale, loss / series[0]))];
    }
}
