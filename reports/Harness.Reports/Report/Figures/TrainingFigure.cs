using Harness.Claims.Instances;

namespace Harness.Reports.Report.Figures;

/// <summary>Training to the last sample: misclassified samples over the steps, and the loss beside it, every trial a curve (<see cref="TrainingCurve"/>).</summary>
internal static class TrainingFigure
{
    /// <summary>Draws the figure, or returns null where no trial kept a curve.</summary>
    public static Figure? Draw(ClaimPage page)
    {
        var trials = PlottedTrial.Of(page).Select(t => (Trial: t, Points: TrainingCurve.Of(t.Trial)?.Points.ToArray() ?? [])).Where(t => t.Points.Length > 0).ToArray();
        if (trials.Length == 0)
        {
            return null;
        }

        // Step 0 and no misclassified sample have no place on logarithmic axes: the first is left out, the second stands at ½, below the smallest number there is.
        var wrong = Panel("misclassified samples", PanelSize.Large, [.. trials.Select(t => Curve(t.Points, p => Math.Max(p.Wrong, 0.5)))]);
        var loss = Panel("F(t) / n", PanelSize.Small, [.. trials.Select(t => Curve(t.Points, p => p.Loss / t.Trial.Trial.Variables.n))]);
        return new(
            wrong.ToSvg($"Misclassified samples over steps, {ReadableNumber.Count(trials.Length, "trajectory", "trajectories")}"),
            [loss.ToSvg("Loss of a sample over steps")],
            [
                .. trials.Select(t => t.Trial.Kind).Distinct().Order().Select(kind => LegendEntry.Line(
                    $"trajectory closest {Marker.Class(kind)}", kind == MarkerKind.Data ? "on real data" : "drawn")),
            ],
            "Every curve is one run: samples that single precision classifies wrongly, and beside it the loss a sample, over the steps. A curve that ends at the bottom has none left; that count is certified. A run in minibatches is looked at once in as many steps as go through all samples.");

        Panel Panel(string label, PanelSize size, (double X, double Y)[][] curves)
        {
            var panel = new Panel(Axis.Logarithmic("t", curves.SelectMany(c => c).Select(p => p.X)), Axis.Logarithmic(label, curves.SelectMany(c => c).Select(p => p.Y)), size);
            for (var i = 0; i < curves.Length; i++)
            {
                panel.Curve($"trajectory {Marker.Class(trials[i].Trial.Kind)}{(trials[i].Trial.Kind == MarkerKind.Data ? " closest" : "")}", curves[i], trials[i].Trial.InWords);
            }

            return panel;
        }
    }

    private static (double X, double Y)[] Curve((double Step, double Loss, double Wrong)[] points, Func<(double Step, double Loss, double Wrong), double> value) =>
        [.. points.Where(p => p.Step > 0 && double.IsFinite(p.Loss)).Select(p => (p.Step, value(p)))];
}
