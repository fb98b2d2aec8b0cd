using Harness.Reports.Diagnoses;

namespace Harness.Reports.Report.Figures;

/// <summary>The energy of the labels that the leading eigendirections leave out, against how many there are.</summary>
internal static class LabelEnergyFigure
{
    /// <summary>Less than this of the energy is nothing that a reader would look for.</summary>
    private const double Least = 1e-4;

    /// <summary>Draws the figure.</summary>
    public static Figure Draw(LabelDiagnosis labels)
    {
        var n = labels.Energies.Length;
        var (own, best) = (LeftOut(labels.Energies), LeftOut(labels.Energies.OrderDescending()));
        var unrelated = Enumerable.Range(0, n).Select(k => (X: k + 1.0, Y: 1 - (k / (double)n))).ToArray();
        var panel = new Panel(
            Axis.Logarithmic("k", [1, n]), Axis.Logarithmic("energy of the labels beyond the first k − 1 directions", [1, .. own.Select(p => Math.Max(p.Y, Least))]), PanelSize.Large);
        panel.Line("required dotted", unrelated);
        panel.Line("fit", best);
        panel.Line("bound", own);
        panel.Dots(MarkerKind.HeldOut, labels.Energies.Select((energy, k) => (X: k + 1.0, Y: energy)).Where(p => p.Y >= Least));
        return new(
            panel.ToSvg($"Energy of the labels over the {ReadableNumber.Count(n, "eigendirection")} of the limit kernel"),
            [],
            [
                LegendEntry.Of(MarkerKind.HeldOut, "energy of direction k"),
                LegendEntry.Line("bound", "energy of direction k and all slower ones"),
                LegendEntry.Line("fit", "in the best order of directions"),
                LegendEntry.Line("required dotted", "of labels unrelated to the inputs"),
            ],
            "How much of the labels lies in the directions that the kernel learns late. The lower the line, the fewer steps gradient descent needs, and the less noise it fits.");
    }

    private static (double X, double Y)[] LeftOut(IEnumerable<double> energies)
    {
        var left = 1.0;
        List<(double X, double Y)> points = [];
        foreach (var energy in energies)
        {
            points.Add((points.Count + 1.0, left));
            left -= energy;
        }

        return [.. points.Where(p => p.Y > 0)];
    }
}
