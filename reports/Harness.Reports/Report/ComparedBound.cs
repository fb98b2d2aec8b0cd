using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>A claim that says something of exponents, with what was proved and measured on generated instances, where alone variables are swept.</summary>
/// <param name="Page">The claim.</param>
/// <param name="Exponents">Variable by variable; never empty.</param>
/// <param name="Looseness">The factor between bound and observation, or null.</param>
public sealed record ComparedBound(ClaimPage Page, ImmutableArray<ComparedExponent> Exponents, double? Looseness)
{
    /// <summary>Those of a run, in the order of the catalogue.</summary>
    public static IEnumerable<ComparedBound> Of(ReportModel model) =>
        from page in model.Claims
        let decision = page.Outcome.Findings.FirstOrDefault(f => f.On == Sample.Generated)?.Decision
        where decision is { Exponents.IsEmpty: false }
        select new ComparedBound(page, decision.Exponents, decision.Looseness);
}
