using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Transfer;
using Harness.Core.Transfer;

namespace Harness.Reports.Report.Figures;

/// <summary>Every estimator of the library against the lower bound B(u) of two points.</summary>
internal static class TwoPointFigure
{
    private const string Size = "n₁/n₀";

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [.. TwoPointBound.Claims];

    /// <summary>Draws the figure; null where none of its claims was run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        (string Name, Cell[] Cells)[] estimators = [.. TransferEstimators.All.Select(e => (e.Name, Cells(model.Generated($"{Prefix}{e.Name}")))).Where(e => e.Item2.Length > 0)];
        if (estimators.Length == 0)
        {
            return null;
        }

        Cell[] all = [.. estimators.SelectMany(e => e.Cells)];
        var (from, to) = (all.Min(c => c.Distance), all.Max(c => c.Distance));
        (double X, double Y)[] bound = [.. Enumerable.Range(0, 41).Select(i => from + ((to - from) * i / 40)).Select(u => (u, TwoPointRisk.At(u).Midpoint))];
        var panel = new Panel(Axis.Linear("u", all.Select(c => c.Distance)), Axis.Logarithmic("n_0 · ½(R_A + R_B)", all.Select(c => c.Risk.Mean).Concat(bound.Select(p => p.Y))), PanelSize.Large);
        panel.Region("forbidden", [.. bound, (to, double.Epsilon), (from, double.Epsilon)]);
        panel.Line("bound", bound);
        foreach (var (name, cells) in estimators)
        {
            foreach (var c in cells)
            {
                panel.Point(MarkerKind.HeldOut, c.Distance, c.Risk.Mean, $"{name} · {c.InWords}");
            }
        }

        return new(
            panel.ToSvg("Mean risk of every estimator at two configurations against their distance, and the bound"),
            [.. estimators.Select(e => Ratios(e.Name, e.Cells))],
            [LegendEntry.Of(MarkerKind.HeldOut, "an estimator in a cell, mean over its trials"), LegendEntry.Line("bound", "B(u), the least there is"), LegendEntry.Region("forbidden", "out of reach")],
            "Two sources at distance u/√n_0 and the target at either of them: the mean of the two risks, in units of 1/n_0, of every estimator of the library. Point at a mark to see which. Small panels: each estimator’s risk over the bound, against the size of the first source; 1 is the bound.");
    }

    private static string Prefix { get; } = TwoPointBound.Of(TransferEstimators.All[0]).Id[..^TransferEstimators.All[0].Name.Length];

    private static Cell[] Cells(IEnumerable<Observation> trials) => [.. trials.GroupBy(t => t.Cell).OrderBy(g => g.Key).Select(g => new Cell(g.First(), SeriesMean.Of([.. g.Select(t => t.Value.Midpoint)])))];

    private static Html Ratios(string name, Cell[] cells)
    {
        var panel = new Panel(Axis.Logarithmic(Size, cells.Select(c => c.Size)), Axis.Logarithmic(name, cells.Select(c => c.Ratio).Append(1)), PanelSize.Small);
        panel.Level("bound", 1);
        foreach (var c in cells)
        {
            panel.Point(MarkerKind.HeldOut, c.Size, c.Ratio, $"{c.InWords}, {ReadableNumber.Of(c.Ratio)} times the bound");
        }

        return panel.ToSvg($"{name}: risk over the bound against the size of the first source");
    }

    /// <summary>An estimator in a cell.</summary>
    private readonly record struct Cell(Observation First, SeriesMean Risk)
    {
        public double Distance => First.Variables["u"];

        public double Size => First.Variables[TwoPointFigure.Size];

        public double Ratio => Risk.Mean / First.Bound.Midpoint;

        public string InWords => $"u = {ReadableNumber.Of(Distance)}, n₁ = {ReadableNumber.Of(Size)} n₀, n₂ = {ReadableNumber.Of(First.Variables["n₂/n₁"])} n₁: {Risk} (bound {ReadableNumber.Of(First.Bound.Midpoint)})";
    }
}
