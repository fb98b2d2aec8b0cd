using Harness.Reports.Diagnoses;

namespace Harness.Reports.Report.Figures;

/// <summary>The loss of a run beside the two predictions of it; distance from the start and from the linearised network in small panels.</summary>
internal static class DescentFigure
{
    /// <summary>Draws the figure.</summary>
    public static Figure Draw(DescentDiagnosis descent)
    {
        var start = descent.InitialLoss;
        var measured = Points(descent, point => point.Loss / start);
        var linearised = Points(descent, point => point.LossLinearised / start);
        var limiting = Points(descent, point => (point.LossInfiniteWidth ?? double.NaN) / start);
        var panel = new Panel(
            Axis.Logarithmic("t + 1", measured.Select(p => p.X)), Axis.Logarithmic("F(t)/F(0)", [descent.Accuracy, .. measured.Concat(linearised).Concat(limiting).Select(p => p.Y)]), PanelSize.Large);
        panel.Level("required", descent.Accuracy);
        panel.Line("required dotted", limiting);
        panel.Line("fit", linearised);
        panel.Curve("trajectory closest held-out", measured, $"measured: {ReadableNumber.Of(measured[^1].Y)} of the initial loss after {ReadableNumber.Count(descent.Curve[^1].Step, "step")}");
        return new(
            panel.ToSvg($"Loss over {ReadableNumber.Count(descent.Steps, "step")} of gradient descent, measured and predicted"),
            [Small("‖W(t) − W(0)‖_F", "Distance from the initial weights over steps", Points(descent, p => p.Movement)), Small("distance from linearised", "Distance from the linearised network's outputs over steps", Points(descent, p => p.LinearisationError))],
            [
                LegendEntry.Line("trajectory closest held-out", "measured"),
                LegendEntry.Line("fit", "the network linearised at its initial weights"),
                LegendEntry.Line("required dotted", "m → ∞, from the same start"),
                LegendEntry.Line("required", "ε"),
            ],
            "The loss of the run, relative to its start, and what the two kernels predict for it before the first step. Small panels: how far the weights have moved, and how far the outputs are from those of the linearised network, relative to the first residual.");
    }

    private static Html Small(string label, string inWords, (double X, double Y)[] points)
    {
        // At t = 0 both are zero, or rounding, and have no place on a logarithmic axis.
        (double X, double Y)[] positive = [.. points.Where(p => p.X > 1 && p.Y > 0)];
        var panel = new Panel(Axis.Logarithmic("t + 1", points.Select(p => p.X)), Axis.Logarithmic(label, positive.Select(p => p.Y)), PanelSize.Small);
        panel.Curve("trajectory closest held-out", positive, inWords);
        return panel.ToSvg(inWords);
    }

    private static (double X, double Y)[] Points(DescentDiagnosis descent, Func<CurvePoint, double> value) =>
        [.. descent.Curve.Select(point => (X: point.Step + 1.0, Y: value(point))).Where(p => double.IsFinite(p.Y))];
}
