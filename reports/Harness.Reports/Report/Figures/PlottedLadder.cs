using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// A claim on an exponent as one of several series in a panel: a mark a rung, which is the median of its trials, a whisker over the middle half of them, and a line of the predicted slope.
/// </summary>
/// <remarks>What theory leaves open of such a claim is its constant, so the line is anchored where the claim is nearest to its limit (<see cref="PowerLaw.NearLimit"/>).</remarks>
internal sealed class PlottedLadder
{
    private readonly SeriesStyle style;
    private readonly string symbol;
    private readonly string name;
    private readonly PowerLaw? law;
    private readonly ImmutableArray<Rung> rungs;
    private readonly ComparedExponent? exponent;

    private PlottedLadder(ClaimPage page, string symbol, SeriesStyle style, string name)
    {
        (this.symbol, this.style, this.name) = (symbol, style, name);
        ImmutableArray<Observation> positive = [.. page.Generated.Where(o => o.Value.Midpoint > 0 && double.IsFinite(o.Value.Midpoint))];
        rungs = [.. positive.GroupBy(o => o.Cell).Select(cell => new Rung(symbol, [.. cell])).OrderBy(rung => rung.X)];
        law = PowerLaw.NearLimit(positive, symbol);
        exponent = page.Outcome.Findings.FirstOrDefault(f => f.On == Sample.Generated)?.Decision.Exponents.FirstOrDefault(e => e.Symbol == symbol);
    }

    /// <summary>The trials of one cell.</summary>
    private sealed class Rung(string symbol, ImmutableArray<Observation> trials)
    {
        private readonly ImmutableArray<double> values = [.. trials.Select(o => o.Value.Midpoint).Order()];

        public int Trials => values.Length;

        public double X { get; } = trials[0].Variables[symbol];

        public double Median => Quantile(0.5);

        public double Lower => Quantile(0.25);

        public double Upper => Quantile(0.75);

        /// <summary>Between neighbours on a logarithmic scale, as the panel has it.</summary>
        private double Quantile(double share)
        {
            var place = share * (values.Length - 1);
            var (below, above) = (values[(int)Math.Floor(place)], values[(int)Math.Ceiling(place)]);
            return below * Math.Pow(above / below, place - Math.Floor(place));
        }
    }

    /// <summary>The ladders of those claims that the run has observations of, each in the style of its place in the list.</summary>
    public static ImmutableArray<PlottedLadder> Of(ReportModel model, params ReadOnlySpan<(Claim Claim, string Name)> claims)
    {
        var ladders = ImmutableArray.CreateBuilder<PlottedLadder>();
        for (var i = 0; i < claims.Length; i++)
        {
            var (claim, name) = claims[i];
            if (model.PageOf(claim) is { } page && claim.Experiment.Domain.Ladder is { } symbol && new PlottedLadder(page, symbol, (SeriesStyle)i, name) is { rungs.IsEmpty: false } ladder)
            {
                ladders.Add(ladder);
            }
        }

        return ladders.ToImmutable();
    }

    /// <summary>A panel of ladders of one variable; null where there are none.</summary>
    /// <param name="ladders">At most four.</param>
    /// <param name="quantity">What they measure, in symbols.</param>
    /// <param name="caption">What is seen, in words.</param>
    public static PanelView? View(ImmutableArray<PlottedLadder> ladders, string quantity, string caption) => ladders.IsEmpty ? null : new(
        size =>
        {
            var symbol = ladders[0].symbol;
            var panel = new Panel(
                Axis.Logarithmic(symbol, ladders.SelectMany(l => l.rungs).Select(rung => rung.X)),
                Axis.Logarithmic(quantity, ladders.SelectMany(l => l.rungs).SelectMany(rung => new[] { rung.Lower, rung.Upper })),
                size);
            foreach (var ladder in ladders)
            {
                ladder.Draw(panel);
            }

            return panel.ToSvg($"{quantity} against {symbol} on logarithmic axes: {string.Join("; ", ladders.Select(l => l.InWords))}");
        },
        [.. ladders.Select(l => SeriesMark.Legend(l.style, l.InWords))],
        caption);

    private string InWords => exponent is null ? $"{name}: no exponent"
        : $"{name}: slope {(exponent.Relation == Relation.Equal ? ExponentText.Number(exponent.Proved, 3) : ExponentText.Proved(exponent))} predicted, {ExponentText.Measured(exponent)} measured";

    private void Draw(Panel panel)
    {
        if (exponent is not null && law is not null)
        {
            panel.Line(SeriesMark.Line(style), [(rungs[0].X, law.At(rungs[0].X, exponent.Proved)), (rungs[^1].X, law.At(rungs[^1].X, exponent.Proved))]);
        }

        foreach (var rung in rungs)
        {
            var spread = "";
            if (rung.Trials > 1)
            {
                panel.Whisker(style, rung.X, rung.Lower, rung.Upper);
                spread = $", the median of {ReadableNumber.Count(rung.Trials, "trial")}, half of which lie from {ReadableNumber.Of(rung.Lower)} to {ReadableNumber.Of(rung.Upper)}";
            }

            panel.Mark(style, rung.X, rung.Median, $"{name} · {symbol} = {ReadableNumber.Of(rung.X)} · {ReadableNumber.Of(rung.Median)}{spread}");
        }
    }
}
