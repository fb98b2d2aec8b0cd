using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>What was tried of a claim or a mutant on one kind of samples.</summary>
/// <param name="Claim">Id of the claim.</param>
/// <param name="Variant">0 for the claim, k for its k-th mutant.</param>
/// <param name="On">"generated", or the name of the data set.</param>
/// <param name="Observations">Number of trials.</param>
/// <param name="Cells">Number of cells that they are in.</param>
/// <param name="LeastRatio">Least ratio of value and bound.</param>
/// <param name="MedianRatio">Median ratio.</param>
/// <param name="GreatestRatio">Greatest ratio; NaN, which counts as greater than any number, where a ratio is none.</param>
public sealed record ArmSummary(string Claim, int Variant, string On, int Observations, int Cells, double LeastRatio, double MedianRatio, double GreatestRatio);

/// <summary>Where a variable was seen.</summary>
/// <param name="Symbol">The paper's symbol.</param>
/// <param name="Least">Least value.</param>
/// <param name="Greatest">Greatest value.</param>
/// <param name="Observations">Number of observations that have it.</param>
public sealed record SeenRange(string Symbol, double Least, double Greatest, int Observations);

/// <summary>Theory against practice in one variable of one finding.</summary>
/// <param name="Claim">Id of the claim.</param>
/// <param name="On">The samples.</param>
/// <param name="Exponent">Proved beside measured.</param>
/// <param name="Looseness">The factor between bound and observation, or null.</param>
public sealed record RecordedExponent(string Claim, string On, ComparedExponent Exponent, double? Looseness);

/// <summary>A line of the verdicts.</summary>
/// <param name="Kind">"finding", "mutant", or "claim" for what both come to.</param>
/// <param name="Claim">Id of the claim.</param>
/// <param name="Variant">0, or k for the k-th mutant.</param>
/// <param name="On">The samples; null for what a claim comes to.</param>
/// <param name="Name">What the mutant breaks, or null.</param>
/// <param name="Verdict">The verdict; a mutant is refuted where it is violated.</param>
/// <param name="IsCertified">Whether rigorous radii decided every trial.</param>
/// <param name="Sense">In which sense it was reached; null for a mutant.</param>
/// <param name="LargestRadius">Largest relative radius of the observed values; null where one is not enclosed.</param>
/// <param name="Because">What decided it; null for what a claim comes to.</param>
/// <param name="Scope">On which instances; null but for a finding.</param>
/// <param name="Looseness">The factor between bound and observation, or null.</param>
public sealed record RecordedVerdict(
    string Kind, string Claim, int Variant, string? On, string? Name, Verdict Verdict, bool IsCertified, string? Sense, double? LargestRadius, string? Because, string? Scope, double? Looseness);
