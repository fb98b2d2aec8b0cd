using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// Statements about averages, one mark a cell: failure rates against the probability that is permitted, and means against their exact value, with the
/// spread that the number of trials leaves.
/// </summary>
internal static class CellFigure
{
    /// <summary>The trials of one cell of one sample.</summary>
    private sealed record CellOfTrials(MarkerKind Kind, int Index, Observation[] Trials)
    {
        public double Mean => Trials.Average(o => o.Value.Midpoint);

        public double Bound => Trials.Average(o => o.Bound.Midpoint);

        /// <summary>Twice the standard error of the mean; zero for a single trial, which shows no spread.</summary>
        public double Spread => Trials.Length < 2 ? 0 : 2 * Math.Sqrt(Trials.Sum(o => Math.Pow(o.Value.Midpoint - Mean, 2)) / (Trials.Length - 1.0) / Trials.Length);

        public string InWords =>
            FormattableString.Invariant($"cell {Index}: {string.Join(", ", Trials[0].Variables.Select(v => $"{v.Key} = {ReadableNumber.Of(v.Value)}"))} · {ReadableNumber.Count(Trials.Length, "trial")}, mean {ReadableNumber.Of(Mean)} against {ReadableNumber.Of(Bound)}");
    }

    /// <summary>Failure rate of every cell against the permitted probability, with Wilson's 95 % interval.</summary>
    /// <remarks>The interval is for the eye. The decision rests on an anytime-valid confidence sequence at the level of the run.</remarks>
    public static Figure DrawFrequencies(ClaimPage page)
    {
        var cells = Cells(page);
        var intervals = cells.Select(c => Wilson(c.Mean, c.Trials.Length)).ToArray();
        var panel = new Panel(
            Axis.Linear("cell", cells.Select((_, i) => (double)i)), Axis.Linear("failure rate", intervals.SelectMany(i => new[] { i.Lower, i.Upper }).Concat(cells.Select(c => c.Bound)).Append(0)), PanelSize.Large);
        for (var i = 0; i < cells.Length; i++)
        {
            panel.Target(i, cells[i].Bound);
            panel.Interval(cells[i].Kind, i, intervals[i].Lower, intervals[i].Upper);
            panel.Point(cells[i].Kind, i, cells[i].Mean, cells[i].InWords);
        }

        return new(
            panel.ToSvg($"Failure rate by cell, {ReadableNumber.Count(cells.Length, "cell")}"),
            [],
            [.. Legend(cells, "failure rate of a cell"), LegendEntry.Line("bound", $"permitted: {page.Claim.Against}")],
            "Every mark is one cell: the share of its trials that failed, with a 95 % interval (Wilson) for the eye. What decides is an anytime-valid confidence sequence at the level of the run.");
    }

    /// <summary>Mean of every cell relative to its exact value, with twice its standard error.</summary>
    public static Figure DrawMeans(ClaimPage page)
    {
        var cells = Cells(page);
        var isRatio = cells.All(c => c.Bound != 0);
        (double Mean, double Spread)[] means = [.. cells.Select(c => isRatio ? (c.Mean / c.Bound, c.Spread / Math.Abs(c.Bound)) : (c.Mean - c.Bound, c.Spread))];
        var panel = new Panel(
            Axis.Linear("cell", cells.Select((_, i) => (double)i)),
            Axis.Linear(isRatio ? "mean / exact value" : "mean − exact value", means.SelectMany(m => new[] { m.Mean - m.Spread, m.Mean + m.Spread }).Append(isRatio ? 1 : 0)),
            PanelSize.Large);
        panel.Level("bound", isRatio ? 1 : 0);
        for (var i = 0; i < cells.Length; i++)
        {
            panel.Interval(cells[i].Kind, i, means[i].Mean - means[i].Spread, means[i].Mean + means[i].Spread);
            panel.Point(cells[i].Kind, i, means[i].Mean, cells[i].InWords);
        }

        return new(
            panel.ToSvg($"Mean relative to the exact value by cell, {ReadableNumber.Count(cells.Length, "cell")}"),
            [],
            [.. Legend(cells, "mean of a cell"), LegendEntry.Line("bound", $"exact: {page.Claim.Against}")],
            $"Every mark is one cell: the mean of {page.Claim.Quantity} over its trials, relative to its exact value, with two standard errors either way.");
    }

    private static CellOfTrials[] Cells(ClaimPage page) => [.. page.Samples.SelectMany(sample => sample.Observations
        .GroupBy(o => o.Cell)
        .Select(cell => new CellOfTrials(sample.IsData ? MarkerKind.Data : MarkerKind.HeldOut, cell.Key, [.. cell])))];

    private static IEnumerable<LegendEntry> Legend(IEnumerable<CellOfTrials> cells, string meaning) =>
        cells.Select(c => c.Kind).Distinct().Order().Select(kind => LegendEntry.Of(kind, kind == MarkerKind.Data ? meaning + ", on real data" : meaning));

    /// <summary>Wilson's score interval at 95 % (Wilson 1927), which keeps its coverage at rates near zero.</summary>
    private static (double Lower, double Upper) Wilson(double rate, int trials)
    {
        const double z = 1.959963984540054;
        var shrink = 1 + (z * z / trials);
        var centre = (rate + (z * z / (2 * trials))) / shrink;
        var half = z / shrink * Math.Sqrt((rate * (1 - rate) / trials) + (z * z / (4.0 * trials * trials)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
