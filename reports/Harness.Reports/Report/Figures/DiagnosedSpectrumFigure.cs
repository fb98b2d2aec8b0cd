using System.Globalization;
using Harness.Reports.Diagnoses;

namespace Harness.Reports.Report.Figures;

/// <summary>The eigenvalues of a network's tangent kernel from the largest down, over those of infinite width.</summary>
internal static class DiagnosedSpectrumFigure
{
    /// <summary>Draws the figure.</summary>
    public static Figure Draw(Diagnosis diagnosis)
    {
        var (limit, finite, outputs) = (diagnosis.InfiniteWidth, diagnosis.FiniteWidth, diagnosis.Network.Outputs);

        // In the limit every output has the same kernel, so each eigenvalue stands for as many of the network's as there are outputs.
        var line = limit.Eigenvalues.SelectMany((value, k) => new[] { ((k * outputs) + 1.0, value), ((k + 1.0) * outputs, value) }).Where(p => p.value > 0).ToArray();
        var marks = finite.Eigenvalues.Select((value, k) => (X: k + 1.0, Y: value)).Where(p => p.Y > 0).ToArray();
        var panel = new Panel(
            Axis.Logarithmic("k", [1, finite.Order]), Axis.Logarithmic("λ_k, in units of m/2d", [.. line.Select(p => p.value), .. marks.Select(p => p.Y)]), PanelSize.Large);
        panel.Dots(MarkerKind.HeldOut, marks);
        panel.Line("bound", line);
        List<LegendEntry> legend = [LegendEntry.Of(MarkerKind.HeldOut, $"m = {diagnosis.Network.Width.ToString(CultureInfo.InvariantCulture)}"), LegendEntry.Line("bound", "m → ∞")];
        if (finite.IsPositive)
        {
            panel.Level("fit", finite.SmallestAtLeast!.Value);
            legend.Add(LegendEntry.Line("fit", "proved: none lies below, m as given"));
        }

        var missing = finite.Order - marks.Length;
        return new(
            panel.ToSvg($"Eigenvalues of the tangent kernel against their number, of the network and in the limit of infinite width; the largest is {ReadableNumber.Of(finite.Largest)}, the smallest {ReadableNumber.Of(finite.Smallest)}"),
            [],
            [.. legend],
            $"Eigenvalues by size. A direction of the labels with eigenvalue λ is learnt at a rate of ηλ a step.{(missing > 0 ? $" {ReadableNumber.Count(missing, "eigenvalue")} of the network's kernel came out as zero or below, within rounding, and cannot be drawn." : "")}");
    }
}
