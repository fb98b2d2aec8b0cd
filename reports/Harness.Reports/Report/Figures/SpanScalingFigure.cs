using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>How effective span and oracle risk follow the noise for power laws, and the oracle's risk in units of d†σ².</summary>
internal static class SpanScalingFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [.. SpanScaling.Claims, OracleSandwich.FromBelow];

    /// <summary>Draws the figure; null where no claim on exponents was run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var ladders = SpanScaling.Claims.Select(claim => (Claim: claim, Trials: model.Generated(claim.Id))).Where(l => !l.Trials.IsEmpty).ToArray();
        var (spans, risks) = (ladders.Where(l => l.Claim.Quantity == "d†").ToArray(), ladders.Where(l => l.Claim.Quantity != "d†").ToArray());
        if (spans.Length == 0)
        {
            return null;
        }

        // Ten trials a cell show the band; all of them would hide it.
        var sandwich = model.Generated(OracleSandwich.FromBelow.Id).Where(t => t.Trial < 10 && t.Bound.Midpoint > 0).ToArray();
        return new(
            Ladders(spans, PanelSize.Large),
            [.. risks.Length > 0 ? new[] { Ladders(risks, PanelSize.Small) } : [], .. sandwich.Length > 0 ? new[] { Sandwich(sandwich) } : []],
            [.. spans.Select((l, i) => LegendEntry.Line((SeriesStyle)i, l.Claim.Statement))],
            "Coefficients of a power law at spread-out places, tails summed exactly: d† against the noise, and beside it the smallest risk of principal components for the same p and q. "
            + (sandwich.Length > 0 ? $"Last panel: the smallest risk over d†σ² for {ReadableNumber.Count(sandwich.Length, "signal")}, which Proposition 3.2 places between 1 and 2." : ""));
    }

    private static Html Ladders((Claim Claim, ImmutableArray<Observation> Trials)[] ladders, PanelSize size)
    {
        var quantity = ladders[0].Claim.Quantity;
        var panel = new Panel(
            Axis.Logarithmic("σ²", ladders.SelectMany(l => l.Trials).Select(t => t.Variables["σ²"])), Axis.Logarithmic(quantity, ladders.SelectMany(l => l.Trials).Select(t => t.Value.Midpoint)), size);
        foreach (var ((claim, trials), style) in ladders.Zip(Enum.GetValues<SeriesStyle>()))
        {
            panel.Means(style, [.. trials.OrderBy(t => t.Variables["σ²"]).Select(t => (t.Variables["σ²"], new SeriesMean(t.Value.Midpoint, 0)))], (variance, value) => $"{claim.Statement} · σ² = {ReadableNumber.Of(variance)}: {value}");
        }

        return panel.ToSvg($"{quantity} against the noise for {ladders.Length} power laws");
    }

    private static Html Sandwich(Observation[] trials)
    {
        var panel = new Panel(Axis.Logarithmic("d†σ²", trials.Select(t => t.Bound.Midpoint)), Axis.Linear("min R_k/(d†σ²)", [1, 2]), PanelSize.Small);
        panel.Level("bound", 1);
        panel.Level("bound", 2);
        panel.Dots(MarkerKind.HeldOut, trials.Select(t => (t.Bound.Midpoint, t.Value.Midpoint / t.Bound.Midpoint)));
        return panel.ToSvg("Smallest risk of principal components over d†σ²");
    }
}
