using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>What became of a mutant.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Mutant">The mutant.</param>
public sealed record Kill(Claim Claim, MutantOutcome Mutant)
{
    /// <summary>The trial of the mutant that is farthest beyond its bound, or comes closest to it; null where there is none.</summary>
    public Observation? Worst { get; } = Closeness.Closest(Claim, Mutant.Observations);

    /// <summary>All mutants of a run, in the order of the catalogue.</summary>
    public static IEnumerable<Kill> Of(ReportModel model) => from page in model.Claims from mutant in page.Outcome.Mutants select new Kill(page.Claim, mutant);
}
