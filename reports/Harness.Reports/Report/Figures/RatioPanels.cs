using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// The ratio of observation and bound against each variable that varies: where the bound has the right exponent the marks lie level, and where they drift
/// apart from the line it is loose.
/// </summary>
internal static class RatioPanels
{
    /// <summary>One panel a variable, in the order of the domain.</summary>
    /// <param name="page">The claim.</param>
    /// <param name="trials">Its observations.</param>
    public static IEnumerable<Html> Draw(ClaimPage page, IReadOnlyList<PlottedTrial> trials)
    {
        // The ratios at which the claim begins to fail.
        (string Style, double Ratio)[] levels = HeldConstant.Of(page) is { IsEmpty: false } constants ? [.. constants.Select(c => (c.Style, c.Value))] : [("bound", 1)];
        var ratios = trials.Select(t => t.Trial.Value.Midpoint / t.Trial.Bound.Midpoint).ToArray();
        if (!ratios.Any(r => r > 0))
        {
            yield break;
        }

        foreach (var symbol in VaryingVariables(page.Claim, trials))
        {
            var values = trials.Select(t => t.Trial.Variables.TryGet(symbol, out var value) ? value : double.NaN).ToArray();
            var panel = new Panel(Axis.Suited(symbol, values), Axis.Logarithmic(page.Claim.Procedure.Calibrates ? "observed / scale" : "observed / bound", ratios.Concat(levels.Select(l => l.Ratio))), PanelSize.Small);
            foreach (var (style, ratio) in levels)
            {
                panel.Level(style, ratio);
            }

            foreach (var kind in trials.Select(t => t.Kind).Distinct())
            {
                panel.Dots(kind, Enumerable.Range(0, trials.Count).Where(i => trials[i].Kind == kind && double.IsFinite(values[i])).Select(i => (values[i], ratios[i])));
            }

            yield return panel.ToSvg($"Ratio of observation and bound against {symbol}");
        }
    }

    /// <summary>The variables of the domain that take more than one value.</summary>
    internal static IEnumerable<string> VaryingVariables(Claim claim, IReadOnlyList<PlottedTrial> trials) =>
        claim.Experiment.Domain.Ranges.Select(range => range.Symbol).Where(symbol =>
            trials.Where(t => t.Trial.Variables.TryGet(symbol, out _)).Select(t => t.Trial.Variables[symbol]).Distinct().Skip(1).Any());
}
