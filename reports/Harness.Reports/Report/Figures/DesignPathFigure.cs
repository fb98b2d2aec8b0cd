using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Spans;

namespace Harness.Reports.Report.Figures;

/// <summary>Figure 3 of arXiv:2509.20294: a fixed design along a path of representations.</summary>
internal static class DesignPathFigure
{
    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [DesignPath.Claim];

    /// <summary>Draws the figure; null where its claim was not run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        var trials = model.Generated(DesignPath.Claim.Id);
        var byCase = trials.GroupBy(t => (int)t.Variables["case"]).OrderBy(g => g.Key).Select(g => (Case: g.Key, Means: SeriesMean.Of(g))).Where(c => !c.Means.IsEmpty).ToArray();
        if (byCase.Length == 0)
        {
            return null;
        }

        var n = trials[0].Variables["n"];
        return new(
            Errors(byCase[0], n, PanelSize.Large),
            [Spans(byCase[0]), .. byCase.Skip(1).SelectMany(c => new[] { Errors(c, n, PanelSize.Small), Spans(c) })],
            [LegendEntry.Line(SeriesStyle.First, "‖X(β̂ − β)‖²/n of d† components"), LegendEntry.Line("bound", "2d†σ_0²/n"), LegendEntry.Line("required dotted", "(d† − 1)σ_0²/n"), LegendEntry.Line(SeriesStyle.Second, "d†")],
            $"Mean over {ReadableNumber.Count(trials.Length / byCase.Length, "design")}: prediction error of d† principal components of X(α) = X_0A(α), between the two bounds of Proposition B.2, and d† itself. Signal and noise are the same all along; the representation turns away from the signal as α grows. "
            + $"The paper’s Figure 3 has n = 300, p = 400 and 20 designs; here n = {ReadableNumber.Of(n)}, p = {ReadableNumber.Of(4 * n / 3)}.");
    }

    private static Html Errors((int Case, ImmutableArray<SeriesMean> Means) c, double n, PanelSize size)
    {
        var path = DesignPath.Path(c.Case);
        (double X, double Y)[] upper = [.. path.Select((α, i) => (α, 2 * c.Means[i].Mean / n))], lower = [.. path.Select((α, i) => (α, (c.Means[i].Mean - 1) / n))];
        var panel = new Panel(Axis.Linear("α", path), Axis.Linear($"prediction error, case {c.Case}", upper.Concat(lower).Select(p => p.Y)), size);
        panel.Line("bound", upper);
        panel.Line("required dotted", lower);
        panel.Means(SeriesStyle.First, [.. path.Select((α, i) => (α, c.Means[path.Length + i]))], (α, mean) => $"case {c.Case}, α = {ReadableNumber.Of(α)}: error {mean}");
        return panel.ToSvg($"Prediction error and its bounds along the path, case {c.Case}");
    }

    private static Html Spans((int Case, ImmutableArray<SeriesMean> Means) c)
    {
        var path = DesignPath.Path(c.Case);
        var panel = new Panel(Axis.Linear("α", path), Axis.Linear($"d†, case {c.Case}", path.Select((_, i) => c.Means[i].Mean)), PanelSize.Small);
        panel.Means(SeriesStyle.Second, [.. path.Select((α, i) => (α, c.Means[i]))], (α, mean) => $"case {c.Case}, α = {ReadableNumber.Of(α)}: d† = {mean}");
        return panel.ToSvg($"Effective span dimension along the path, case {c.Case}");
    }
}
