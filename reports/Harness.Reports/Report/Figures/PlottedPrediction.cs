using System.Collections.Immutable;

namespace Harness.Reports.Report.Figures;

/// <summary>Numbers beside their predictions, as one of several series in a panel: marks for what was measured, a line through what is predicted. Nothing of the line is fitted to the marks.</summary>
/// <param name="Style">How it looks.</param>
/// <param name="Name">What it is, for the values of its marks.</param>
/// <param name="Meaning">What it is, for the legend.</param>
/// <param name="Points">From left to right.</param>
internal sealed record PlottedPrediction(SeriesStyle Style, string Name, string Meaning, ImmutableArray<(double X, double Measured, double Predicted)> Points)
{
    /// <summary>A panel of such series; null where there is no number.</summary>
    /// <param name="series">At most four.</param>
    /// <param name="across">The axis of what the numbers depend on.</param>
    /// <param name="quantity">What the numbers are, in symbols.</param>
    /// <param name="caption">What is seen, in words.</param>
    public static PanelView? View(ImmutableArray<PlottedPrediction> series, Func<IEnumerable<double>, Axis> across, string quantity, string caption) => series.All(s => s.Points.IsEmpty) ? null : new(
        size =>
        {
            var all = series.SelectMany(s => s.Points).ToArray();
            var panel = new Panel(across(all.Select(p => p.X)), Axis.Logarithmic(quantity, all.SelectMany(p => new[] { p.Measured, p.Predicted })), size);
            foreach (var one in series)
            {
                panel.Line(SeriesMark.Line(one.Style), one.Points.Select(p => (p.X, p.Predicted)));
            }

            foreach (var one in series)
            {
                foreach (var (x, measured, predicted) in one.Points)
                {
                    panel.Mark(one.Style, x, measured, $"{one.Name} · {panel.X.Label} = {ReadableNumber.Of(x)} · measured {ReadableNumber.Of(measured)} · predicted {ReadableNumber.Of(predicted)}");
                }
            }

            return panel.ToSvg($"{quantity} against {panel.X.Label}, measured and predicted: {string.Join("; ", series.Select(s => s.Meaning))}");
        },
        [.. series.Select(s => SeriesMark.Legend(s.Style, s.Meaning))],
        caption);
}
