using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.Transfer;
using Harness.Reports.Transfer;

namespace Harness.Reports.Report.Figures;

/// <summary>Two sources, one of them without bias: the least cost in the library against the size of the sources, flat below the target's size and linear above it.</summary>
internal static class PhaseTransitionFigure
{
    private const string Size = "n/n₀";

    /// <summary>The claims that are drawn.</summary>
    public static ImmutableArray<Claim> Claims { get; } = [CostOfSources.SmallSecondSource, CostOfSources.LargeSecondSource];

    /// <summary>Draws the figure; null where neither of its claims was run.</summary>
    public static Figure? Draw(ReportModel model)
    {
        Observation[] trials = [.. model.Generated(CostOfSources.SmallSecondSource.Id), .. model.Generated(CostOfSources.LargeSecondSource.Id)];
        if (trials.Length == 0)
        {
            return null;
        }

        var (from, to) = (trials.Min(t => t.Variables[Size]), trials.Max(t => t.Variables[Size]));
        double[] sizes = [.. Enumerable.Range(0, 61).Select(i => from * Math.Pow(to / from, i / 60.0))];
        (double X, double Y)[] lower = [.. sizes.Select(n => (n, Math.Max(1, TransferStudy.TwoPointConstant * (1 + n))))], target = [.. sizes.Select(n => (n, 1 + (2 * n)))];
        var panel = new Panel(Axis.Logarithmic(Size, sizes), Axis.Logarithmic("cost", trials.Select(t => t.Value.Midpoint).Concat(lower.Concat(target).Select(p => p.Y))), PanelSize.Large);
        panel.Region("forbidden", [.. lower, (to, double.Epsilon), (from, double.Epsilon)]);
        panel.Line("bound", lower);
        panel.Line("required dotted", target);
        foreach (var t in trials)
        {
            panel.Point(MarkerKind.HeldOut, t.Variables[Size], t.Value.Midpoint, $"n = {ReadableNumber.Of(t.Variables[Size])} n₀, trial {t.Trial}: {ReadableNumber.Of(t.Value.Midpoint)}");
        }

        return new(
            panel.ToSvg("Cost of adaptation with two sources against their size"),
            [],
            [
                LegendEntry.Of(MarkerKind.HeldOut, "least max{R_A, R_B}(n_0 + n) in the library, a trial"), LegendEntry.Line("bound", "at least, for any estimator: 1 and 0.4795(1 + n/n_0)"),
                LegendEntry.Region("forbidden", "out of reach"), LegendEntry.Line("required dotted", "the target alone: at most 1 + 2n/n_0"),
            ],
            "Two sources of size n at distance 2.456/√n_0, the target at one of them, and only the target tells which. While the sources are smaller than the target the oracle is attained up to a constant; beyond, no estimator comes near it. The claims try both ends, not the crossing. "
            + "A mark is the least of several simulated risks, and may lie below the line by the simulation’s error.");
    }
}
