using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>A hidden constant as it was held against the trials of one finding: C of an upper bound, c of a lower one.</summary>
/// <param name="Estimate">The constant.</param>
/// <param name="On">The finding's samples.</param>
/// <param name="Style">How its line is drawn: the first in ink, one that real data were held to in their colour.</param>
internal sealed record HeldConstant(Estimate Estimate, string On, string Style)
{
    /// <summary>The constant's value.</summary>
    public double Value => Estimate.Value;

    /// <summary>
    /// The constants of a claim, generated instances first; none for a claim without. Real samples lie elsewhere in the domain, so the procedure may carry the
    /// constant to another value there; a value that is the same is drawn once.
    /// </summary>
    public static ImmutableArray<HeldConstant> Of(ClaimPage page)
    {
        var all = page.Outcome.Findings
            .Select(finding => (finding.On, Constant: finding.Decision.Estimates.FirstOrDefault(e => e.Name is "C" or "c" && double.IsFinite(e.Value) && e.Value > 0)))
            .Where(entry => entry.Constant is not null);
        return [.. all.DistinctBy(entry => entry.Constant!.Value).Select((entry, i) => new HeldConstant(entry.Constant!, entry.On, i == 0 ? "bound" : "bound data"))];
    }

    /// <summary>The line in a legend; <paramref name="formula"/> is what stands there in symbols.</summary>
    public LegendEntry Legend(string formula) =>
        LegendEntry.Line(Style, $"{formula}, {Estimate.Name} = {ReadableNumber.Of(Value)}{(Style == "bound" ? "" : $" on {On}")}");
}
