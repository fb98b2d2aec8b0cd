using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>Figure 5 of arXiv:2509.20294: effective span and risk along the training of a deep linear network.</summary>
internal static class DeepLinearFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [DeepLinearSpan.Claim];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var trials = model.Generated(DeepLinearSpan.Claim.Id);
        var means = SeriesMean.Of(trials);
        if (means.IsEmpty)
        {
            return null;
        }

        var count = DeepLinearSpan.Epochs.Length;
        var p = trials[0].Variables["p"];
        return new(
            Curve(means, 0, "d†", SeriesStyle.First, PanelSize.Large),
            [Curve(means, count, "risk of d† components", SeriesStyle.Second, PanelSize.Small), Curve(means, 2 * count, "‖θ − β‖² of the network", SeriesStyle.Second, PanelSize.Small)],
            [LegendEntry.Line(SeriesStyle.First, "d†"), LegendEntry.Line(SeriesStyle.Second, "risk")],
            $"Mean over {ReadableNumber.Count(trials.Length, "network")} with standard errors: the effective span of the representation W_4W_3W_2W_1 at some epochs, the risk of d† of its principal components, and the risk of the network itself. The paper’s Figure 5 is one network with p = 900, whose d† falls from 63 to 49 "
            + $"and whose risk falls from 0.829 to 0.087; here p = {ReadableNumber.Of(p)}{(p == 900 ? "." : ", with the sizes of noise and steps that leave spectral norms as they are; fewer samples have a lower d†.")}");
    }

    private static Html Curve(ImmutableArray<SeriesMean> means, int offset, string quantity, SeriesStyle style, PanelSize size)
    {
        (double X, SeriesMean Y)[] places = [.. DeepLinearSpan.Epochs.Select((epoch, i) => ((double)epoch, means[offset + i]))];
        var panel = new Panel(Axis.Linear("epoch", places.Select(p => p.X)), Axis.Linear(quantity, places.SelectMany(p => new[] { p.Y.Mean - p.Y.StandardError, p.Y.Mean + p.Y.StandardError })), size);
        panel.Means(style, places, (epoch, mean) => $"epoch {ReadableNumber.Of(epoch)}: {mean}");
        return panel.ToSvg($"{quantity} over epochs");
    }
}
