using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>A line of the observations.</summary>
internal sealed record ObservationLine(
    string Claim,
    int Variant,
    string On,
    int Cell,
    int Trial,
    bool Calibration,
    OrderedDictionary<string, double> Variables,
    double Value,
    double Radius,
    double Bound,
    double BoundRadius,
    ImmutableArray<double> Series,
    bool Retry,
    string Key)
{
    /// <summary>No statement has as many variables; beyond it a line is damaged.</summary>
    private const int MostVariables = 64;

    /// <summary>The line of an entry.</summary>
    public static ObservationLine Of(LedgerEntry entry)
    {
        var (key, o) = entry;
        return new(
            key.ClaimId, key.Variant, entry.On, key.Cell, key.Trial, o.IsCalibration, new(o.Variables),
            o.Value.Midpoint, o.Value.Radius, o.Bound.Midpoint, o.Bound.Radius, o.Series, o.IsRetry, key.ToString());
    }

    /// <summary>Whether two lines would be written with the same bytes.</summary>
    public bool HasSameBits(ObservationLine other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, LedgerJson.Line.ObservationLine).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, LedgerJson.Line.ObservationLine));

    /// <summary>The entry of a line in a run.</summary>
    /// <exception cref="JsonException">The key does not name the trial of the other fields, or there are too many variables.</exception>
    public LedgerEntry In(RunIdentity run)
    {
        if (Variables.Count > MostVariables)
        {
            throw new JsonException($"there are {Variables.Count} variables, and no statement has more than {MostVariables}");
        }

        var key = run.Key(Claim, Variant, On, Cell, Trial);
        return key.ToString() == Key
            ? new(key, new(Cell, Trial, Calibration, Variables.Aggregate(Claims.Variables.None, (all, v) => all.With(v.Key, v.Value)), new(Value, Radius), new(Bound, BoundRadius), Series) { IsRetry = Retry })
            : throw new JsonException($"the key '{Key}' is not that of the other fields, '{key}'");
    }
}

/// <summary>A line of the verdicts: a finding, a mutant, or what both come to for a claim.</summary>
/// <param name="Kind">"finding", "mutant" or "claim".</param>
/// <param name="Claim">Id of the claim.</param>
/// <param name="Variant">0, or k for the k-th mutant.</param>
/// <param name="On">The samples of a finding; "generated" for a mutant; null for a claim.</param>
/// <param name="Name">What the mutant breaks; null otherwise.</param>
/// <param name="Verdict">"holds", "violated" or "undecided". A mutant is refuted where it is violated.</param>
/// <param name="Certified">Whether rigorous radii decided every trial.</param>
/// <param name="Sense">"certified on 240 instances"; null for a mutant.</param>
/// <param name="MedianRadius">Median relative radius of the observed values; null where one is not enclosed.</param>
/// <param name="LargestRadius">Largest of them.</param>
/// <param name="Because">What decided it; null for a claim.</param>
/// <param name="Scope">On which instances; null but for a finding.</param>
/// <param name="Estimates">Fitted constants, exponents, rates.</param>
/// <param name="Looseness">The factor between bound and observation, or null.</param>
/// <param name="LooseExponents">Slopes left over.</param>
/// <param name="Exponents">Proved beside measured exponents.</param>
/// <param name="TrialsNeeded">More trials a cell that would decide, or null.</param>
internal sealed record VerdictLine(
    string Kind,
    string Claim,
    int Variant,
    string? On,
    string? Name,
    Verdict Verdict,
    bool Certified,
    string? Sense,
    double? MedianRadius,
    double? LargestRadius,
    string? Because,
    string? Scope,
    ImmutableArray<Estimate> Estimates,
    double? Looseness,
    ImmutableArray<Estimate> LooseExponents,
    ImmutableArray<ComparedExponent> Exponents,
    int? TrialsNeeded)
{
    /// <summary>The lines of an outcome.</summary>
    public static IEnumerable<VerdictLine> Of(Outcome outcome)
    {
        var id = outcome.Claim.Id;
        foreach (var finding in outcome.Findings)
        {
            yield return Of("finding", id, 0, finding.On, null, finding.Scope, outcome.SenseOf(finding), finding.Decision);
        }

        foreach (var (k, mutant) in outcome.Mutants.Index())
        {
            yield return Of("mutant", id, k + 1, RunIdentity.Generated, mutant.Name, null, null, mutant.Decision);
        }

        yield return new("claim", id, 0, null, null, outcome.Verdict, outcome.IsCertified, outcome.Sense, null, null, null, null, [], null, [], [], null);
    }

    private static VerdictLine Of(string kind, string claim, int variant, string on, string? name, string? scope, string? sense, Decision d) =>
        new(kind, claim, variant, on, name, d.Verdict, d.IsCertified, sense, d.Tightness?.Median, d.Tightness?.Largest, d.Because, scope, d.Estimates, d.Looseness, d.LooseExponents, d.Exponents, d.TrialsNeeded);
}

/// <summary>
/// A line of the record of sessions. <see cref="Elapsed"/> is the time since the session began, so that the last line tells how long a session worked
/// that was killed.
/// </summary>
/// <param name="Kind">"begin", "trials" or "end".</param>
/// <param name="Elapsed">Seconds since the session began.</param>
/// <param name="Session">What began, with "begin".</param>
/// <param name="Claim">Id of the claim, with "trials".</param>
/// <param name="Seconds">Time that the session has spent in the trials of the claim so far, summed over threads; with "trials".</param>
internal sealed record SessionLine(
    string Kind,
    double Elapsed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SessionProvenance? Session = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Claim = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Seconds = null);
