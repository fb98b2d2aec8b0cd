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
    /// <param name="level">The ratio at which the claim begins to fail.</param>
    public static IEnumerable<Html> Draw(ClaimPage page, IReadOnlyList<PlottedTrial> trials, double level)
    {
        var ratios = trials.Select(t => t.Trial.Value.Midpoint / t.Trial.Bound.Midpoint).ToArray();
        if (!ratios.Any(r => r > 0))
        {
            yield break;
        }

        foreach (var symbol in VaryingVariables(page.Claim, trials))
        {
            var values = trials.Select(t => t.Trial.Variables.TryGet(symbol, out var value) ? value : double.NaN).ToArray();
            var panel = new Panel(Axis.Suited(symbol, values), Axis.Logarithmic(page.Claim.Procedure.Calibrates ? "observed / scale" : "observed / bound", ratios.Append(level)), PanelSize.Small);
            panel.Level("bound", level);
            for (var i = 0; i < trials.Count; i++)
            {
                if (double.IsFinite(values[i]))
                {
                    panel.Dot(trials[i].Kind, values[i], ratios[i]);
                }
            }

            yield return panel.ToSvg($"Ratio of observation and bound against {symbol}");
        }
    }

    /// <summary>The variables of the domain that take more than one value.</summary>
    internal static IEnumerable<string> VaryingVariables(Claim claim, IReadOnlyList<PlottedTrial> trials) =>
        claim.Experiment.Domain.Ranges.Select(range => range.Symbol).Where(symbol =>
            trials.Where(t => t.Trial.Variables.TryGet(symbol, out _)).Select(t => t.Trial.Variables[symbol]).Distinct().Skip(1).Any());
}
