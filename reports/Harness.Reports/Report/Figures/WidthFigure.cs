using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue;

namespace Harness.Reports.Report.Figures;

/// <summary>The phase diagram: smallest widths at which gradient descent fits all samples, against n, and against L and δ beside it, under the widths that the literature asks for.</summary>
internal static class WidthFigure
{
    /// <summary>The requirements that are drawn: as many as a reader can tell apart, from the strongest to the weakest.</summary>
    private static readonly ImmutableArray<(RequiredWidth Required, string Style)> Drawn =
        [.. RequiredWidths.All.Where(r => r.Paper.Key is "azls" or "zg" or "dzps" or "os").Zip(["bound", "fit", "required dotted", "required"])];

    /// <summary>Draws the figure of the claim on widths.</summary>
    /// <param name="trials">Its observations.</param>
    /// <param name="mildest">The smallest L and the largest δ that were tried: the requirements are drawn there.</param>
    public static Figure Draw(ImmutableArray<PlottedTrial> trials, Variables mildest)
    {
        var n = trials.Select(t => t.Trial.Variables.n).ToArray();
        var lines = Drawn.Select(d => (d.Required, d.Style, Points: Points(d.Required, n.Min(), n.Max(), mildest))).ToArray();
        var panel = new Panel(
            Axis.Logarithmic("n", n),
            Axis.Logarithmic("width m", trials.Select(t => t.Trial.Value.Midpoint).Concat(lines.SelectMany(l => l.Points).Select(p => p.Y))), PanelSize.Large);
        foreach (var line in lines)
        {
            panel.Line(line.Style, line.Points);
        }

        foreach (var t in trials)
        {
            panel.Point(MarkerKind.HeldOut, t.Trial.Variables.n, t.Trial.Value.Midpoint, $"{t.InWords} · Theorem 1 asks for {ReadableNumber.Of(RequiredWidths.GradientDescent.Width!(t.Trial.Variables))}");
        }

        return new(
            panel.ToSvg($"Smallest sufficient width against n, {ReadableNumber.Count(trials.Length, "trial")}, and the widths that theorems ask for"),
            [.. new[] { "n", "L", "δ" }.Select(symbol => Beside(symbol, trials))],
            [LegendEntry.Of(MarkerKind.HeldOut, "smallest width that fitted all samples"), .. lines.Select(l => LegendEntry.Line(l.Style, $"{l.Required.Paper.Authors}: {l.Required.Formula}"))],
            $"Every mark is one trial: the smallest width tried at which gradient descent brought the loss to a hundredth of its start. Lines: what theorems ask for with every hidden constant set to 1, at L = {ReadableNumber.Of(mildest.L)} and δ = {ReadableNumber.Of(mildest.δ)}, the mildest that were tried. "
            + "Small panels: the same marks on their own scale.");
    }

    private static (double X, double Y)[] Points(RequiredWidth required, double from, double to, Variables mildest) =>
        [.. Enumerable.Range(0, 21).Select(i => from * Math.Pow(to / from, i / 20.0)).Select(n => (n, required.Width!(mildest.With("n", n))))];

    private static Html Beside(string symbol, ImmutableArray<PlottedTrial> trials)
    {
        var panel = new Panel(
            Axis.Logarithmic(symbol, trials.Select(t => t.Trial.Variables[symbol])), Axis.Logarithmic("smallest m", trials.Select(t => t.Trial.Value.Midpoint)), PanelSize.Small);
        panel.Dots(MarkerKind.HeldOut, trials.Select(t => (t.Trial.Variables[symbol], t.Trial.Value.Midpoint)));
        return panel.ToSvg($"Smallest sufficient width against {symbol}");
    }
}
